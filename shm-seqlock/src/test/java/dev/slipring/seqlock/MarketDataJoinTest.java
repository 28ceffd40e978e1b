package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.Seed;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a late joiner gets a book: the newest whole book from a slot, with the sequence of the first change that it does not contain, and
 * the changes from there on from a ring.
 */
class MarketDataJoinTest {
    private static final int LEVELS = 8;
    private static final int JOINS = 20;
    private static final int CHANGES_BETWEEN_BOOKS = 10;

    @TempDir
    private Path directory;
    private Attachment attachment;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    @BeforeEach
    void create() {
        var there = new RegionDirectory(directory);
        SpscRing.create(there, "changes", RingOptions.ofCapacity(1 << 14));
        SeqlockSlot.create(there, "book", SlotOptions.ofPayload(LEVELS * Long.BYTES));
        attachment = Attachment.standard().in(there);
    }

    @Test
    void whoJoinsLateHasTheSameBookAsWhoWasThereFromTheBeginning() throws InterruptedException {
        var seeds = Seed.random("whoJoinsLateHasTheSameBookAsWhoWasThereFromTheBeginning");
        var expected = new long[LEVELS];
        var publisher = Thread.ofPlatform().uncaughtExceptionHandler((thread, e) -> failure.set(e)).start(() ->
            publish(seeds.split(), expected));
        try (var slot = SeqlockSlot.reader("book", attachment)) {
            var found = new long[LEVELS];
            for (int join = 0; join < JOINS; join++) {
                try (var changes = SpscRing.consumer("changes", attachment, ConsumerOptions.STANDARD)) {
                    join(slot, changes, found, join == JOINS - 1 ? Long.MAX_VALUE : changes.sequence() + 500);
                }
            }
            publisher.join();
            assertThat(failure.get()).isNull();
            assertThat(found).isEqualTo(expected);
        } finally {
            done.set(true);
            publisher.join();
        }
    }

    /** Changes a book, puts each change into the ring and now and then the whole book into the slot. */
    private void publish(SplittableRandom random, long[] book) {
        var change = new UnsafeBuffer(new byte[2 * Long.BYTES]);
        var whole = new UnsafeBuffer(new byte[LEVELS * Long.BYTES]);
        try (var changes = SpscRing.producer("changes", attachment); var slot = SeqlockSlot.writer("book", attachment)) {
            while (!done.get()) {
                int level = random.nextInt(LEVELS);
                change.putLong(0, level);
                change.putLong(Long.BYTES, random.nextLong(1000) - 500);
                while (changes.offer(1, change, 0, change.capacity()) < 0) {
                    if (done.get()) {
                        return;
                    }
                    Thread.onSpinWait();
                }
                book[level] += change.getLong(Long.BYTES);
                if (changes.sequence() % CHANGES_BETWEEN_BOOKS == 0) {
                    for (int i = 0; i < LEVELS; i++) {
                        whole.putLong(i * Long.BYTES, book[i]);
                    }
                    slot.write(whole, 0, whole.capacity(), 0, 0, changes.sequence());
                }
            }
        }
    }

    /** Takes a book that is not older than the first change still to come, and applies the changes that it does not contain. */
    private void join(SlotReader slot, RingConsumer changes, long[] book, long until) {
        Await.until("there is a book not older than the next change", () ->
            slot.read().isDelivered() && slot.value().ringSequence() >= changes.sequence());
        if (until == Long.MAX_VALUE) {
            done.set(true);
        }
        long first = slot.value().ringSequence();
        for (int i = 0; i < LEVELS; i++) {
            book[i] = slot.value().payload().getLong(i * Long.BYTES);
        }
        int polled;
        do {
            polled = changes.poll((type, buffer, offset, length) -> {
                if (changes.sequence() >= first) {
                    book[(int) buffer.getLong(offset)] += buffer.getLong(offset + Long.BYTES);
                }
            }, 100);
            if (slot.read().isDelivered() && slot.value().ringSequence() == changes.sequence() && changes.sequence() >= first) {
                requireSame(slot, book);
            }
        } while (polled != RingConsumer.CLOSED && changes.sequence() < until);
    }

    private static void requireSame(SlotReader slot, long[] book) {
        var whole = new long[LEVELS];
        Arrays.setAll(whole, i -> slot.value().payload().getLong(i * Long.BYTES));
        assertThat(book).as("the book up to change " + slot.value().ringSequence()).isEqualTo(whole);
    }
}
