package dev.slipring.ring.interleaving;

import dev.slipring.core.MemorySeam;
import dev.slipring.ring.MpscMistakes;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * An empty ring with the end of the lap one granule ahead, half of what is claimed, so that there will be padding; it is never full in a
 * run. The next poll that finds something gives space back. The consumer takes many at a time, and claims come to any end.
 */
@SuppressWarnings("this-escape") // to nobody who would call a subclass
public class WrappingMpscRing extends MpscRun {
    private static final int READ = 31;
    private static final int LIMIT = 2;

    /** As it is. */
    public WrappingMpscRing() {
        this(areas -> areas);
    }

    WrappingMpscRing(UnaryOperator<MemorySeam> ofProducers) {
        super(false, ofProducers);
        for (int i = 1; i <= READ; i++) {
            sendSecond(-i);
            skip();
        }
    }

    /** The first two messages, or one, or none. */
    @Operation(nonParallelGroup = "consumer")
    public List<String> poll() {
        return pollUpTo(LIMIT);
    }

    /** What it must look like. */
    public static final class Specification extends MpscSpecification {
        /** In the same state. */
        public Specification() {
            super(false, READ, 0);
        }

        /** See {@link WrappingMpscRing#poll}. */
        public List<String> poll() {
            return pollUpTo(LIMIT);
        }
    }

    /** Control: a producer that stands still before its claim takes the empty word of the next lap for its own. */
    public static final class SameEmptyWordInEveryLap extends WrappingMpscRing {
        /** Broken. */
        public SameEmptyWordInEveryLap() {
            super(MpscMistakes::anyLap);
        }
    }

    /** Control: a claim is a look and a store. */
    public static final class LookAndStore extends WrappingMpscRing {
        /** Broken. */
        public LookAndStore() {
            super(MpscMistakes::lookAndStore);
        }
    }
}
