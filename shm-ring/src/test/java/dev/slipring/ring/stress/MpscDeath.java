package dev.slipring.ring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/**
 * A consumer is held up by a claim of the first producer, 12, and asks whether its owner is dead; 34 of the second lies behind. Who is dead
 * is told by the test and not by the kernel: both live in this process.
 */
public final class MpscDeath {
    private MpscDeath() {
    }

    /** As it is. */
    @State
    public static class HeldUp {
        final MpscTrial trial = MpscTrial.ordered().heldUp();
    }

    /** The consumer looks and then stores. */
    @State
    public static class LookAndStore {
        final MpscTrial trial = MpscTrial.padsWithoutCompareAndSet().heldUp();
    }

    /** What was committed before its owner died comes. */
    @JCStressTest
    @Description("commit, die || poll, ask, pad, poll")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "held up")
    @Outcome(id = "1234", expect = ACCEPTABLE, desc = "both")
    @Outcome(expect = FORBIDDEN, desc = "the dead one's message became padding")
    public static class CommitAndDie {
        @Actor
        public void first(HeldUp ring) {
            ring.trial.commitAndDieFirst();
        }

        @Actor
        public void consume(HeldUp ring, J_Result result) {
            result.r1 = ring.trial.pollAll();
        }
    }

    /** Control. */
    @JCStressTest
    @Description("commit, die || poll, ask, pad without compare-and-set, poll")
    @Outcome(id = {"0", "1234"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "the dead one's message became padding")
    public static class CommitAndDieBroken {
        @Actor
        public void first(LookAndStore ring) {
            ring.trial.commitAndDieFirst();
        }

        @Actor
        public void consume(LookAndStore ring, J_Result result) {
            result.r1 = ring.trial.pollAll();
        }
    }

    /** What lies behind the claim of a dead one comes, and goes where it should while the claim turns into padding. */
    @JCStressTest
    @Description("die, then the second offers || poll, ask, pad, poll")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "held up")
    @Outcome(id = {"34", "3434"}, expect = ACCEPTABLE, desc = "let go")
    @Outcome(expect = FORBIDDEN, desc = "something of the dead one's")
    public static class Die {
        @Actor
        public void second(HeldUp ring) {
            ring.trial.dieFirst();
            ring.trial.offerSecond();
        }

        @Actor
        public void consume(HeldUp ring, J_Result result) {
            result.r1 = ring.trial.pollAll();
        }
    }
}
