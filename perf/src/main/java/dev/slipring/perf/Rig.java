package dev.slipring.perf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs rounds. For each mode and size every candidate gets a pair of JVMs; then round by round each has its turn, in an order that is
 * rotated by one from round to round, so that nobody is always measured after the same neighbour.
 */
final class Rig {
    private static final long FIRST_MESSAGES = 20_000;
    private static final int MOST_GROWTH = 20;
    private static final long TIMEOUT_S = 60;

    private final Settings settings;
    private final Pinning pinning;
    private final RunDirectory directory;
    private final Workers workers;

    /** One candidate's pair, what it shares with its workers, and how many messages it sends in a round. */
    private static final class Entry {
        private final WorkerPair pair;
        private long messages;

        Entry(WorkerPair pair, long messages) {
            this.pair = pair;
            this.messages = messages;
        }
    }

    Rig(Settings settings, Pinning pinning, RunDirectory directory, Workers workers) {
        this.settings = settings;
        this.pinning = pinning;
        this.directory = directory;
        this.workers = workers;
    }

    /** The series of one mode and size; empty when no candidate runs in that mode. */
    List<Series> measure(Mode mode, int size) throws Exception {
        var rounds = new LinkedHashMap<String, List<Round>>();
        for (int fork = 0; fork < settings.forks(); fork++) {
            measureOnce(mode, size, rounds);
        }
        return rounds.entrySet().stream().map(each -> new Series(mode, size, each.getKey(), List.copyOf(each.getValue()))).toList();
    }

    private void measureOnce(Mode mode, int size, Map<String, List<Round>> rounds) throws Exception {
        var toClose = new ArrayList<AutoCloseable>();
        try {
            var entries = new ArrayList<Entry>();
            for (var name : settings.candidates()) {
                var candidate = Candidates.named(name);
                if (candidate.modes().contains(mode)) {
                    entries.add(new Entry(start(candidate, mode, size, toClose), firstMessages(mode)));
                }
            }
            for (var entry : entries) {
                entry.pair.awaitReady();
            }
            for (int warmup = 0; warmup < settings.warmups(); warmup++) {
                for (var entry : rotated(entries, warmup)) {
                    warmUp(entry, mode);
                }
            }
            for (int round = 0; round < settings.rounds(); round++) {
                for (var entry : rotated(entries, round)) {
                    rounds.computeIfAbsent(entry.pair.candidate(), _ -> new ArrayList<>()).add(run(entry));
                }
            }
        } finally {
            for (var each : toClose.reversed()) {
                each.close();
            }
        }
    }

    private WorkerPair start(Candidate candidate, Mode mode, int size, List<AutoCloseable> toClose) throws IOException {
        var setup = new WorkerSetup(candidate.name(), mode, Mode.End.NEAR, size, settings.capacity(), settings.reading(),
            settings.intervalNs(), settings.pollLimit(), directory.path().toString(), directory.forPair().toString());
        toClose.add(() -> RunDirectory.remove(setup.wire(Wire.THERE).directory()));
        toClose.add(candidate.create(setup.wire(Wire.THERE)));
        if (mode == Mode.ROUND_TRIP) {
            toClose.add(candidate.create(setup.wire(Wire.BACK)));
        }
        var pair = new WorkerPair(setup, pinning, settings.jvmFlags(), workers);
        toClose.add(pair);
        return pair;
    }

    private static <T> List<T> rotated(List<T> all, int by) {
        var order = new ArrayList<>(all);
        Collections.rotate(order, -by);
        return order;
    }

    private long firstMessages(Mode mode) {
        if (settings.messages() > 0) {
            return settings.messages();
        }
        return mode == Mode.FIXED_RATE ? Math.max(1, (long) (settings.rate() * settings.seconds())) : FIRST_MESSAGES;
    }

    /** A round whose result nobody wants, except for how long it took: towards rounds of the wanted length. */
    private void warmUp(Entry entry, Mode mode) throws Exception {
        long start = System.nanoTime();
        run(entry);
        double took = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        if (settings.messages() == 0 && mode != Mode.FIXED_RATE) {
            double factor = Math.min(MOST_GROWTH, settings.seconds() / took);
            entry.messages = Math.max(FIRST_MESSAGES, (long) (entry.messages * factor));
        }
    }

    private Round run(Entry entry) throws Exception {
        return entry.pair.run(entry.messages, TIMEOUT_S + (long) (10 * settings.seconds()));
    }
}
