package dev.slipring.ring.interleaving;

import dev.slipring.core.Area;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.weak.OvertakingMemory;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A ring with the end of the lap one message ahead, then padding, then headers of the last lap; it is never full in a run. Its consumer
 * takes many at a time. (A poll of many in a ring that fills up is not one moment: between its last look and giving the space back, an
 * offer can succeed and the next one find no room, in no order of whole operations.)
 */
@SuppressWarnings("this-escape") // to nobody who would call a subclass
public class WrappingRing extends SpscRun {
    static final int CAPACITY = 256;
    private static final int READ = 9;
    private static final int LIMIT = 2;

    /** As it is. */
    public WrappingRing() {
        this(areas -> areas);
    }

    WrappingRing(UnaryOperator<MemorySeam> ofProducer) {
        super(SpscLincheckIT.sides(CAPACITY), CAPACITY, ofProducer, areas -> areas);
        for (int i = 1; i <= READ; i++) {
            offerFirst(-i, LONG);
            skipFirst();
        }
    }

    /** The first two messages, or one, or none. */
    @Operation(nonParallelGroup = "consumer")
    public List<String> poll() {
        return pollUpTo(LIMIT);
    }

    /** What it must look like. */
    public static final class Specification extends SpscSpecification {
        /** In the same state. */
        public Specification() {
            super(CAPACITY);
            for (int i = 1; i <= READ; i++) {
                add(-i, LONG);
                pollUpTo(1);
            }
        }

        /** See {@link WrappingRing#poll}. */
        public List<String> poll() {
            return pollUpTo(LIMIT);
        }
    }

    /** Control: the publishing header is seen before the payload, the other headers of a batch, and the zero behind them. */
    public static final class HeaderOvertakes extends WrappingRing {
        /** Broken. */
        public HeaderOvertakes() {
            super(areas -> (area, mapped) -> {
                var memory = areas.wrap(area, mapped);
                return area == Area.DATA ? new OvertakingMemory(memory) : memory;
            });
        }
    }
}
