package dev.slipring.ring.interleaving;

import dev.slipring.core.MemorySeam;
import dev.slipring.ring.Claim;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingProducer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * Two producers and the consumer of an MPSC ring. Claim and commit are operations of their own, as an offer is not one moment: its place is
 * taken when it claims, and until it commits it holds up what others committed behind it. Which of the ends a claim comes to follows from
 * its number.
 */
public abstract class MpscRun extends RingRun {
    /** Two granules. */
    static final int WIDE = 120;

    private final Sender first;
    private final Sender second;
    private final RingConsumer consumer;

    /** How a claim ends. */
    enum End {
        COMMITTED, COMMITTED_IN_PART, ABORTED;

        static End of(int value, boolean always) {
            return always ? COMMITTED : values()[value % values().length];
        }
    }

    private final class Sender {
        private final RingProducer producer;
        private final boolean alwaysCommits;
        private final Claim claim = new Claim();
        private End end = End.COMMITTED;
        private boolean claimed;

        Sender(RingProducer producer, boolean alwaysCommits) {
            this.producer = producer;
            this.alwaysCommits = alwaysCommits;
        }

        String goOn(int value) {
            return claimed ? finish() : claim(value);
        }

        private String claim(int value) {
            if (producer.tryClaim(1, WIDE, claim) < 0) {
                return MpscSpecification.FULL;
            }
            write(claim.buffer(), value);
            end = End.of(value, alwaysCommits);
            claimed = true;
            return MpscSpecification.CLAIMED;
        }

        private String finish() {
            if (end == End.ABORTED) {
                claim.abort();
            } else {
                claim.commit(end == End.COMMITTED ? WIDE : LONG);
            }
            claimed = false;
            return end.name();
        }
    }

    MpscRun(boolean alwaysCommits, UnaryOperator<MemorySeam> ofProducers) {
        super(MpscLincheckIT.CAPACITY);
        var sides = MpscLincheckIT.sides();
        sides.prepare(this::wrap);
        first = new Sender(sides.producer(0, ofProducers.apply(this::wrap)), alwaysCommits);
        second = new Sender(sides.producer(1, ofProducers.apply(this::wrap)), alwaysCommits);
        consumer = sides.consumer(this::wrap);
    }

    /** Before the run: a message of one granule, behind which that producer will look for the end. */
    final void sendFirst(long value) {
        offerTo(first.producer, value, LONG);
    }

    /** The same, by the other one. */
    final void sendSecond(long value) {
        offerTo(second.producer, value, LONG);
    }

    /** Before the run. */
    final void skip() {
        skipFirst(consumer);
    }

    /** The first producer claims, or ends its claim. */
    @Operation(nonParallelGroup = "first")
    public String first(@Param(gen = IntGen.class, conf = NUMBERS) int value) {
        return first.goOn(value);
    }

    /** The second producer claims, or ends its claim. */
    @Operation(nonParallelGroup = "second")
    public String second(@Param(gen = IntGen.class, conf = NUMBERS) int value) {
        return second.goOn(value);
    }

    final List<String> pollUpTo(int limit) {
        return pollUpTo(consumer, limit);
    }
}
