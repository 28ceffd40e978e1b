package dev.slipring.examples.fusion;

/**
 * How the camera is turned, by a complementary filter: the gyroscope says how it turns, the accelerometer, slowly, where up is. After
 * Mahony, Hamel and Pflimlin, Nonlinear complementary filters on the special orthogonal group (IEEE TAC 2008), without their estimate of
 * the gyroscope's bias, which is the calibration's.
 *
 * <p>A unit quaternion takes the camera's axes to a level frame: third axis up, the other two wherever they were at the start.
 * Deterministic: {@code double} arithmetic and {@link StrictMath}, one thread.
 */
final class Attitude {
    private static final double GAIN = 1;
    /** Accelerations that differ from gravity by more than this part of it say nothing about where up is. */
    private static final double TRUST = 0.15;
    private static final double TINY = 1e-12;

    private double w = 1;
    private double x;
    private double y;
    private double z;
    private boolean aligned;
    private double correctionX;
    private double correctionY;
    private double correctionZ;

    /** The accelerometer's word: at rest, it feels upward what holds it against gravity. */
    void onAcceleration(double ax, double ay, double az) {
        double length = StrictMath.sqrt(ax * ax + ay * ay + az * az);
        if (!aligned) {
            align(ax / length, ay / length, az / length);
            return;
        }
        double difference = Math.abs(length - CalibrationSchedule.GRAVITY) / CalibrationSchedule.GRAVITY;
        double gain = GAIN * Math.max(0, 1 - difference / TRUST) / length;
        correctionX = gain * (ay * upZ() - az * upY());
        correctionY = gain * (az * upX() - ax * upZ());
        correctionZ = gain * (ax * upY() - ay * upX());
    }

    /** The gyroscope's word: turned at these rates, in rad/s, for a time in s. */
    void onRotation(double rx, double ry, double rz, double seconds) {
        double hx = (rx + correctionX) * seconds / 2;
        double hy = (ry + correctionY) * seconds / 2;
        double hz = (rz + correctionZ) * seconds / 2;
        double half = StrictMath.sqrt(hx * hx + hy * hy + hz * hz);
        double scale = half < TINY ? 1 : StrictMath.sin(half) / half;
        turn(StrictMath.cos(half), hx * scale, hy * scale, hz * scale);
    }

    /** The level frame's up, along the camera's X axis: the sine of that axis's elevation above the horizon. */
    double upX() {
        return 2 * (x * z - w * y);
    }

    /** The same for Y. */
    double upY() {
        return 2 * (y * z + w * x);
    }

    /** The same for Z. */
    double upZ() {
        return w * w - x * x - y * y + z * z;
    }

    /** First component, in the level frame, of what is (a, b, c) in the camera's. */
    double levelX(double a, double b, double c) {
        return (w * w + x * x - y * y - z * z) * a + 2 * (x * y - w * z) * b + 2 * (x * z + w * y) * c;
    }

    /** Second component. */
    double levelY(double a, double b, double c) {
        return 2 * (x * y + w * z) * a + (w * w - x * x + y * y - z * z) * b + 2 * (y * z - w * x) * c;
    }

    /** Third component, upward. */
    double levelZ(double a, double b, double c) {
        return upX() * a + upY() * b + upZ() * c;
    }

    double w() {
        return w;
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    double z() {
        return z;
    }

    /** Takes the shortest turn that brings this direction up; half a turn about X when it is straight down. */
    private void align(double ux, double uy, double uz) {
        aligned = true;
        if (uz < TINY - 1) {
            w = 0;
            x = 1;
            return;
        }
        double scale = 1 / StrictMath.sqrt(2 * (1 + uz));
        w = (1 + uz) * scale;
        x = uy * scale;
        y = -ux * scale;
        z = 0;
    }

    private void turn(double tw, double tx, double ty, double tz) {
        double nw = w * tw - x * tx - y * ty - z * tz;
        double nx = w * tx + x * tw + y * tz - z * ty;
        double ny = w * ty - x * tz + y * tw + z * tx;
        double nz = w * tz + x * ty - y * tx + z * tw;
        double scale = 1 / StrictMath.sqrt(nw * nw + nx * nx + ny * ny + nz * nz);
        w = nw * scale;
        x = nx * scale;
        y = ny * scale;
        z = nz * scale;
    }
}
