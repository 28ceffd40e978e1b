package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer is stopped in the middle of a message: it is waited for until it goes on, or until it is dead. */
class MpscStopIT {
    private static final long STOPPED_NS = TimeUnit.MILLISECONDS.toNanos(2 * Long.getLong("slipring.stop.millis", 500));
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[8]);
    private static final int HALF = 20;
    private static final int ITS = 1;
    private static final int OTHERS = 2;

    @TempDir(factory = SharedMemory.class)
    private Path directory;
    private final List<Integer> received = new ArrayList<>();
    private JavaProcess stopped;
    private RingProducer other;
    private RingConsumer consumer;

    /** A process that claims, writes a half, says {@code claimed}, and after a line of input writes the rest and commits. */
    static final class Claimer {
        private Claimer() {
        }

        /** Argument: the directory. */
        public static void main(String[] arguments) throws java.io.IOException {
            var claim = new Claim();
            try (var producer = MpscRing.producer("ring", attachment(Path.of(arguments[0])))) {
                producer.tryClaim(ITS, 2 * HALF, claim);
                claim.buffer().setMemory(0, HALF, (byte) ITS);
                System.out.println("claimed");
                if (System.in.read() >= 0) {
                    claim.buffer().setMemory(HALF, HALF, (byte) ITS);
                    claim.commit();
                    System.out.println("committed");
                }
                JavaProcess.awaitParent();
            }
        }
    }

    @BeforeEach
    void stopOneInTheMiddleOfAMessage() {
        MpscRing.create(new RegionDirectory(directory), "ring", RingOptions.ofCapacity(1024));
        stopped = JavaProcess.start(Claimer.class, directory.toString());
        assertThat(stopped.readLine()).isEqualTo("claimed");
        stopped.stop();
        other = MpscRing.producer("ring", attachment(directory));
        consumer = MpscRing.consumer("ring", attachment(directory), ConsumerOptions.STANDARD);
    }

    @AfterEach
    void close() {
        other.close();
        consumer.close();
        stopped.close();
    }

    @Test
    void itIsWaitedForTheOthersGoOnAndItsMessageArrives() {
        int sent = waitAsLongAsItIsStopped();
        stopped.resume();
        stopped.tell("go on");
        stopped.awaitLine("committed");
        Await.until("all arrive", () -> poll() && received.size() == sent + 1);
        assertThat(received).startsWith(ITS, OTHERS);
        sendAndReceive();
    }

    @Test
    void itIsKilledAndTheConsumerGoesOnWithTheOthersMessages() {
        int sent = waitAsLongAsItIsStopped();
        stopped.kill();
        Await.until("all arrive", () -> poll() && received.size() == sent);
        assertThat(received).containsOnly(OTHERS);
        sendAndReceive();
    }

    /** Returns how many messages the other one could send meanwhile. */
    private int waitAsLongAsItIsStopped() {
        int[] sent = {0};
        long start = System.nanoTime();
        Await.until("it has been stopped for long enough", () -> {
            sent[0] += other.offer(OTHERS, BYTES, 0, 8) > 0 ? 1 : 0;
            for (int i = 0; i < 5000; i++) {
                assertThat(consumer.poll((type, buffer, offset, length) -> received.add(type), 10)).isEqualTo(RingConsumer.EMPTY);
            }
            return System.nanoTime() - start > STOPPED_NS;
        });
        assertThat(sent[0]).as("all the ring has room for").isEqualTo(15);
        assertThat(other.offer(OTHERS, BYTES, 0, 8)).isEqualTo(MessageSink.FULL);
        return sent[0];
    }

    private boolean poll() {
        return consumer.poll((type, buffer, offset, length) -> {
            for (int i = 0; i < length; i++) {
                assertThat(buffer.getByte(offset + i)).isEqualTo((byte) (type == ITS ? ITS : 0));
            }
            received.add(type);
        }, 10) >= 0;
    }

    private void sendAndReceive() {
        int before = received.size();
        for (int i = 1; i <= 40; i++) {
            int expected = before + i;
            assertThat(other.offer(OTHERS, BYTES, 0, 8)).isPositive();
            Await.until("it arrives", () -> poll() && received.size() == expected);
        }
    }

    private static Attachment attachment(Path directory) {
        return Attachment.standard().in(new RegionDirectory(directory));
    }
}
