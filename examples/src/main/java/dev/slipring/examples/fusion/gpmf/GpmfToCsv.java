package dev.slipring.examples.fusion.gpmf;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Converts the telemetry of a GoPro Hero7 to lines {@code sensor,time,values…}: in the order of their times, in SI units and degrees, in
 * the camera's axes X, Y, Z.
 *
 * <p>The stream has one time for each payload of about a second, that of its first GPS fix, and none for single readings. So the fixes of
 * a payload are spread evenly up to the next payload's first, and the readings of the accelerometer and of the gyroscope evenly over all
 * payloads. Time 0 is the first fix.
 */
final class GpmfToCsv {
    private static final DateTimeFormatter GPS_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss.SSS", Locale.ROOT);
    private static final MathContext DIGITS = new MathContext(12);
    private static final int INERTIAL_DECIMALS = 5;
    private static final int GPS_DECIMALS = 7;
    private static final String AXES = "XYZ";
    private static final long TIME_OF_ONE_US = 1_000_000;

    private final List<GpmfItem> payloads;
    private final List<Line> lines = new ArrayList<>();

    private record Line(long timeUs, int sensor, String text) {
    }

    private GpmfToCsv(List<GpmfItem> payloads) {
        this.payloads = payloads;
    }

    /** Two arguments: the GPMF stream, and the file to write. */
    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of(arguments[1]), convert(Files.readAllBytes(Path.of(arguments[0]))));
    }

    static List<String> convert(byte[] stream) {
        var converter = new GpmfToCsv(GpmfItem.parse(stream));
        converter.addInertial(0, "ACCL");
        converter.addInertial(1, "GYRO");
        converter.addGps(2);
        return converter.lines.stream().sorted(Comparator.comparingLong(Line::timeUs).thenComparingInt(Line::sensor)).map(Line::text)
            .toList();
    }

    private void addInertial(int sensor, String key) {
        var values = new ArrayList<List<BigDecimal>>();
        for (var payload : payloads) {
            var stream = stream(payload, key);
            values.addAll(samples(stream, key, axes(stream), INERTIAL_DECIMALS));
        }
        for (int i = 0; i < values.size(); i++) {
            add(sensor, key, payloads.size() * payloadUs() * i / values.size(), values.get(i));
        }
    }

    private void addGps(int sensor) {
        for (int number = 0; number < payloads.size(); number++) {
            long from = timeUs(number);
            long to = number + 1 < payloads.size() ? timeUs(number + 1) : from + payloadUs();
            var fixes = samples(stream(payloads.get(number), "GPS5"), "GPS5", List.of(), GPS_DECIMALS);
            for (int i = 0; i < fixes.size(); i++) {
                add(sensor, "GPS5", from + (to - from) * i / fixes.size(), fixes.get(i));
            }
        }
    }

    private void add(int sensor, String key, long timeUs, List<BigDecimal> values) {
        var text = new StringBuilder(key).append(',').append(timeUs);
        values.forEach(value -> text.append(',').append(value.stripTrailingZeros().toPlainString()));
        lines.add(new Line(timeUs, sensor, text.toString()));
    }

    /** Microseconds from one payload to the next, on average. */
    private long payloadUs() {
        return payloads.size() < 2 ? TIME_OF_ONE_US : timeUs(payloads.size() - 1) / (payloads.size() - 1);
    }

    /** When a payload's first fix was, counted from the first payload's. */
    private long timeUs(int payload) {
        return ChronoUnit.MICROS.between(gpsTime(payloads.getFirst()), gpsTime(payloads.get(payload)));
    }

    private static LocalDateTime gpsTime(GpmfItem payload) {
        return LocalDateTime.parse(stream(payload, "GPS5").need("GPSU").text(), GPS_TIME);
    }

    private static GpmfItem stream(GpmfItem payload, String key) {
        return payload.children().stream().filter(stream -> stream.child(key).isPresent()).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no stream with " + key + " in a payload"));
    }

    /**
     * Its samples, each number divided by its scale.
     *
     * @param axes where each value is to be found, as {@link #axes} says; empty for the order of the file
     */
    private static List<List<BigDecimal>> samples(GpmfItem stream, String key, List<Axis> axes, int decimals) {
        var scales = stream.need("SCAL").numbers();
        var item = stream.need(key);
        var numbers = item.numbers();
        int width = item.size() / (item.type() == 's' ? Short.BYTES : Integer.BYTES);
        var samples = new ArrayList<List<BigDecimal>>();
        for (int first = 0; first < numbers.size(); first += width) {
            var sample = new ArrayList<BigDecimal>();
            for (int i = 0; i < width; i++) {
                var axis = axes.isEmpty() ? new Axis(i, 1) : axes.get(i);
                int scale = scales.get(scales.size() == 1 ? 0 : axis.channel);
                sample.add(BigDecimal.valueOf((long) axis.sign * numbers.get(first + axis.channel))
                    .divide(BigDecimal.valueOf(scale), DIGITS).setScale(decimals, RoundingMode.HALF_EVEN));
            }
            samples.add(sample);
        }
        return samples;
    }

    private record Axis(int channel, int sign) {
    }

    /** Where X, Y and Z are: ORIN names the channels in their order, in lower case where a channel points the other way. */
    private static List<Axis> axes(GpmfItem stream) {
        String order = stream.need("ORIN").text();
        return AXES.chars().mapToObj(axis -> {
            int same = order.indexOf(axis);
            return same >= 0 ? new Axis(same, 1) : new Axis(order.indexOf(Character.toLowerCase(axis)), -1);
        }).toList();
    }
}
