package dev.slipring.examples.fusion;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The readings of the file, in the order of their times; at the same time in the order of the sensors. Immutable. */
final class Readings {
    private static final String RESOURCE = "readings.csv";

    private final List<Reading> all;
    private final Map<Sensor, List<Reading>> bySensor = new EnumMap<>(Sensor.class);

    private Readings(List<Reading> all) {
        this.all = List.copyOf(all);
        for (var sensor : Sensor.values()) {
            bySensor.put(sensor, this.all.stream().filter(reading -> reading.sensor() == sensor).toList());
        }
    }

    /** Those of the camera; see the NOTICE beside them. */
    static Readings load() {
        try (var in = new BufferedReader(new InputStreamReader(
            Objects.requireNonNull(Readings.class.getResourceAsStream(RESOURCE), RESOURCE), StandardCharsets.UTF_8))) {
            return parse(in.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Readings parse(List<String> lines) {
        var readings = new ArrayList<Reading>();
        var versions = new long[Sensor.values().length];
        for (String line : lines) {
            var fields = line.split(",", -1);
            var sensor = Sensor.ofCode(fields[0]);
            if (fields.length != 2 + sensor.valueCount()) {
                throw new IllegalArgumentException("expected " + sensor.valueCount() + " values, found " + line);
            }
            readings.add(new Reading(sensor, ++versions[sensor.ordinal()], Long.parseLong(fields[1]),
                Arrays.stream(fields).skip(2).map(Double::valueOf).toList()));
        }
        return new Readings(readings);
    }

    List<Reading> all() {
        return all;
    }

    List<Reading> of(Sensor sensor) {
        return bySensor.getOrDefault(sensor, List.of());
    }

    List<Reading> of(Set<Sensor> sensors) {
        return all.stream().filter(reading -> sensors.contains(reading.sensor())).toList();
    }

    /** Of each sensor only the first so many. */
    Readings first(ToLongFunction<Sensor> counts) {
        return new Readings(all.stream().filter(reading -> reading.version() <= counts.applyAsLong(reading.sensor())).toList());
    }

    Reading get(Sensor sensor, long version) {
        return of(sensor).get(Math.toIntExact(version - 1));
    }

    /** The most that a sensor has. */
    int most() {
        return EnumSet.allOf(Sensor.class).stream().mapToInt(sensor -> of(sensor).size()).max().orElse(0);
    }

    long lastUs() {
        return all.getLast().timeUs();
    }
}
