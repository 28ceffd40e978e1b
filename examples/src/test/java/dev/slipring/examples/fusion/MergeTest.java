package dev.slipring.examples.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order must not depend on who was faster. */
class MergeTest {
    private final List<Sample> merged = new ArrayList<>();
    private final Merge merge = new Merge(merged::add);

    @Test
    void aSampleWaitsForALaterOneOfTheOtherProducer() {
        merge.add(sample(Sensor.ACCELEROMETER, 1, 100));
        merge.add(sample(Sensor.ACCELEROMETER, 2, 200));
        assertThat(merged).isEmpty();
        merge.add(sample(Sensor.GPS, 1, 150));
        assertThat(merged).extracting(Sample::timeUs).containsExactly(100L, 150L);
        assertThat(merge.isEnded()).isFalse();
        merge.end(Sensor.GPS);
        assertThat(merged).extracting(Sample::timeUs).containsExactly(100L, 150L, 200L);
        merge.end(Sensor.ACCELEROMETER);
        assertThat(merge.isEnded()).isTrue();
    }

    @Test
    void atTheSameTimeTheSensorsOrderCounts() {
        merge.add(sample(Sensor.GPS, 1, 100));
        merge.add(sample(Sensor.ACCELEROMETER, 1, 100));
        merge.add(sample(Sensor.GYROSCOPE, 1, 100));
        merge.end(Sensor.GPS);
        merge.end(Sensor.GYROSCOPE);
        assertThat(merged).extracting(Sample::sensor).containsExactly(Sensor.ACCELEROMETER, Sensor.GYROSCOPE, Sensor.GPS);
    }

    @Test
    void whoeverIsFasterTheOrderIsThatOfTheFile() {
        var random = Seed.random("whoeverIsFasterTheOrderIsThatOfTheFile");
        var readings = Readings.load();
        var schedule = CalibrationSchedule.of(readings);
        var inertial = new ArrayList<>(Replay.everything(readings, schedule));
        inertial.removeIf(sample -> sample.sensor() == Sensor.GPS);
        var fixes = new ArrayList<>(Replay.everything(readings, schedule));
        fixes.removeIf(sample -> sample.sensor() != Sensor.GPS);
        int i = 0;
        int j = 0;
        while (i < inertial.size() || j < fixes.size()) {
            if (j == fixes.size() || (i < inertial.size() && random.nextInt(40) > 1)) {
                merge.add(inertial.get(i++));
            } else {
                merge.add(fixes.get(j++));
            }
        }
        merge.end(Sensor.GYROSCOPE);
        merge.end(Sensor.GPS);
        assertThat(merge.isEnded()).isTrue();
        assertThat(merged).isEqualTo(Replay.everything(readings, schedule));
    }

    private static Sample sample(Sensor sensor, long version, long timeUs) {
        return new Sample(sensor, version, 1, timeUs);
    }
}
