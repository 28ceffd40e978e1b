package dev.slipring.examples.fusion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What the logger wrote down: a letter, and numbers that are read back as the very same.
 *
 * @param samples      each with what was logged of it
 * @param calibrations in the order in which they were published
 * @param used         samples in the order in which they were used, with the calibration that was used
 */
record SampleLog(List<Logged> samples, List<Calibration> calibrations, List<Sample> used) {
    private static final char SAMPLE = 'S';
    private static final char CALIBRATION = 'C';
    private static final char USED = 'U';

    /** A sample with its values. */
    record Logged(Sample sample, List<Double> values) {
    }

    /** Makes lines, one at a time. */
    static final class Line {
        private final StringBuilder text = new StringBuilder();

        /** The line of a message; valid until the next. */
        CharSequence of(int type, DirectBuffer buffer, int offset) {
            text.setLength(0);
            switch (type) {
                case SampleMessage.SAMPLE -> sample(SAMPLE, buffer, offset, true);
                case SampleMessage.USED -> sample(USED, buffer, offset, false);
                case SampleMessage.CALIBRATION -> {
                    var each = Calibration.decode(buffer, offset);
                    text.append(CALIBRATION).append(',').append(each.version()).append(',').append(each.fromUs()).append(',')
                        .append(each.untilUs()).append(',').append(each.accelerationScale()).append(',').append(each.biasX()).append(',')
                        .append(each.biasY()).append(',').append(each.biasZ());
                }
                default -> throw new IllegalStateException("a message of type " + type);
            }
            return text;
        }

        private void sample(char letter, DirectBuffer buffer, int offset, boolean withValues) {
            var sample = SampleMessage.sample(buffer, offset);
            text.append(letter).append(',').append(sample.sensor().name()).append(',').append(sample.version()).append(',')
                .append(sample.calibration()).append(',').append(sample.timeUs());
            for (int i = 0; withValues && i < sample.sensor().valueCount(); i++) {
                text.append(',').append(SampleMessage.value(buffer, offset, i));
            }
        }
    }

    static SampleLog read(Path file) throws IOException {
        var log = new SampleLog(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String line : Files.readAllLines(file)) {
            var fields = line.split(",", -1);
            switch (line.charAt(0)) {
                case SAMPLE -> log.samples.add(new Logged(sample(fields), Arrays.stream(fields).skip(5).map(Double::valueOf).toList()));
                case USED -> log.used.add(sample(fields));
                case CALIBRATION -> log.calibrations.add(new Calibration(Long.parseLong(fields[1]), Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]), Double.parseDouble(fields[4]), Double.parseDouble(fields[5]),
                    Double.parseDouble(fields[6]), Double.parseDouble(fields[7])));
                default -> throw new IOException("no line of a log: " + line);
            }
        }
        return log;
    }

    private static Sample sample(String[] fields) {
        return new Sample(Sensor.valueOf(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3]), Long.parseLong(fields[4]));
    }
}
