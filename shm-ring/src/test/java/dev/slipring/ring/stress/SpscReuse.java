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

/** A message does not change under its reader: its space is overwritten, a lap later, only when it has been read. */
public final class SpscReuse {
    private SpscReuse() {
    }

    /** A full ring. */
    @State
    public static class FullRing {
        final SpscTrial trial = SpscTrial.ordered().filled();
    }

    /** A full ring whose head comes too early. */
    @State
    public static class BrokenFullRing {
        final SpscTrial trial = SpscTrial.headOvertakes().filled();
    }

    /** The first waiting message is number 1; the new one takes its place. */
    @JCStressTest
    @Description("poll one || offer where it lies")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "read, no room yet")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "read, then overwritten")
    @Outcome(expect = FORBIDDEN, desc = "overwritten under its reader")
    public static class Lap {
        @Actor
        public void consume(FullRing ring, JJ_Result result) {
            result.r1 = ring.trial.pollShort();
        }

        @Actor
        public void produce(FullRing ring, JJ_Result result) {
            result.r2 = ring.trial.offerWhenThereIsRoom(-7, -8);
        }
    }

    /** Control. */
    @JCStressTest
    @Description("poll one || offer where it lies, where head overtakes the reading")
    @Outcome(id = {"1, 0", "1, 1"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "overwritten under its reader")
    public static class LapBroken {
        @Actor
        public void consume(BrokenFullRing ring, JJ_Result result) {
            result.r1 = ring.trial.pollShort();
        }

        @Actor
        public void produce(BrokenFullRing ring, JJ_Result result) {
            result.r2 = ring.trial.offerWhenThereIsRoom(-7, -8);
        }
    }
}
