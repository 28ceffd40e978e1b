package dev.slipring.ring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A message is seen whole or not at all. */
public final class SpscPublish {
    private SpscPublish() {
    }

    /** A new ring. */
    @State
    public static class Ring {
        final SpscTrial trial = SpscTrial.ordered();
    }

    /** A new ring whose header comes too early. */
    @State
    public static class BrokenRing {
        final SpscTrial trial = SpscTrial.headerOvertakes();
    }

    /** Copied in. */
    @JCStressTest
    @Description("offer || poll")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nothing yet")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the message")
    @Outcome(expect = FORBIDDEN, desc = "a header without its payload")
    public static class Offer {
        @Actor
        public void produce(Ring ring) {
            ring.trial.offer(1, 2);
        }

        @Actor
        public void consume(Ring ring, JJ_Result result) {
            ring.trial.poll(result);
        }
    }

    /** Control. */
    @JCStressTest
    @Description("offer || poll, where the header overtakes the payload")
    @Outcome(id = {"0, 0", "1, 2"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "a header without its payload")
    public static class OfferBroken {
        @Actor
        public void produce(BrokenRing ring) {
            ring.trial.offer(1, 2);
        }

        @Actor
        public void consume(BrokenRing ring, JJ_Result result) {
            ring.trial.poll(result);
        }
    }

    /** Encoded in place. */
    @JCStressTest
    @Description("tryClaim, write, commit || poll")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nothing yet")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the message")
    @Outcome(expect = FORBIDDEN, desc = "a header without its payload")
    public static class Commit {
        @Actor
        public void produce(Ring ring) {
            ring.trial.claimAndCommit(1, 2);
        }

        @Actor
        public void consume(Ring ring, JJ_Result result) {
            ring.trial.poll(result);
        }
    }

    /** Given up, then another in its place. */
    @JCStressTest
    @Description("tryClaim, write, abort, tryClaim, write, commit || poll")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nothing yet")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "the second message")
    @Outcome(expect = FORBIDDEN, desc = "something of the aborted one")
    public static class Abort {
        @Actor
        public void produce(Ring ring) {
            ring.trial.claimAndAbort(7, 8);
            ring.trial.claimAndCommit(1, 2);
        }

        @Actor
        public void consume(Ring ring, JJ_Result result) {
            ring.trial.poll(result);
        }
    }

    /** All or nothing. */
    @JCStressTest
    @Description("a batch of three || poll")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "nothing yet")
    @Outcome(id = "3, 222", expect = ACCEPTABLE, desc = "all three")
    @Outcome(expect = FORBIDDEN, desc = "a part of the batch")
    public static class BatchOfThree {
        @Actor
        public void produce(Ring ring) {
            ring.trial.offerBatch(1, 10, 100);
        }

        @Actor
        public void consume(Ring ring, JJ_Result result) {
            ring.trial.pollAll(result);
        }
    }

    /** Control. */
    @JCStressTest
    @Description("a batch of three || poll, where the first header overtakes the others")
    @Outcome(id = {"0, 0", "3, 222"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "a part of the batch")
    public static class BatchOfThreeBroken {
        @Actor
        public void produce(BrokenRing ring) {
            ring.trial.offerBatch(1, 10, 100);
        }

        @Actor
        public void consume(BrokenRing ring, JJ_Result result) {
            ring.trial.pollAll(result);
        }
    }
}
