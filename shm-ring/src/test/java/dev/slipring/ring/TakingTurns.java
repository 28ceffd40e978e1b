package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Role;
import dev.slipring.core.RoleTaken;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Main class of one of two processes that have the producer's role in turn. One thread sends at full speed, another closes its handle at a
 * random moment, and the other process takes the role at the first moment it can. Says {@code life <first> <end>} for each of its lives:
 * the sequence it found, and that of the first message whose sending did not return.
 */
final class TakingTurns {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_SENT_BEFORE_CLOSE = 4_000;

    private final Attachment attachment;
    private final int writer;
    private final Random random;

    private TakingTurns(Path directory, int writer, long seed) {
        attachment = Attachment.standard().in(new RegionDirectory(directory)).as("writer " + writer);
        this.writer = writer;
        random = new Random(seed);
    }

    /** Arguments: directory, writer (0 or 1), lives, seed. */
    public static void main(String[] arguments) throws InterruptedException {
        var turns = new TakingTurns(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Long.parseLong(arguments[3]));
        int lives = Integer.parseInt(arguments[2]);
        try (var watcher = Region.watch("ring", RegionKind.SPSC_RING, turns.attachment)) {
            for (int life = 0; life < lives; life++) {
                while (watcher.participants().attached(Role.PRODUCER) % 2 != turns.writer) {
                    Thread.onSpinWait(); // the other one has not come yet; that it has not gone yet is no reason to wait
                }
                turns.live();
            }
        }
    }

    /** Every byte tells the writer, the message and its place: what another writer stores into it is seen. */
    static byte payload(int writer, long number, int index) {
        return index == 0 ? (byte) writer : (byte) ((number * 31 + index) * 2 + writer);
    }

    private void live() throws InterruptedException {
        var producer = attach();
        long first = producer.sequence();
        var sending = new Sending(producer, random.nextLong());
        var thread = Thread.ofPlatform().start(sending);
        long enough = first + random.nextInt(MAX_SENT_BEFORE_CLOSE);
        while (sending.end < enough) {
            Thread.onSpinWait();
        }
        producer.close();
        thread.join();
        if (!String.valueOf(sending.thrown).contains("is closed")) {
            throw new AssertionError("expected \"is closed\"", sending.thrown);
        }
        System.out.println("life " + first + " " + sending.end);
    }

    private RingProducer attach() {
        while (true) {
            try {
                return SpscRing.producer("ring", attachment);
            } catch (RoleTaken stillTheOther) {
                Thread.onSpinWait();
            }
        }
    }

    /** Sends until that throws, in every way there is to send. */
    private final class Sending implements Runnable {
        private final RingProducer producer;
        private final Random choice;
        private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[MAX_LENGTH]);
        private final Claim claim = new Claim();
        private volatile long end;
        private volatile Throwable thrown = new AssertionError("nothing thrown");

        Sending(RingProducer producer, long seed) {
            this.producer = producer;
            choice = new Random(seed);
            end = producer.sequence();
        }

        @Override
        public void run() {
            try {
                while (true) {
                    long before = end;
                    long sent = send(before);
                    if (sent > 0) {
                        end = before + sent;
                    }
                }
            } catch (Throwable e) {
                thrown = e;
            }
        }

        private long send(long number) {
            return switch (choice.nextInt(3)) {
                case 0 -> producer.offer(1, bytes, 0, fill(number)) > 0 ? 1 : 0;
                case 1 -> claimOne(number);
                default -> publishSome(number);
            };
        }

        private long claimOne(long number) {
            int length = fill(number);
            if (producer.tryClaim(1, length, claim) < 0) {
                return 0;
            }
            claim.buffer().putBytes(0, bytes, 0, length);
            claim.commit();
            return 1;
        }

        private long publishSome(long number) {
            long count = 0;
            try (var batch = producer.batch()) {
                while (count < 5 && batch.offer(1, bytes, 0, fill(number + count)) > 0) {
                    count++;
                }
                batch.publish();
            }
            return count;
        }

        private int fill(long number) {
            int length = 1 + choice.nextInt(MAX_LENGTH - 1);
            for (int i = 0; i < length; i++) {
                bytes.putByte(i, payload(writer, number, i));
            }
            return length;
        }
    }
}
