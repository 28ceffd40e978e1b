package dev.slipring.ring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** Who is overtaken by the producer sees a message whole or knows that it is lost: then it goes on with the one whose sequence is 7. */
public final class BroadcastLap {
    private BroadcastLap() {
    }

    /** A full ring. */
    @State
    public static class FullRing {
        final BroadcastTrial trial = BroadcastTrial.ordered();
    }

    /** A full ring whose intent comes too late. */
    @State
    public static class BrokenFullRing {
        final BroadcastTrial trial = BroadcastTrial.lateIntent();
    }

    /** Copied, then validated. */
    @JCStressTest
    @Description("poll one || offer where it lies")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the first message")
    @Outcome(id = "7, 8, 8", expect = ACCEPTABLE, desc = "a gap")
    @Outcome(expect = FORBIDDEN, desc = "torn, or lost without a word")
    public static class Poll {
        @Actor
        public void read(FullRing ring, JJJ_Result result) {
            ring.trial.poll(result);
        }

        @Actor
        public void produce(FullRing ring) {
            ring.trial.offerNext();
        }
    }

    /** Control. */
    @JCStressTest
    @Description("poll one || offer where it lies, where the intent comes a message too late")
    @Outcome(id = {"0, 1, 1", "7, 8, 8"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(id = "15, -7, -7", expect = ACCEPTABLE, desc = "the one that overwrites it")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "torn")
    public static class PollBroken {
        @Actor
        public void read(BrokenFullRing ring, JJJ_Result result) {
            ring.trial.poll(result);
        }

        @Actor
        public void produce(BrokenFullRing ring) {
            ring.trial.offerNext();
        }
    }

    /** Read in place, then validated. */
    @JCStressTest
    @Description("receiveNext, read, validate, until it is whole || offer where it lies")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the first message")
    @Outcome(id = "7, 8, 8", expect = ACCEPTABLE, desc = "a gap")
    @Outcome(expect = FORBIDDEN, desc = "torn, or lost without a word")
    public static class InPlace {
        @Actor
        public void read(FullRing ring, JJJ_Result result) {
            ring.trial.readInPlace(result);
        }

        @Actor
        public void produce(FullRing ring) {
            ring.trial.offerNext();
        }
    }

    /** Control. */
    @JCStressTest
    @Description("receiveNext, read || offer where it lies")
    @Outcome(id = {"0, 1, 1", "7, 8, 8"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(id = "15, -7, -7", expect = ACCEPTABLE, desc = "the one that overwrites it")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "torn")
    public static class InPlaceBroken {
        @Actor
        public void read(FullRing ring, JJJ_Result result) {
            ring.trial.readUnvalidated(result);
        }

        @Actor
        public void produce(FullRing ring) {
            ring.trial.offerNext();
        }
    }
}
