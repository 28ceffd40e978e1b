package dev.slipring.examples.fusion;

/**
 * Where the camera is, how fast it goes, and where north is, by a Kalman filter: accelerations in a level frame say how the velocity
 * changes, GPS fixes where it has led.
 *
 * <p>Nothing measures the level frame's heading against north. It is two states, its cosine and its sine: the change of velocity is linear
 * in them, so the filter is a plain one, needs no first guess, and learns the heading from the first accelerations that GPS sees the
 * effect of. As long as it has not, both are near 0, and so is what horizontal accelerations do.
 *
 * <p>Deterministic: {@code double} arithmetic, one thread. Allocates nothing after its construction.
 */
final class Navigation {
    static final int STATES = 8;
    private static final int VELOCITY = 3;
    private static final int COSINE = 6;
    private static final int SINE = 7;

    private static final double POSITION_VARIANCE = 1;
    private static final double VELOCITY_VARIANCE = 0.25;
    private static final double HEADING_VARIANCE = 0.5;
    /** Of the accelerations: what vibration and a tilt that is a little wrong add to the velocity, m²/s² in a second. */
    private static final double ACCELERATION_NOISE = 1;
    /** Of the heading: what drift adds to its cosine and sine in a second. */
    private static final double HEADING_NOISE = 1e-3;
    /** Of a fix, m². */
    private static final double FIX_VARIANCE = 0.25;

    private final double[] state = new double[STATES];
    private final double[][] covariance = new double[STATES][STATES];
    private final double[][] transition = new double[STATES][STATES];
    private final double[][] product = new double[STATES][STATES];
    private final double[] gain = new double[STATES];

    Navigation() {
        for (int i = 0; i < STATES; i++) {
            covariance[i][i] = i < VELOCITY ? POSITION_VARIANCE : i < COSINE ? VELOCITY_VARIANCE : HEADING_VARIANCE;
            transition[i][i] = 1;
        }
    }

    /** Accelerated, in the level frame, without gravity, in m/s², for a time in s. */
    void onAcceleration(double x, double y, double z, double seconds) {
        double cosine = state[COSINE];
        double sine = state[SINE];
        for (int i = 0; i < VELOCITY; i++) {
            state[i] += state[VELOCITY + i] * seconds;
            transition[i][VELOCITY + i] = seconds;
        }
        state[VELOCITY] += (cosine * x - sine * y) * seconds;
        state[VELOCITY + 1] += (sine * x + cosine * y) * seconds;
        state[VELOCITY + 2] += z * seconds;
        transition[VELOCITY][COSINE] = x * seconds;
        transition[VELOCITY][SINE] = -y * seconds;
        transition[VELOCITY + 1][COSINE] = y * seconds;
        transition[VELOCITY + 1][SINE] = x * seconds;
        spread(seconds);
    }

    /** Found at a place, in m east, north and up of where everything began. */
    void onFix(double east, double north, double up) {
        correct(0, east);
        correct(1, north);
        correct(2, up);
    }

    /** A state: m east, north, up; m/s east, north, up; cosine and sine of the level frame's heading, counted from east to north. */
    double state(int index) {
        return state[index];
    }

    /** How sure that is: its variance. */
    double variance(int index) {
        return covariance[index][index];
    }

    /** Covariance = transition · covariance · transitionᵀ + noise. */
    private void spread(double seconds) {
        for (int i = 0; i < STATES; i++) {
            for (int j = 0; j < STATES; j++) {
                double sum = 0;
                for (int k = 0; k < STATES; k++) {
                    sum += transition[i][k] * covariance[k][j];
                }
                product[i][j] = sum;
            }
        }
        for (int i = 0; i < STATES; i++) {
            for (int j = 0; j < STATES; j++) {
                double sum = 0;
                for (int k = 0; k < STATES; k++) {
                    sum += product[i][k] * transition[j][k];
                }
                covariance[i][j] = sum;
            }
        }
        for (int i = VELOCITY; i < STATES; i++) {
            covariance[i][i] += (i < COSINE ? ACCELERATION_NOISE : HEADING_NOISE) * seconds;
        }
    }

    /** Takes in a measurement of one state. */
    private void correct(int measured, double value) {
        double innovation = value - state[measured];
        double variance = covariance[measured][measured] + FIX_VARIANCE;
        for (int i = 0; i < STATES; i++) {
            gain[i] = covariance[i][measured] / variance;
        }
        System.arraycopy(covariance[measured], 0, product[0], 0, STATES);
        for (int i = 0; i < STATES; i++) {
            state[i] += gain[i] * innovation;
            for (int j = 0; j < STATES; j++) {
                covariance[i][j] -= gain[i] * product[0][j];
            }
        }
    }
}
