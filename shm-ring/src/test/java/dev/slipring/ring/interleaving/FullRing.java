package dev.slipring.ring.interleaving;

import dev.slipring.core.MemorySeam;
import dev.slipring.ring.EarlyHead;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A ring in its second lap, full for the next message, whose consumer takes one at a time, so that every operation counts as one moment:
 * FULL is said only when there was no room, and room is given back with the message. The next message goes where the first waiting one
 * lies.
 */
@SuppressWarnings("this-escape") // to nobody who would call a subclass
public class FullRing extends SpscRun {
    static final int CAPACITY = 128;
    private static final int SHORT_STRIDE = 16;
    private static final int READ = 2;
    private static final int WAITING = 7;

    /** As it is. */
    public FullRing() {
        this(areas -> areas, areas -> areas);
    }

    FullRing(UnaryOperator<MemorySeam> ofProducer, UnaryOperator<MemorySeam> ofConsumer) {
        super(SpscLincheckIT.sides(CAPACITY), CAPACITY, ofProducer, ofConsumer);
        for (int i = 1; i <= READ; i++) {
            offerFirst(-i, SHORT);
            skipFirst();
        }
        for (int i = 1; i <= WAITING; i++) {
            offerFirst(-READ - i, SHORT);
        }
    }

    /** The first message, if there is one. */
    @Operation(nonParallelGroup = "consumer")
    public List<String> poll() {
        return pollUpTo(1);
    }

    /** What it must look like. */
    public static final class Specification extends SpscSpecification {
        /** In the same state. */
        public Specification() {
            super(CAPACITY);
            for (int i = 1; i <= READ; i++) {
                add(-i, SHORT);
                pollUpTo(1);
            }
            for (int i = 1; i <= WAITING; i++) {
                add(-READ - i, SHORT);
            }
        }

        /** See {@link FullRing#poll}. */
        public List<String> poll() {
            return pollUpTo(1);
        }
    }

    /** Control: the consumer gives space back before it has read the message. */
    public static final class HeadOvertakes extends FullRing {
        /** Broken. */
        public HeadOvertakes() {
            super(areas -> areas, areas -> new EarlyHead(areas, SHORT_STRIDE));
        }
    }
}
