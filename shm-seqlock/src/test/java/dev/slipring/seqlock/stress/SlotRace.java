package dev.slipring.seqlock.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** Who reads while the same cell is written gets a value of one version, whole, or none. */
public final class SlotRace {
    private SlotRace() {
    }

    /** As it is. */
    @State
    public static class Ordered {
        final SlotTrial trial = SlotTrial.ordered();
    }

    /** Nothing is ordered. */
    @State
    public static class Unordered {
        final SlotTrial trial = SlotTrial.unordered();
    }

    /** The even stamp comes too early. */
    @State
    public static class StampOvertakes {
        final SlotTrial trial = SlotTrial.stampOvertakes();
    }

    /** The reader does not look again. */
    @State
    public static class WithoutSecondLook {
        final SlotTrial trial = SlotTrial.withoutSecondLook();
    }

    /** The writer does not say that it is writing. */
    @State
    public static class WithoutOddStamp {
        final SlotTrial trial = SlotTrial.withoutOddStamp();
    }

    /** The newest. */
    @JCStressTest
    @Description("read || write, write")
    @Outcome(id = {"2, 2, 2", "3, 3, 3", "4, 4, 4", "0, 0, 0"}, expect = ACCEPTABLE, desc = "whole, or none")
    @Outcome(expect = FORBIDDEN, desc = "torn")
    public static class Newest {
        @Actor
        public void write(Ordered slot) {
            slot.trial.writeTwice();
        }

        @Actor
        public void read(Ordered slot, JJJ_Result result) {
            slot.trial.read(result);
        }
    }

    /** A certain one. */
    @JCStressTest
    @Description("readExactly(2) || write, write")
    @Outcome(id = {"2, 2, 2", "0, 0, 0"}, expect = ACCEPTABLE, desc = "whole, or none")
    @Outcome(expect = FORBIDDEN, desc = "torn, or another")
    public static class Exactly {
        @Actor
        public void write(Ordered slot) {
            slot.trial.writeTwice();
        }

        @Actor
        public void read(Ordered slot, JJJ_Result result) {
            slot.trial.readExactly(result);
        }
    }

    /** Control. */
    @JCStressTest
    @Description("read || write, write, where the even stamp overtakes the value")
    @Outcome(id = {"2, 2, 2", "3, 3, 3", "4, 4, 4", "0, 0, 0"}, expect = ACCEPTABLE, desc = "whole, or none")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "torn")
    public static class ReadStampOvertakes {
        @Actor
        public void write(StampOvertakes slot) {
            slot.trial.writeTwice();
        }

        @Actor
        public void read(StampOvertakes slot, JJJ_Result result) {
            slot.trial.read(result);
        }
    }

    /** Control. */
    @JCStressTest
    @Description("read without a second look || write, write")
    @Outcome(id = {"2, 2, 2", "3, 3, 3", "4, 4, 4", "0, 0, 0"}, expect = ACCEPTABLE, desc = "whole, or none")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "torn")
    public static class ReadWithoutSecondLook {
        @Actor
        public void write(WithoutSecondLook slot) {
            slot.trial.writeTwice();
        }

        @Actor
        public void read(WithoutSecondLook slot, JJJ_Result result) {
            slot.trial.read(result);
        }
    }

    /** Control. */
    @JCStressTest
    @Description("read || write, write without the odd stamp")
    @Outcome(id = {"2, 2, 2", "3, 3, 3", "4, 4, 4", "0, 0, 0"}, expect = ACCEPTABLE, desc = "whole, or none")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "torn")
    public static class ReadWithoutOddStamp {
        @Actor
        public void write(WithoutOddStamp slot) {
            slot.trial.writeTwice();
        }

        @Actor
        public void read(WithoutOddStamp slot, JJJ_Result result) {
            slot.trial.read(result);
        }
    }

    /** Control; the compiler may exchange what is ordered by nothing, and a processor other than x86. */
    @JCStressTest
    @Description("read || write, write, all plain, without fences")
    @Outcome(id = {"2, 2, 2", "3, 3, 3", "4, 4, 4", "0, 0, 0"}, expect = ACCEPTABLE, desc = "whole, or none")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "torn")
    public static class ReadUnordered {
        @Actor
        public void write(Unordered slot) {
            slot.trial.writeTwice();
        }

        @Actor
        public void read(Unordered slot, JJJ_Result result) {
            slot.trial.read(result);
        }
    }
}
