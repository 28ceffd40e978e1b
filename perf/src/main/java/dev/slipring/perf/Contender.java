package dev.slipring.perf;

import dev.slipring.perf.Absence.Cause;
import dev.slipring.perf.candidate.Candidate;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.candidate.Preparation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A candidate in one mode at one size: its pair, how many messages it sends in a round, and what it has shown so far. */
final class Contender {
    private static final long TIMEOUT_S = 30;

    private final Candidate candidate;
    private final Mode mode;
    private final int size;
    private final Settings settings;
    private final List<Round> rounds = new ArrayList<>();
    private long messages;
    private @Nullable WorkerSetup setup;
    private @Nullable Preparation preparation;
    private @Nullable WorkerPair pair;
    private @Nullable Absence absence;

    Contender(Candidate candidate, Mode mode, int size, Settings settings) {
        this.candidate = candidate;
        this.mode = mode;
        this.size = size;
        this.settings = settings;
        messages = settings.firstMessages(mode, size);
        String refusal = candidate.refusal(mode, size);
        if (refusal != null) {
            absence = new Absence(mode, size, candidate.name(), Cause.NOT_SUPPORTED, refusal);
        }
    }

    /** What it is not measured for; {@code null} as long as it is. */
    @Nullable Absence absence() {
        return absence;
    }

    Series series() {
        return new Series(mode, size, candidate.name(), List.copyOf(rounds));
    }

    void start(RunDirectory directory, Pinning pinning, Workers workers) throws IOException {
        setup = new WorkerSetup(candidate.name(), mode, Mode.End.NEAR, candidate.payloadLength(size), settings.capacity(size),
            settings.reading(), settings.intervalNs(size), settings.pollLimit(), directory.path().toString(),
            directory.forPair().toString());
        preparation = candidate.prepare(setup.link());
        pair = new WorkerPair(setup, candidate.lossy(), pinning, settings.jvmFlags(), workers);
    }

    void awaitReady() throws InterruptedException, PeerFailure {
        pair().awaitReady();
    }

    /** A round whose result nobody wants, except for how long it took: towards rounds of the wanted length. */
    void warmUp() throws IOException, InterruptedException, PeerFailure {
        long start = System.nanoTime();
        run();
        messages = settings.nextMessages(mode, messages, (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    void count() throws IOException, InterruptedException, PeerFailure {
        rounds.add(run());
    }

    private Round run() throws IOException, InterruptedException, PeerFailure {
        var prepared = Objects.requireNonNull(preparation, "started");
        prepared.turn(true);
        try {
            return pair().run(messages, TIMEOUT_S + (long) (10 * settings.seconds()));
        } finally {
            prepared.turn(false);
        }
    }

    private WorkerPair pair() {
        return Objects.requireNonNull(pair, "started");
    }

    /** It is not measured any more, and what it has shown does not count. */
    void fail(Throwable why) {
        String reason = why instanceof PeerFailure ? Objects.requireNonNull(why.getMessage(), "said why") : why.toString();
        absence = new Absence(mode, size, candidate.name(), Cause.FAILED, reason.replace('\n', ' '));
        if (pair != null) {
            pair.kill(); // one end may be waiting for the other for ever
        }
    }

    /** Ends what {@link #start} began, however far it came. */
    void stop() {
        if (pair != null) {
            pair.close();
            pair = null;
        }
        if (preparation != null) {
            preparation.close();
            preparation = null;
        }
        if (setup != null) {
            RunDirectory.remove(setup.link().directory());
            setup = null;
        }
    }
}
