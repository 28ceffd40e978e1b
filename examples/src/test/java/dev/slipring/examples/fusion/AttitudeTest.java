package dev.slipring.examples.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against motions that are known. */
class AttitudeTest {
    private static final double G = CalibrationSchedule.GRAVITY;
    private static final double STEP = 0.005;

    private final Attitude attitude = new Attitude();

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "0, 0, -1", "1, 0, 0", "0, -1, 0", "0.6, 0, -0.8", "0.48, 0.6, 0.64"})
    void theFirstAccelerationSaysWhereUpIs(double x, double y, double z) {
        attitude.onAcceleration(G * x, G * y, G * z);
        assertThat(attitude.upX()).isCloseTo(x, within(1e-12));
        assertThat(attitude.upY()).isCloseTo(y, within(1e-12));
        assertThat(attitude.upZ()).isCloseTo(z, within(1e-12));
        assertThat(attitude.levelX(x, y, z)).isCloseTo(0, within(1e-12));
        assertThat(attitude.levelY(x, y, z)).isCloseTo(0, within(1e-12));
        assertThat(attitude.levelZ(x, y, z)).isCloseTo(1, within(1e-12));
    }

    @Test
    void aQuarterTurnAboutXBringsUpToY() {
        attitude.onAcceleration(0, 0, G);
        turn(Math.PI / 2, 0, 0, 1);
        assertThat(attitude.upX()).isCloseTo(0, within(1e-9));
        assertThat(attitude.upY()).isCloseTo(1, within(1e-9));
        assertThat(attitude.upZ()).isCloseTo(0, within(1e-9));
    }

    @Test
    void aTurnAboutUpTurnsWhatIsLevelAndNothingElse() {
        attitude.onAcceleration(0, 0, G);
        turn(0, 0, Math.PI / 2, 1);
        assertThat(attitude.upZ()).isCloseTo(1, within(1e-9));
        assertThat(attitude.levelX(1, 0, 0)).isCloseTo(0, within(1e-9));
        assertThat(attitude.levelY(1, 0, 0)).isCloseTo(1, within(1e-9));
    }

    @Test
    void theAccelerometerTakesAWrongTiltBack() {
        attitude.onAcceleration(0, 0, G);
        turn(0.3, -0.2, 0, 1);
        assertThat(attitude.upZ()).isLessThan(0.95);
        for (int i = 0; i < 2000; i++) {
            attitude.onAcceleration(0, 0, G);
            attitude.onRotation(0, 0, 0, STEP);
        }
        assertThat(attitude.upZ()).isGreaterThan(0.99999);
    }

    @Test
    void aStrongAccelerationDoesNot() {
        attitude.onAcceleration(0, 0, G);
        for (int i = 0; i < 2000; i++) {
            attitude.onAcceleration(2 * G, 0, 0);
            attitude.onRotation(0, 0, 0, STEP);
        }
        assertThat(attitude.upZ()).isEqualTo(1);
    }

    /** Turns at constant rates, in rad/s, for a time in s, unseen by the accelerometer. */
    private void turn(double x, double y, double z, double seconds) {
        int steps = (int) Math.round(seconds / STEP);
        for (int i = 0; i < steps; i++) {
            attitude.onRotation(x, y, z, STEP);
        }
    }
}
