package dev.slipring.ring.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.slipring.core.Memory;
import dev.slipring.core.stress.TrialMemory;
import dev.slipring.core.weak.UnorderedMemory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What the production memory promises of two words, X and Y, and what two threads see when nothing is promised. */
public final class SeamOrder {
    private static final int X = 0;
    private static final int Y = 128;
    private static final TrialMemory MEMORY = new TrialMemory(Y);

    private SeamOrder() {
    }

    /** The production memory, zeroed. */
    @State
    public static class Ordered {
        final Memory memory = MEMORY.memory();
    }

    /** The same, without any order. */
    @State
    public static class Unordered {
        final Memory memory = new UnorderedMemory(MEMORY.memory());
    }

    private static void release(Memory memory) {
        memory.putLong(X, 1);
        memory.putLongRelease(Y, 1);
    }

    private static void acquire(Memory memory, JJ_Result result) {
        result.r1 = memory.getLongAcquire(Y);
        result.r2 = memory.getLong(X);
    }

    private static void storeInOrder(Memory memory) {
        memory.putLong(X, 1);
        memory.storeStoreFence();
        memory.putLongOpaque(Y, 1);
    }

    private static void loadInOrder(Memory memory, JJ_Result result) {
        result.r1 = memory.getLongOpaque(Y);
        memory.loadLoadFence();
        result.r2 = memory.getLong(X);
    }

    private static long raiseMineAndLookAtYours(Memory memory, int mine, int yours) {
        memory.putLong(mine, 1);
        memory.fullFence();
        return memory.getLong(yours);
    }

    /** Release and acquire. */
    @JCStressTest
    @Description("X = 1, release Y = 1 || acquire Y, X")
    @Outcome(id = {"0, 0", "0, 1", "1, 1"}, expect = ACCEPTABLE, desc = "in order")
    @Outcome(expect = FORBIDDEN, desc = "Y without X")
    public static class MessagePassing {
        @Actor
        public void send(Ordered state) {
            release(state.memory);
        }

        @Actor
        public void receive(Ordered state, JJ_Result result) {
            acquire(state.memory, result);
        }
    }

    /** Control; the compiler may exchange the loads, and a processor other than x86 the loads or the stores. */
    @JCStressTest
    @Description("X = 1, Y = 1 || Y, X, all plain")
    @Outcome(id = {"0, 0", "0, 1", "1, 1"}, expect = ACCEPTABLE, desc = "in order")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "Y without X")
    public static class MessagePassingUnordered {
        @Actor
        public void send(Unordered state) {
            release(state.memory);
        }

        @Actor
        public void receive(Unordered state, JJ_Result result) {
            acquire(state.memory, result);
        }
    }

    /** Fences instead of release and acquire. */
    @JCStressTest
    @Description("X = 1, storeStoreFence, opaque Y = 1 || opaque Y, loadLoadFence, X")
    @Outcome(id = {"0, 0", "0, 1", "1, 1"}, expect = ACCEPTABLE, desc = "in order")
    @Outcome(expect = FORBIDDEN, desc = "Y without X")
    public static class MessagePassingByFences {
        @Actor
        public void send(Ordered state) {
            storeInOrder(state.memory);
        }

        @Actor
        public void receive(Ordered state, JJ_Result result) {
            loadInOrder(state.memory, result);
        }
    }

    /** Dekker's question: of two who raise a flag and look at the other's, at least one sees it. */
    @JCStressTest
    @Description("X = 1, fullFence, Y || Y = 1, fullFence, X")
    @Outcome(id = {"0, 1", "1, 0", "1, 1"}, expect = ACCEPTABLE, desc = "one sees the other")
    @Outcome(expect = FORBIDDEN, desc = "both missed the other")
    public static class Dekker {
        @Actor
        public void one(Ordered state, JJ_Result result) {
            result.r1 = raiseMineAndLookAtYours(state.memory, X, Y);
        }

        @Actor
        public void other(Ordered state, JJ_Result result) {
            result.r2 = raiseMineAndLookAtYours(state.memory, Y, X);
        }
    }

    /** The same, with the fences of a sleeper and a waker. */
    @JCStressTest
    @Description("X = 1, lightFence, Y || Y = 1, heavyFence, X")
    @Outcome(id = {"0, 1", "1, 0", "1, 1"}, expect = ACCEPTABLE, desc = "one sees the other")
    @Outcome(expect = FORBIDDEN, desc = "both missed the other")
    public static class DekkerByUnequalFences {
        @Actor
        public void waker(Ordered state, JJ_Result result) {
            state.memory.putLongRelease(X, 1);
            state.memory.lightFence();
            result.r1 = state.memory.getLongAcquire(Y);
        }

        @Actor
        public void sleeper(Ordered state, JJ_Result result) {
            state.memory.putLong(Y, 1);
            state.memory.heavyFence();
            result.r2 = state.memory.getLongAcquire(X);
        }
    }

    /** Control: two light fences do not make a heavy one. */
    @JCStressTest
    @Description("X = 1, lightFence, Y || Y = 1, lightFence, X")
    @Outcome(id = {"0, 1", "1, 0", "1, 1"}, expect = ACCEPTABLE, desc = "one sees the other")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "both missed the other")
    public static class DekkerByLightFences {
        @Actor
        public void one(Ordered state, JJ_Result result) {
            state.memory.putLongRelease(X, 1);
            state.memory.lightFence();
            result.r1 = state.memory.getLongAcquire(Y);
        }

        @Actor
        public void other(Ordered state, JJ_Result result) {
            state.memory.putLongRelease(Y, 1);
            state.memory.lightFence();
            result.r2 = state.memory.getLongAcquire(X);
        }
    }

    /** Control; every processor of today shows it. */
    @JCStressTest
    @Description("X = 1, Y || Y = 1, X, all plain")
    @Outcome(id = {"0, 1", "1, 0", "1, 1"}, expect = ACCEPTABLE, desc = "one sees the other")
    @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "both missed the other")
    public static class DekkerUnordered {
        @Actor
        public void one(Unordered state, JJ_Result result) {
            result.r1 = raiseMineAndLookAtYours(state.memory, X, Y);
        }

        @Actor
        public void other(Unordered state, JJ_Result result) {
            result.r2 = raiseMineAndLookAtYours(state.memory, Y, X);
        }
    }

    /** One winner. */
    @JCStressTest
    @Description("CAS(X, 0, 1) || CAS(X, 0, 2)")
    @Outcome(id = {"true, false", "false, true"}, expect = ACCEPTABLE, desc = "one won")
    @Outcome(expect = FORBIDDEN, desc = "both won, or nobody")
    public static class CompareAndSet {
        @Actor
        public void one(Ordered state, ZZ_Result result) {
            result.r1 = state.memory.compareAndSetLong(X, 0, 1);
        }

        @Actor
        public void other(Ordered state, ZZ_Result result) {
            result.r2 = state.memory.compareAndSetLong(X, 0, 2);
        }
    }
}
