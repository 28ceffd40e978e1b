package dev.slipring.examples.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against motions that are known. */
class NavigationTest {
    private static final double STEP = 0.005;
    private static final int FIX_EVERY = 11;
    private static final double RATE = 0.5;
    private static final double SPEED = 5;

    private final Navigation navigation = new Navigation();

    @Test
    void atRestItStaysWhereItIs() {
        for (int i = 0; i < 2000; i++) {
            navigation.onAcceleration(0, 0, 0, STEP);
            if (i % FIX_EVERY == 0) {
                navigation.onFix(0, 0, 0);
            }
        }
        for (int i = 0; i < Navigation.STATES; i++) {
            assertThat(navigation.state(i)).as("state %d", i).isEqualTo(0);
        }
    }

    /** In a circle of 10 m at 5 m/s, in a level frame that is turned against north by any angle. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.7, 1.6, 3.1, -2.4, -0.5})
    void itLearnsVelocityAndHeadingWhateverTheHeadingIs(double heading) {
        double time = 0;
        for (int i = 0; i < 4000; i++) {
            double east = -SPEED * RATE * Math.sin(RATE * time);
            double north = SPEED * RATE * Math.cos(RATE * time);
            navigation.onAcceleration(Math.cos(heading) * east + Math.sin(heading) * north,
                -Math.sin(heading) * east + Math.cos(heading) * north, 0, STEP);
            time += STEP;
            if (i % FIX_EVERY == 0) {
                navigation.onFix(SPEED / RATE * Math.sin(RATE * time), SPEED / RATE * (1 - Math.cos(RATE * time)), 0);
            }
        }
        assertThat(navigation.state(0)).isCloseTo(SPEED / RATE * Math.sin(RATE * time), within(0.2));
        assertThat(navigation.state(1)).isCloseTo(SPEED / RATE * (1 - Math.cos(RATE * time)), within(0.2));
        assertThat(navigation.state(3)).isCloseTo(SPEED * Math.cos(RATE * time), within(0.2));
        assertThat(navigation.state(4)).isCloseTo(SPEED * Math.sin(RATE * time), within(0.2));
        assertThat(navigation.state(6)).isCloseTo(Math.cos(heading), within(0.05));
        assertThat(navigation.state(7)).isCloseTo(Math.sin(heading), within(0.05));
    }

    @Test
    void withoutFixesItGetsLessSure() {
        for (int i = 0; i < 200; i++) {
            navigation.onAcceleration(0, 0, 0, STEP);
            navigation.onFix(0, 0, 0);
        }
        double sure = navigation.variance(0);
        for (int i = 0; i < 200; i++) {
            navigation.onAcceleration(0, 0, 0, STEP);
        }
        assertThat(navigation.variance(0)).isGreaterThan(2 * sure);
    }
}
