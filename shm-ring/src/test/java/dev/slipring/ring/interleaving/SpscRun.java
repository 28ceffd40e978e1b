package dev.slipring.ring.interleaving;

import dev.slipring.core.MemorySeam;
import dev.slipring.ring.Claim;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.RingSides;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** The two sides of an SPSC ring. */
public abstract class SpscRun extends RingRun {
    private final RingProducer producer;
    private final RingConsumer consumer;
    private final Claim claim = new Claim();

    SpscRun(RingSides sides, int capacity, UnaryOperator<MemorySeam> ofProducer, UnaryOperator<MemorySeam> ofConsumer) {
        super(capacity);
        producer = sides.producer(ofProducer.apply(this::wrap));
        consumer = sides.consumer(ofConsumer.apply(this::wrap));
    }

    /** Before the run. */
    final void offerFirst(long value, int length) {
        offerTo(producer, value, length);
    }

    /** Before the run. */
    final void skipFirst() {
        skipFirst(consumer);
    }

    /** True unless the ring was full. */
    @Operation(nonParallelGroup = "producer")
    public boolean offer(@Param(gen = IntGen.class, conf = NUMBERS) int value) {
        return producer.offer(1, message(value, LONG), 0, LONG) > 0;
    }

    /** True unless the ring was full. */
    @Operation(nonParallelGroup = "producer")
    public boolean claimAndCommit(@Param(gen = IntGen.class, conf = NUMBERS) int value) {
        if (producer.tryClaim(1, LONG, claim) < 0) {
            return false;
        }
        write(claim.buffer(), value);
        claim.commit();
        return true;
    }

    /** True unless the ring was full. */
    @Operation(nonParallelGroup = "producer")
    public boolean claimAndAbort(@Param(gen = IntGen.class, conf = NUMBERS) int value) {
        if (producer.tryClaim(1, LONG, claim) < 0) {
            return false;
        }
        write(claim.buffer(), value);
        claim.abort();
        return true;
    }

    /** True unless the ring was full for one of them: then neither is sent. */
    @Operation(nonParallelGroup = "producer")
    public boolean offerBoth(@Param(gen = IntGen.class, conf = NUMBERS) int first,
            @Param(gen = IntGen.class, conf = NUMBERS) int second) {
        try (var batch = producer.batch()) {
            if (batch.offer(1, message(first, LONG), 0, LONG) < 0 || batch.offer(1, message(second, LONG), 0, LONG) < 0) {
                return false;
            }
            batch.publish();
            return true;
        }
    }

    final List<String> pollUpTo(int limit) {
        return pollUpTo(consumer, limit);
    }
}
