package dev.slipring.examples.fusion;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Puts what several producers send, each in the order of its times, into the order of all times; at the same time, into that of the
 * sensors. So the order does not depend on who was faster. A sample is passed on when every producer has sent a later one, or its end.
 */
final class Merge {
    private final Map<Role, Queue<Sample>> waiting = new EnumMap<>(Role.class);
    private final Map<Role, Boolean> ended = new EnumMap<>(Role.class);
    private final Map<Sensor, Role> producers = new EnumMap<>(Sensor.class);
    private final Consumer<Sample> next;

    /** @param next gets the samples in order */
    Merge(Consumer<Sample> next) {
        this.next = next;
        for (var role : Role.values()) {
            for (var sensor : role.sensors()) {
                producers.put(sensor, role);
                waiting.put(role, new ArrayDeque<>());
            }
        }
    }

    void add(Sample sample) {
        queue(producer(sample.sensor())).add(sample);
        passOn();
    }

    /** The producer of this sensor's samples has sent its last. */
    void end(Sensor sensor) {
        ended.put(producer(sensor), true);
        passOn();
    }

    /** Whether all that there was has been passed on. */
    boolean isEnded() {
        return ended.size() == waiting.size() && waiting.values().stream().allMatch(Queue::isEmpty);
    }

    private void passOn() {
        while (true) {
            Sample first = null;
            for (var entry : waiting.entrySet()) {
                var candidate = entry.getValue().peek();
                if (candidate == null) {
                    if (!ended.containsKey(entry.getKey())) {
                        return; // its next may be the first of all
                    }
                } else if (first == null || isBefore(candidate, first)) {
                    first = candidate;
                }
            }
            if (first == null) {
                return;
            }
            next.accept(queue(producer(first.sensor())).remove());
        }
    }

    private static boolean isBefore(Sample one, Sample other) {
        return one.timeUs() != other.timeUs() ? one.timeUs() < other.timeUs() : one.sensor().compareTo(other.sensor()) < 0;
    }

    private Role producer(Sensor sensor) {
        var role = producers.get(sensor);
        if (role == null) {
            throw new IllegalStateException("nobody produces " + sensor);
        }
        return role;
    }

    private Queue<Sample> queue(Role role) {
        return waiting.computeIfAbsent(role, absent -> new ArrayDeque<>());
    }
}
