package dev.slipring.ring.interleaving;

import dev.slipring.core.Area;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.HeapMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.ticking.Clock;
import dev.slipring.core.ticking.TickingMemory;
import dev.slipring.core.weak.OvertakingMemory;
import dev.slipring.ring.Claim;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingProducer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Two producers and the consumer of a ring of eight records, nearly full and near its end, and what Lincheck may do with them. A message
 * is its producer's next number, written twice with a tick in between.
 *
 * <p>This ring is no linearizable queue, and does not want to be: a message stands behind the claim before it until that is ended. So what
 * each operation says is not compared with a sequential queue; but at the end of each run everything that was sent, and nothing else, has
 * come once, whole, and in its producer's order.
 */
@SuppressWarnings("this-escape") // to nobody who would call a subclass
public class MpscRun {
    static final int CAPACITY = 1024;
    static final int PRODUCERS = 2;

    /** Eight of these fill the ring. */
    private static final int LENGTH = 100;
    private static final int READ = 4;
    private static final int WAITING = 5;
    private static final long PER_PRODUCER = 1000;
    private static final int ALL = 100;
    private static final AtomicLong COUNT = new AtomicLong();

    private final Clock clock = new Clock();
    private final List<RingProducer> producers = new ArrayList<>();
    private final RingConsumer consumer;
    private final Claim[] claims = {new Claim(), new Claim()};
    /** By producer. */
    private final long[] sent = new long[PRODUCERS];
    private final List<String> delivered = new ArrayList<>();

    /** As it is. */
    public MpscRun() {
        this(areas -> areas);
    }

    MpscRun(UnaryOperator<MemorySeam> ofProducers) {
        COUNT.incrementAndGet();
        Map<Area, Memory> areas = new EnumMap<>(Area.class);
        MemorySeam plain = (area, mapped) -> areas.computeIfAbsent(area, each -> HeapMemory.ofCapacity(CAPACITY));
        MemorySeam ticking = (area, mapped) -> new TickingMemory(plain.wrap(area, mapped), clock);
        var sides = MpscLincheckIT.sides();
        sides.prepare(plain);
        fill(sides.producer(0, plain), sides.consumer(plain));
        for (int each = 0; each < PRODUCERS; each++) {
            producers.add(sides.producer(each, ofProducers.apply(ticking)));
        }
        consumer = sides.consumer(ticking);
    }

    private void fill(RingProducer producer, RingConsumer first) {
        for (int i = 0; i < READ + WAITING; i++) {
            offer(0, producer);
            if (i < READ) {
                poll(first, 1);
            }
        }
    }

    /** How many were made so far. */
    static long count() {
        return COUNT.get();
    }

    /** Of the first producer. */
    @Operation(nonParallelGroup = "first")
    public void offer() {
        offer(0, producers.get(0));
    }

    /** Of the first producer. */
    @Operation(nonParallelGroup = "first")
    public void claimAndCommitLess() {
        claim(0, 120, true);
    }

    /** Of the second producer. */
    @Operation(nonParallelGroup = "second")
    public void otherOffers() {
        offer(1, producers.get(1));
    }

    /** Of the second producer. */
    @Operation(nonParallelGroup = "second")
    public void otherClaimsAndAborts() {
        claim(1, LENGTH, false);
    }

    /** Of the second producer. */
    @Operation(nonParallelGroup = "second")
    public void otherClaimsAndCommits() {
        claim(1, LENGTH, true);
    }

    /** What is there. */
    @Operation(nonParallelGroup = "consumer")
    public void poll() {
        poll(consumer, ALL);
    }

    /** After the run: nobody lives in a claim, so one poll takes all there is. */
    @Validate
    public void everythingCameOnce() {
        poll(consumer, ALL);
        for (int producer = 0; producer < PRODUCERS; producer++) {
            var expected = new ArrayList<String>();
            for (long each = 0; each < sent[producer]; each++) {
                expected.add(Long.toString(producer * PER_PRODUCER + each));
            }
            var came = new ArrayList<String>();
            for (String each : delivered) {
                if (each.contains("/") || Long.parseLong(each) / PER_PRODUCER == producer) {
                    came.add(each);
                }
            }
            if (!came.equals(expected)) {
                throw new IllegalStateException("of producer " + producer + " were sent " + expected + ", came " + came);
            }
        }
    }

    private void offer(int producer, RingProducer ring) {
        var message = new UnsafeBuffer(new byte[LENGTH]);
        message.putLong(0, next(producer));
        message.putLong(Long.BYTES, next(producer));
        if (ring.offer(1, message, 0, LENGTH) > 0) {
            sent[producer]++;
        }
    }

    private void claim(int producer, int length, boolean commit) {
        var claim = claims[producer];
        if (producers.get(producer).tryClaim(1, length, claim) < 0) {
            return;
        }
        clock.tick();
        claim.buffer().putLong(0, next(producer));
        clock.tick();
        claim.buffer().putLong(Long.BYTES, next(producer));
        if (commit) {
            claim.commit(LENGTH);
            sent[producer]++;
        } else {
            claim.abort();
        }
    }

    private long next(int producer) {
        return producer * PER_PRODUCER + sent[producer];
    }

    private void poll(RingConsumer from, int limit) {
        from.poll((type, buffer, offset, length) -> delivered.add(read(buffer, offset)), limit);
    }

    private String read(DirectBuffer buffer, int offset) {
        clock.tick();
        long value = buffer.getLong(offset);
        clock.tick();
        long again = buffer.getLong(offset + Long.BYTES);
        return value == again ? Long.toString(value) : value + "/" + again;
    }

    /** Control: a claim is a look and a store, not one step. */
    public static final class ClaimInTwoSteps extends MpscRun {
        /** Broken. */
        public ClaimInTwoSteps() {
            super(areas -> (area, mapped) -> new ForwardingMemory(areas.wrap(area, mapped)) {
                @Override
                public boolean compareAndSetLong(int offset, long expected, long value) {
                    if (getLongAcquire(offset) != expected) {
                        return false;
                    }
                    putLongRelease(offset, value);
                    return true;
                }
            });
        }
    }

    /** Control: the header is seen before the payload. */
    public static final class HeaderOvertakes extends MpscRun {
        /** Broken. */
        public HeaderOvertakes() {
            super(areas -> (area, mapped) -> {
                var memory = areas.wrap(area, mapped);
                return area == Area.DATA ? new OvertakingMemory(memory) : memory;
            });
        }
    }
}
