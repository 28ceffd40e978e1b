package dev.slipring.ring.interleaving;

import dev.slipring.core.Area;
import dev.slipring.core.HeapMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.ticking.Clock;
import dev.slipring.core.ticking.TickingMemory;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingProducer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The sides of a ring and what Lincheck may do with them; one side's operations never run beside each other. A message is a number,
 * written once or, with a tick in between, twice: at its start and at its end.
 */
abstract class RingRun {
    static final int SHORT = Long.BYTES;
    static final int LONG = 2 * Long.BYTES;
    static final String NUMBERS = "1:999";

    private static final AtomicLong COUNT = new AtomicLong();

    private final Clock clock = new Clock();
    private final Map<Area, Memory> areas = new EnumMap<>(Area.class);
    private final int capacity;

    RingRun(int capacity) {
        COUNT.incrementAndGet();
        this.capacity = capacity;
    }

    /** How many were made so far. */
    static long count() {
        return COUNT.get();
    }

    /** The memories of this run. */
    final Memory wrap(Area area, @SuppressWarnings("unused") Memory mapped) {
        return areas.computeIfAbsent(area, each -> new TickingMemory(HeapMemory.ofCapacity(capacity), clock));
    }

    /** Before the run. */
    static void offerTo(RingProducer producer, long value, int length) {
        if (producer.offer(1, message(value, length), 0, length) < 0) {
            throw new AssertionError("no room while the ring is being filled");
        }
    }

    /** Before the run. */
    static void skipFirst(RingConsumer consumer) {
        consumer.poll((type, buffer, offset, length) -> { }, 1);
    }

    /** What is there, as text: half a message is none that was ever sent. */
    final List<String> pollUpTo(RingConsumer consumer, int limit) {
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
        long again = buffer.getLong(offset + length - Long.BYTES);
        return value == again ? Long.toString(value) : value + "/" + again;
    }

    /** In place. */
    final void write(MutableDirectBuffer room, long value) {
        clock.tick();
        room.putLong(0, value);
        clock.tick();
        room.putLong(Long.BYTES, value);
        room.putLong(room.capacity() - Long.BYTES, value);
    }

    static UnsafeBuffer message(long value, int length) {
        var message = new UnsafeBuffer(new byte[length]);
        message.putLong(0, value);
        message.putLong(length - Long.BYTES, value);
        return message;
    }
}
