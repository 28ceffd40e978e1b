package dev.slipring.ring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** Two producers: each message comes whole, once, and in the order of the claims. 12 is the first one's, 34 the second one's. */
public final class MpscClaims {
    private MpscClaims() {
    }

    /** A new ring. */
    @State
    public static class Ring {
        final MpscTrial trial = MpscTrial.ordered();
    }

    /** A new ring whose headers come too early. */
    @State
    public static class HeaderOvertakes {
        final MpscTrial trial = MpscTrial.headerOvertakes();
    }

    /** A new ring whose producers look and then store. */
    @State
    public static class LookAndStore {
        final MpscTrial trial = MpscTrial.claimsWithoutCompareAndSet();
    }

    /** For one position. */
    @JCStressTest
    @Description("offer || offer, then poll")
    @Outcome(id = {"1234", "3412"}, expect = ACCEPTABLE, desc = "both, in the order of the claims")
    @Outcome(expect = FORBIDDEN, desc = "one lost, or out of order")
    public static class Claim {
        @Actor
        public void first(Ring ring) {
            ring.trial.offerFirst();
        }

        @Actor
        public void second(Ring ring) {
            ring.trial.offerSecond();
        }

        @Arbiter
        public void consume(Ring ring, J_Result result) {
            result.r1 = ring.trial.rest();
        }
    }

    /** Control. */
    @JCStressTest
    @Description("offer || offer, where a claim is a look and a store, then poll")
    @Outcome(id = {"1234", "3412"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "one lost, or out of order")
    public static class ClaimBroken {
        @Actor
        public void first(LookAndStore ring) {
            ring.trial.offerFirst();
        }

        @Actor
        public void second(LookAndStore ring) {
            ring.trial.offerSecond();
        }

        @Arbiter
        public void consume(LookAndStore ring, J_Result result) {
            result.r1 = ring.trial.rest();
        }
    }

    /** The first may hold the second up. */
    @JCStressTest
    @Description("tryClaim, write, commit || offer, poll")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "held up by the first one's claim")
    @Outcome(id = "34", expect = ACCEPTABLE, desc = "the second, before the first one claimed")
    @Outcome(id = {"1234", "3412"}, expect = ACCEPTABLE, desc = "both")
    @Outcome(expect = FORBIDDEN, desc = "lost, or a header without its payload")
    public static class Commit {
        @Actor
        public void first(Ring ring) {
            ring.trial.claimAndCommitFirst();
        }

        @Actor
        public void secondAndConsumer(Ring ring, J_Result result) {
            ring.trial.offerSecond();
            result.r1 = ring.trial.pollAll();
        }
    }

    /** Copied in. */
    @JCStressTest
    @Description("offer || offer, poll")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "held up by the first one's claim")
    @Outcome(id = "34", expect = ACCEPTABLE, desc = "the second, before the first one claimed")
    @Outcome(id = {"1234", "3412"}, expect = ACCEPTABLE, desc = "both")
    @Outcome(expect = FORBIDDEN, desc = "lost, or a header without its payload")
    public static class Offer {
        @Actor
        public void first(Ring ring) {
            ring.trial.offerFirst();
        }

        @Actor
        public void secondAndConsumer(Ring ring, J_Result result) {
            ring.trial.offerSecond();
            result.r1 = ring.trial.pollAll();
        }
    }

    /** Control. */
    @JCStressTest
    @Description("offer || offer, poll, where the header overtakes the payload")
    @Outcome(id = {"0", "34", "1234", "3412"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "a header without its payload")
    public static class OfferBroken {
        @Actor
        public void first(HeaderOvertakes ring) {
            ring.trial.offerFirst();
        }

        @Actor
        public void secondAndConsumer(HeaderOvertakes ring, J_Result result) {
            ring.trial.offerSecond();
            result.r1 = ring.trial.pollAll();
        }
    }

    /** The second finds its place behind a record of two granules, or behind one of a granule and padding. */
    @JCStressTest
    @Description("tryClaim, write, commit a part || offer, poll")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "held up by the first one's claim")
    @Outcome(id = "34", expect = ACCEPTABLE, desc = "the second, before the first one claimed")
    @Outcome(id = {"1234", "3412"}, expect = ACCEPTABLE, desc = "both")
    @Outcome(expect = FORBIDDEN, desc = "lost, or what lies behind the part")
    public static class CommitLess {
        @Actor
        public void first(Ring ring) {
            ring.trial.claimAndCommitLessFirst();
        }

        @Actor
        public void secondAndConsumer(Ring ring, J_Result result) {
            ring.trial.offerSecond();
            result.r1 = ring.trial.pollAll();
        }
    }

    /** Control. */
    @JCStressTest
    @Description("tryClaim, write, commit a part || offer, poll, where the header overtakes the padding")
    @Outcome(id = {"0", "34", "1234", "3412"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "the first without the second behind it")
    public static class CommitLessBroken {
        @Actor
        public void first(HeaderOvertakes ring) {
            ring.trial.claimAndCommitLessFirst();
        }

        @Actor
        public void secondAndConsumer(HeaderOvertakes ring, J_Result result) {
            ring.trial.offerSecond();
            result.r1 = ring.trial.pollAll();
        }
    }
}
