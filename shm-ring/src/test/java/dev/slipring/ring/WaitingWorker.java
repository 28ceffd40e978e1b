package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Spinning;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.PingPong;
import java.nio.file.Path;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * One side of a ring that sleeps, in a process of its own. Says {@code attached} before it begins to wait, and how each wait ended. Its
 * sleeps are so long that no test waits for their end: whoever does not wake it, hangs.
 */
final class WaitingWorker {
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final IdleStrategy YIELD = new YieldingIdleStrategy();
    /** Some rings take everything while nobody reads. */
    private static final int MAX_SENT = 1000;

    private final RingKind kind;
    private final Attachment attachment;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[128]);

    private WaitingWorker(String directory, RingKind kind) {
        this.kind = kind;
        attachment = Attachment.standard().in(new RegionDirectory(Path.of(directory))).with(Spinning.NONE);
    }

    /** Arguments: what to do, directory, kind of ring; for {@code ping} and {@code pong} the seed, most rounds and seconds. */
    public static void main(String[] arguments) throws InterruptedException {
        Thread.ofPlatform().daemon().start(() -> {
            JavaProcess.awaitParent();
            Runtime.getRuntime().halt(1);
        });
        if (!arguments[0].endsWith("-in-slices")) {
            PingPong.sleepLong();
        }
        var worker = new WaitingWorker(arguments[1], RingKind.valueOf(arguments[2]));
        switch (arguments[0]) {
            case "receive", "receive-in-slices" -> worker.receive();
            case "receive-warmed-up-in-slices" -> worker.receiveWarmedUp();
            case "send", "send-in-slices" -> worker.send();
            case "ping" -> worker.pingPong(true, Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]));
            case "pong" -> worker.pingPong(false, Long.parseLong(arguments[3]), 0, 0);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private void receive() throws InterruptedException {
        try (var consumer = kind.consumer("ring", attachment, ConsumerOptions.STANDARD)) {
            System.out.println("attached");
            int outcome;
            do {
                outcome = consumer.receive(IGNORE, 100);
                System.out.println("outcome " + outcome);
            } while (outcome > 0);
        }
    }

    /** As {@link #receive}, once everything is compiled that a sleeper does. */
    private void receiveWarmedUp() throws InterruptedException {
        kind.create(attachment.directory(), "warm-up", RingOptions.ofCapacity(4096).withParking());
        try (var consumer = kind.consumer("warm-up", attachment, ConsumerOptions.STANDARD)) {
            for (int i = 0; i < 3000; i++) {
                consumer.poll(IGNORE, 1, 20_000);
            }
        }
        receive();
    }

    private void send() throws InterruptedException {
        try (var producer = kind.producer("ring", attachment)) {
            while (producer.offer(1, bytes, 0, 100) > 0) {
                producer.position();
            }
            System.out.println("attached");
            long outcome;
            do {
                outcome = producer.offer(1, bytes, 0, 100, Long.MAX_VALUE);
                System.out.println("outcome " + Math.min(outcome, 1));
            } while (outcome > 0 && producer.sequence() < MAX_SENT);
        }
    }

    private void pingPong(boolean first, long seed, int rounds, int seconds) throws InterruptedException {
        try (var consumer = kind.consumer(first ? "back" : "there", attachment, ConsumerOptions.STANDARD);
            var producer = kind.producer(first ? "there" : "back", attachment)) {
            System.out.println("attached");
            var side = new RingSide(consumer, producer, bytes);
            System.out.println(first ? PingPong.first(side, seed, rounds, seconds) : PingPong.second(side, seed));
        }
    }

    private record RingSide(RingConsumer consumer, RingProducer producer, UnsafeBuffer bytes) implements PingPong.Side {
        @Override
        public void send() throws InterruptedException {
            producer.offer(1, bytes, 0, 8, Long.MAX_VALUE);
        }

        @Override
        public boolean receive(boolean asleep) throws InterruptedException {
            int outcome = asleep ? consumer.receive(IGNORE, 1) : consumer.poll(IGNORE, 1, Long.MAX_VALUE, YIELD);
            if (outcome != 1 && outcome != RingConsumer.CLOSED) {
                throw new AssertionError("it ended with " + outcome);
            }
            return outcome == 1;
        }
    }
}
