package dev.slipring.perf;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A producer that is looked at. Told {@code produce KIND NANOSECONDS} it produces for that long, first as fast as it goes, in batches of
 * 64, then a message every 10 µs, and says what an offer took, in ns: median and 99th percentile of either; of a batch, an offer's share. A
 * ring with one consumer is consumed by the same thread, batch by batch, and that is not timed; so two processors are enough, one for this
 * and one for who looks.
 */
final class LookedAt {
    private static final int SIZE = 32;
    private static final int BATCH = 64;
    private static final int CAPACITY = 1 << 20;
    private static final long PACE_NS = 10_000;
    private static final long LONGEST_NS = 1_000_000_000;
    private static final MessageHandler NOTHING = (type, buffer, offset, length) -> { };

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[SIZE]);
    private final RingProducer producer;
    private final @Nullable RingConsumer consumer;
    private long sent;

    private LookedAt(RingProducer producer, @Nullable RingConsumer consumer) {
        this.producer = producer;
        this.consumer = consumer;
    }

    /** Started by {@link LookCost} with the regions' directory as its argument. */
    public static void main(String[] arguments) {
        var directory = new RegionDirectory(Path.of(arguments[0]));
        var here = Attachment.standard().in(directory);
        var options = RingOptions.ofCapacity(CAPACITY);
        SpscRing.create(directory, RegionKind.SPSC_RING.name(), options);
        BroadcastRing.create(directory, RegionKind.BROADCAST_RING.name(), options);
        Map<RegionKind, LookedAt> rings = new EnumMap<>(RegionKind.class);
        rings.put(RegionKind.SPSC_RING, new LookedAt(SpscRing.producer(RegionKind.SPSC_RING.name(), here),
            SpscRing.consumer(RegionKind.SPSC_RING.name(), here, ConsumerOptions.STANDARD)));
        rings.put(RegionKind.BROADCAST_RING, new LookedAt(BroadcastRing.producer(RegionKind.BROADCAST_RING.name(), here), null));
        Obedience.serve(directory.path(), (order, _) -> {
            var ring = Objects.requireNonNull(rings.get(RegionKind.valueOf(order[1])), order[1]);
            long forNs = Long.parseLong(order[2]);
            var figures = new ArrayList<String>();
            for (var taken : List.of(ring.flood(forNs), ring.paced(forNs))) {
                int offers = figures.isEmpty() ? BATCH : 1;
                figures.add(share(taken, 50, offers));
                figures.add(share(taken, 99, offers));
            }
            return String.join(" ", figures);
        });
    }

    private static String share(Histogram taken, double percentile, int offers) {
        return String.format(Locale.ROOT, "%.2f", (double) taken.getValueAtPercentile(percentile) / offers);
    }

    /** Of batches. */
    private Histogram flood(long forNs) {
        var taken = new Histogram(LONGEST_NS, 3);
        long begin = System.nanoTime();
        for (long now = begin; now - begin < forNs;) {
            now = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                offer();
            }
            taken.recordValue(Math.min(LONGEST_NS, System.nanoTime() - now));
            consume();
        }
        return taken;
    }

    private Histogram paced(long forNs) {
        var taken = new Histogram(LONGEST_NS, 3);
        long begin = System.nanoTime();
        for (long due = begin; due - begin < forNs; due += PACE_NS) {
            long now = System.nanoTime();
            while (now - due < 0) {
                Thread.onSpinWait();
                now = System.nanoTime();
            }
            offer();
            taken.recordValue(Math.min(LONGEST_NS, System.nanoTime() - now));
            consume();
        }
        return taken;
    }

    private void offer() {
        message.putLong(0, sent++);
        if (producer.offer(1, message, 0, SIZE) < 0) {
            throw new IllegalStateException("there is no room for message " + sent);
        }
    }

    private void consume() {
        if (consumer != null) {
            consumer.poll(NOTHING, BATCH);
        }
    }
}
