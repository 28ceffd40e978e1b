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
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** Space is claimed again, a lap later, only when what lay there was read and marked. */
public final class MpscReuse {
    private MpscReuse() {
    }

    /** A full ring. */
    @State
    public static class FullRing {
        final MpscTrial trial = MpscTrial.ordered().filled();
    }

    /** A full ring whose head comes before the marks. */
    @State
    public static class HeadOvertakes {
        final MpscTrial trial = MpscTrial.headOvertakesMarks().filled();
    }

    /** The first four messages are read, then given back at once; the new one, -7, takes the place of the first. */
    @JCStressTest
    @Description("poll a quarter || offer, then poll the rest")
    @Outcome(id = "11223344, 0, 63", expect = ACCEPTABLE, desc = "read, no room yet")
    @Outcome(id = "11223344, 1, 56", expect = ACCEPTABLE, desc = "read, then another in its place")
    @Outcome(expect = FORBIDDEN, desc = "overwritten under its reader, or lost")
    public static class Lap {
        @Actor
        public void consume(FullRing ring, JJJ_Result result) {
            result.r1 = ring.trial.pollAQuarter();
        }

        @Actor
        public void produce(FullRing ring, JJJ_Result result) {
            result.r2 = ring.trial.offerALapLater() ? 1 : 0;
        }

        @Arbiter
        public void rest(FullRing ring, JJJ_Result result) {
            result.r3 = ring.trial.restOfALap();
        }
    }

    /** Control. */
    @JCStressTest
    @Description("poll a quarter, then read it || offer, then poll the rest")
    @Outcome(id = {"11223344, 0, 63", "11223344, 1, 56"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "overwritten under its reader")
    public static class LapBroken {
        @Actor
        public void consume(FullRing ring, JJJ_Result result) {
            result.r1 = ring.trial.pollAQuarterAndReadItTooLate();
        }

        @Actor
        public void produce(FullRing ring, JJJ_Result result) {
            result.r2 = ring.trial.offerALapLater() ? 1 : 0;
        }

        @Arbiter
        public void rest(FullRing ring, JJJ_Result result) {
            result.r3 = ring.trial.restOfALap();
        }
    }

    /** Control: the new one may go behind its place, where the consumer never comes. */
    @JCStressTest
    @Description("poll a quarter || offer, then poll the rest, where head overtakes the marks")
    @Outcome(id = {"11223344, 0, 63", "11223344, 1, 56"}, expect = ACCEPTABLE, desc = "as it should be")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "lost")
    public static class MarksBroken {
        @Actor
        public void consume(HeadOvertakes ring, JJJ_Result result) {
            result.r1 = ring.trial.pollAQuarter();
        }

        @Actor
        public void produce(HeadOvertakes ring, JJJ_Result result) {
            result.r2 = ring.trial.offerALapLater() ? 1 : 0;
        }

        @Arbiter
        public void rest(HeadOvertakes ring, JJJ_Result result) {
            result.r3 = ring.trial.restOfALap();
        }
    }
}
