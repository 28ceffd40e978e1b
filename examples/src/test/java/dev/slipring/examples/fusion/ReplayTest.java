package dev.slipring.examples.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** The estimate from the camera's readings, in one process. */
class ReplayTest {
    private final Readings readings = Readings.load();
    private final CalibrationSchedule schedule = CalibrationSchedule.of(readings);

    @Test
    void theReadingsAreThoseOfTheCamera() {
        assertThat(readings.of(Sensor.ACCELEROMETER)).hasSize(3369);
        assertThat(readings.of(Sensor.GYROSCOPE)).hasSize(3369);
        assertThat(readings.of(Sensor.GPS)).hasSize(308);
        assertThat(readings.all()).extracting(Reading::timeUs).isSorted();
    }

    @Test
    void theCalibrationChangesWhenTheCameraWasAtRest() {
        assertThat(schedule.all()).hasSize(35);
        assertThat(schedule.get(1).accelerationScale()).isEqualTo(1);
        assertThat(schedule.get(14).accelerationScale()).isEqualTo(1);
        assertThat(schedule.get(19).accelerationScale()).isBetween(1.1, 1.2); // it says 8.5 m/s2 for 9.8
        for (var calibration : schedule.all()) {
            assertThat(schedule.at(calibration.fromUs())).isEqualTo(calibration);
            assertThat(schedule.at(calibration.untilUs() - 1)).isEqualTo(calibration);
        }
    }

    /** The receiver measures its speed by Doppler shift; the filter is told places only. */
    @Test
    void theEstimateKnowsTheSpeedThatItWasNotTold() {
        var outcome = Replay.run(Replay.everything(readings, schedule), readings, schedule);
        assertThat(outcome.speedError()).isLessThan(0.6);
        var last = outcome.points().getLast();
        assertThat(Math.hypot(last.east() - outcome.fixes().getLast().east(), last.north() - outcome.fixes().getLast().north()))
            .isLessThan(1);
    }

    @Test
    void theSameSamplesInTheSameOrderGiveTheSameBitsAndOthersDoNot() {
        var everything = Replay.everything(readings, schedule);
        String digest = Replay.run(everything, readings, schedule).digest();
        assertThat(Replay.run(everything, readings, schedule).digest()).isEqualTo(digest);
        var swapped = new ArrayList<>(everything);
        Collections.swap(swapped, 3000, 3001);
        assertThat(Replay.run(swapped, readings, schedule).digest()).isNotEqualTo(digest);
        var other = new ArrayList<>(everything);
        var sample = everything.get(2900); // where one calibration differs from the next
        other.set(2900, new Sample(sample.sensor(), sample.version(), sample.calibration() + 1, sample.timeUs()));
        assertThat(Replay.run(other, readings, schedule).digest()).isNotEqualTo(digest);
    }

    @Test
    void thePictureHoldsEveryFixAndIsWellFormed() throws Exception {
        var outcome = Replay.run(Replay.everything(readings, schedule), readings, schedule);
        var factory = DocumentBuilderFactory.newInstance();
        var svg = factory.newDocumentBuilder().parse(new ByteArrayInputStream(
            Picture.of(outcome).getBytes(StandardCharsets.UTF_8)));
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(308);
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(6);
    }
}
