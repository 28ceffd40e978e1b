package dev.slipring.ring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A leased frame is whole, and is not lent: of a lease and a loan of one frame, one comes first. */
public final class FrameLeases {
    private FrameLeases() {
    }

    /** A pool. */
    @State
    public static class Frames {
        final FrameTrial trial = FrameTrial.ordered();
    }

    /** A pool whose consumer leases what it does not look at. */
    @State
    public static class BrokenFrames {
        final FrameTrial trial = FrameTrial.blind();
    }

    /** A loan may only take what nobody has leased, a lease only what nobody writes. */
    @JCStressTest
    @Description("loan, write, publish || lease, look, look again, give back")
    @Outcome(id = {"1, 0", "1, 1"}, expect = ACCEPTABLE, desc = "none, or a whole one")
    @Outcome(expect = FORBIDDEN, desc = "written under its holder, or the producer refused")
    public static class Lease {
        @Actor
        public void produce(Frames frames, II_Result result) {
            result.r1 = frames.trial.publish();
        }

        @Actor
        public void consume(Frames frames, II_Result result) {
            result.r2 = frames.trial.lease();
        }
    }

    /** Control. */
    @JCStressTest
    @Description("loan, write, publish || lease whatever the generation, look, look again, give back")
    @Outcome(id = {"1, 0", "1, 1"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "written under its holder")
    public static class LeaseBroken {
        @Actor
        public void produce(BrokenFrames frames, II_Result result) {
            result.r1 = frames.trial.publish();
        }

        @Actor
        public void consume(BrokenFrames frames, II_Result result) {
            result.r2 = frames.trial.lease();
        }
    }
}
