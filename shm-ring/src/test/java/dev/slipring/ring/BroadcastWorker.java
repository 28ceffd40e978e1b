package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A process at a broadcast ring. The producer sends, in bursts, until its input ends, and says {@code full} and {@code flowing} when
 * that changes; readers, each in a thread, and a subscriber check every word of every message until all is over, and say what they counted.
 * Says {@code attached}; what is wrong ends it with a stack trace.
 */
final class BroadcastWorker {
    private static final int BURST = 500;
    private static final int MAX_WORDS = 24;
    private static final int REFUSALS_TO_TELL = 5_000;
    private static final long SLOW_NS = 2_000_000;

    private final Attachment attachment;
    private final Tally tally;
    private volatile boolean asked;

    private BroadcastWorker(Path directory) {
        attachment = Attachment.standard().in(new RegionDirectory(directory)).as("broadcast worker");
        tally = new Tally(directory.resolve("tally.bin"));
        Thread.ofPlatform().daemon().start(() -> {
            RingWorker.awaitEndOfInput();
            asked = true;
        });
    }

    /** Arguments: producer, readers, victim, slow or subscriber; directory; seed of a producer, or number of readers. */
    public static void main(String[] arguments) throws InterruptedException {
        var worker = new BroadcastWorker(Path.of(arguments[1]));
        long number = Long.parseLong(arguments[2]);
        switch (arguments[0]) {
            case "producer" -> worker.produce(new SplittableRandom(number));
            case "readers" -> worker.readAll(number);
            case "victim" -> worker.read(BroadcastRing.reader("ring", worker.attachment, JoinAt.oldest()), false);
            case "slow" -> worker.read(BroadcastRing.reader("ring", worker.attachment, JoinAt.oldest()), true);
            case "subscriber" -> worker.read(BroadcastRing.subscriber("ring", worker.attachment, JoinAt.latest()), false);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static long word(long sequence, int index) {
        return (sequence * 64 + index) * 0x9e37_79b9_7f4a_7c15L;
    }

    private void produce(SplittableRandom random) {
        var bytes = new UnsafeBuffer(new byte[MAX_WORDS * Long.BYTES]);
        try (var producer = BroadcastRing.producer("ring", attachment)) {
            if (producer.sequence() < tally.sent()) {
                throw new AssertionError("sent " + tally.sent() + " by those before, the ring has " + producer.sequence());
            }
            System.out.println("attached");
            int refused = 0;
            while (!asked) {
                int words = 1 + random.nextInt(MAX_WORDS);
                for (int i = 0; i < words; i++) {
                    bytes.putLong(i * Long.BYTES, word(producer.sequence(), i));
                }
                if (producer.offer(1, bytes, 0, words * Long.BYTES) > 0) {
                    tally.sent(producer.sequence());
                    if (refused >= REFUSALS_TO_TELL) {
                        System.out.println("flowing");
                    }
                    refused = 0;
                    if (random.nextInt(BURST) == 0) {
                        LockSupport.parkNanos(1); // readers that never get the processor read nothing
                    }
                } else if (++refused == REFUSALS_TO_TELL) {
                    System.out.println("full");
                } else {
                    Thread.onSpinWait();
                }
            }
        }
        System.out.println("sent " + tally.sent());
    }

    private void readAll(long readers) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        var all = new AtomicLong();
        for (int i = 0; i < readers; i++) {
            var reader = BroadcastRing.reader("ring", attachment, JoinAt.oldest());
            threads.add(Thread.ofPlatform().start(() -> read(reader, false, delivered -> tally.delivered(all.addAndGet(delivered)))));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private void read(BroadcastReader reader, boolean slow) {
        read(reader, slow, delivered -> { });
    }

    /** @param progress is told of each few messages that were delivered */
    private void read(BroadcastReader reader, boolean slow, LongConsumer progress) {
        try (reader) {
            var counting = new Counting(reader);
            System.out.println("attached");
            int last = RingConsumer.EMPTY;
            while (last != RingConsumer.CLOSED || !asked) {
                int outcome = reader.poll(counting, 100);
                if (outcome > 0) {
                    progress.accept(outcome);
                }
                if (outcome == RingConsumer.PRODUCER_DEAD && last != outcome) {
                    System.out.println("producer dead");
                }
                last = outcome;
                if (slow || outcome < RingConsumer.EMPTY) {
                    LockSupport.parkNanos(SLOW_NS);
                } else if (outcome == RingConsumer.EMPTY) {
                    LockSupport.parkNanos(1);
                }
            }
            System.out.println("accounted " + counting.first + " " + counting.delivered + " " + counting.lost);
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(5);
        }
    }

    /** Every message must be whole, and messages and gaps follow each other. */
    private static final class Counting implements BroadcastHandler {
        private final BroadcastReader reader;
        private final long first;
        private long delivered;
        private long lost;

        Counting(BroadcastReader reader) {
            this.reader = reader;
            first = reader.sequence();
        }

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            long sequence = reader.sequence();
            if (sequence != first + delivered + lost) {
                throw new AssertionError("message " + sequence + " after " + delivered + " and " + lost + " lost, from " + first);
            }
            for (int i = 0; i < length / Long.BYTES; i++) {
                if (buffer.getLong(offset + i * Long.BYTES) != word(sequence, i)) {
                    throw new AssertionError("message " + sequence + " of " + length + " bytes is torn at word " + i);
                }
            }
            delivered++;
        }

        @Override
        public void onGap(long from, long last) {
            if (from != first + delivered + lost || last < from) {
                throw new AssertionError("gap " + from + "-" + last + " after " + delivered + " and " + lost + " lost, from " + first);
            }
            lost += last - from + 1;
        }
    }
}
