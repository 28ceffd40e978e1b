package dev.slipring.ring.interleaving;

import dev.slipring.core.MemorySeam;
import dev.slipring.ring.MpscMistakes;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * A ring in its second lap, full until the next poll gives back the room of two claims. Of these, the second covers the place where the
 * first producer begins to look for the end. The consumer takes one message at a time, and nothing is aborted, so that every operation
 * counts as one moment: FULL is said only when there was no room, and room is given back with the message.
 */
@SuppressWarnings("this-escape") // to nobody who would call a subclass
public class FullMpscRing extends MpscRun {
    private static final int READ = 15;
    private static final int WAITING = 13;

    /** As it is. */
    public FullMpscRing() {
        this(areas -> areas);
    }

    FullMpscRing(UnaryOperator<MemorySeam> ofProducers) {
        super(true, ofProducers);
        for (int i = 1; i < READ; i++) {
            sendSecond(-i);
            skip();
        }
        sendFirst(-READ);
        skip();
        for (int i = READ + 1; i <= READ + WAITING; i++) {
            sendSecond(-i);
        }
    }

    /** The first message, if there is one. */
    @Operation(nonParallelGroup = "consumer")
    public List<String> poll() {
        return pollUpTo(1);
    }

    /** What it must look like. */
    public static final class Specification extends MpscSpecification {
        /** In the same state. */
        public Specification() {
            super(true, READ, WAITING);
        }

        /** See {@link FullMpscRing#poll}. */
        public List<String> poll() {
            return pollUpTo(1);
        }
    }

    /** Control: a producer looks at what was consumed, then at the word, and may take a payload of the next lap for a header. */
    public static final class ConsumedBeforeWord extends FullMpscRing {
        /** Broken. */
        public ConsumedBeforeWord() {
            super(MpscMistakes::consumedBeforeWord);
        }
    }
}
