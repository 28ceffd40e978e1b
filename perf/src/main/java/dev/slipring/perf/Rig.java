package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.peers.Candidates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Runs rounds. For each mode and size every candidate gets a pair of JVMs; then round by round each has its turn, in an order that is
 * rotated by one from round to round, so that nobody is always measured after the same neighbour. Whoever fails is left out from then on,
 * with its reason; the others go on.
 */
final class Rig {
    private final Settings settings;
    private final Pinning pinning;
    private final RunDirectory directory;
    private final Workers workers;
    private final Runnable stepped;

    /** What a contender does next. */
    private interface Step {
        void take(Contender contender) throws IOException, InterruptedException, PeerFailure;
    }

    Rig(Settings settings, Pinning pinning, RunDirectory directory, Workers workers, Runnable stepped) {
        this.settings = settings;
        this.pinning = pinning;
        this.directory = directory;
        this.workers = workers;
        this.stepped = stepped;
    }

    /** All candidates in one mode at one size. */
    Outcome measure(Mode mode, int size) throws InterruptedException {
        var contenders = settings.candidates().stream()
            .map(name -> new Contender(Candidates.named(name), mode, size, settings)).toList();
        for (int fork = 0; fork < settings.forks(); fork++) {
            measureOnce(contenders);
        }
        return new Outcome(contenders.stream().filter(each -> each.absence() == null).map(Contender::series).toList(),
            contenders.stream().map(Contender::absence).filter(Objects::nonNull).toList());
    }

    private void measureOnce(List<Contender> contenders) throws InterruptedException {
        try {
            each(contenders, 0, contender -> contender.start(directory, pinning, workers));
            each(contenders, 0, Contender::awaitReady);
            tell(contenders);
            for (int warmup = 0; warmup < settings.warmups(); warmup++) {
                each(contenders, warmup, Contender::warmUp);
                tell(contenders);
            }
            for (int round = 0; round < settings.rounds(); round++) {
                each(contenders, round, Contender::count);
                tell(contenders);
            }
        } finally {
            contenders.forEach(Contender::stop);
        }
    }

    private void tell(List<Contender> contenders) {
        contenders.forEach(_ -> stepped.run());
    }

    /** All that are still measured, beginning with another one each time. */
    private static void each(List<Contender> contenders, int turn, Step step) throws InterruptedException {
        var order = new ArrayList<>(contenders.stream().filter(contender -> contender.absence() == null).toList());
        Collections.rotate(order, -turn);
        for (var contender : order) {
            try {
                step.take(contender);
            } catch (IOException | PeerFailure | RuntimeException | LinkageError e) {
                contender.fail(e);
            }
        }
    }
}
