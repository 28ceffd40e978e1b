package dev.slipring.ring.interleaving;

import dev.slipring.core.Area;
import dev.slipring.core.HeapMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.ticking.Clock;
import dev.slipring.core.ticking.TickingMemory;
import dev.slipring.ring.Claim;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.RingSides;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * A ring's two sides and what Lincheck may do with them; one side's operations never run beside each other. A message is a number,
 * written once or, with a tick in between, twice.
 */
public abstract class SpscRun {
    static final int SHORT = Long.BYTES;
    static final int LONG = 2 * Long.BYTES;

    private static final String NUMBERS = "1:999";

    private static final AtomicLong COUNT = new AtomicLong();

    private final Clock clock = new Clock();
    private final RingProducer producer;
    private final RingConsumer consumer;
    private final Claim claim = new Claim();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LONG]);

    SpscRun(RingSides sides, int capacity, UnaryOperator<MemorySeam> ofProducer, UnaryOperator<MemorySeam> ofConsumer) {
        COUNT.incrementAndGet();
        Map<Area, Memory> areas = new EnumMap<>(Area.class);
        MemorySeam ticking = (area, mapped) ->
            areas.computeIfAbsent(area, each -> new TickingMemory(HeapMemory.ofCapacity(capacity), clock));
        producer = sides.producer(ofProducer.apply(ticking));
        consumer = sides.consumer(ofConsumer.apply(ticking));
    }

    /** How many were made so far. */
    static long count() {
        return COUNT.get();
    }

    /** Before the run. */
    final void offerFirst(long value, int length) {
        if (producer.offer(1, message(value), 0, length) < 0) {
            throw new AssertionError("no room while the ring is being filled");
        }
    }

    /** Before the run. */
    final void skipFirst() {
        consumer.poll((type, buffer, offset, length) -> { }, 1);
    }

    /** True unless the ring was full. */
    @Operation(nonParallelGroup = "producer")
    public boolean offer(@Param(gen = IntGen.class, conf = NUMBERS) int value) {
        return producer.offer(1, message(value), 0, LONG) > 0;
    }

    /** True unless the ring was full. */
    @Operation(nonParallelGroup = "producer")
    public boolean claimAndCommit(@Param(gen = IntGen.class, conf = NUMBERS) int value) {
        if (producer.tryClaim(1, LONG, claim) < 0) {
            return false;
        }
        write(value);
        claim.commit();
        return true;
    }

    /** True unless the ring was full. */
    @Operation(nonParallelGroup = "producer")
    public boolean claimAndAbort(@Param(gen = IntGen.class, conf = NUMBERS) int value) {
        if (producer.tryClaim(1, LONG, claim) < 0) {
            return false;
        }
        write(value);
        claim.abort();
        return true;
    }

    /** True unless the ring was full for one of them: then neither is sent. */
    @Operation(nonParallelGroup = "producer")
    public boolean offerBoth(@Param(gen = IntGen.class, conf = NUMBERS) int first,
            @Param(gen = IntGen.class, conf = NUMBERS) int second) {
        try (var batch = producer.batch()) {
            if (batch.offer(1, message(first), 0, LONG) < 0 || batch.offer(1, message(second), 0, LONG) < 0) {
                return false;
            }
            batch.publish();
            return true;
        }
    }

    /** What is there, as text: half a message is none that was ever sent. */
    final List<String> pollUpTo(int limit) {
        var polled = new ArrayList<String>();
        consumer.poll((type, buffer, offset, length) -> polled.add(read(buffer, offset, length)), limit);
        return polled;
    }

    private String read(DirectBuffer buffer, int offset, int length) {
        clock.tick();
        long value = buffer.getLong(offset);
        if (length == SHORT) {
            return Long.toString(value);
        }
        clock.tick();
        long again = buffer.getLong(offset + Long.BYTES);
        return value == again ? Long.toString(value) : value + "/" + again;
    }

    private void write(long value) {
        clock.tick();
        claim.buffer().putLong(0, value);
        clock.tick();
        claim.buffer().putLong(Long.BYTES, value);
    }

    private UnsafeBuffer message(long value) {
        message.putLong(0, value);
        message.putLong(Long.BYTES, value);
        return message;
    }
}
