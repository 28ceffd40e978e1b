package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * One side of a ring in a process of its own, checking everything it can see. A producer sends until its input ends and then closes; a
 * consumer reads until all producers have left in order. It says {@code attached}, every change of the outcome of a fruitless poll, and at
 * the end its count; what is wrong ends it with a stack trace.
 */
final class RingWorker {
    private static final int MAX_BATCH = 8;

    private final Tally tally;
    private final Attachment attachment;
    private final Random random;
    private final IdleStrategy idle = new BackoffIdleStrategy(10, 10, 1_000, 100_000);
    private int lastOutcome = RingConsumer.EMPTY;
    private volatile boolean asked;

    private RingWorker(Path directory, long seed) {
        tally = new Tally(directory.resolve("tally.bin"));
        attachment = Attachment.standard().in(new RegionDirectory(directory)).as("worker");
        random = new Random(seed);
    }

    public static void main(String[] arguments) {
        var worker = new RingWorker(Path.of(arguments[1]), Long.parseLong(arguments[2]));
        switch (arguments[0]) {
            case "producer" -> worker.produce();
            case "consumer" -> worker.consume();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private void produce() {
        endWithInput();
        try (var producer = SpscRing.producer("ring", attachment)) {
            long sequence = producer.sequence();
            require(sequence >= tally.sent() && sequence <= tally.sent() + MAX_BATCH,
                "sent " + tally.sent() + " by those before, the ring has " + sequence);
            System.out.println("attached");
            while (!asked) {
                send(producer);
            }
        }
        System.out.println("sent " + tally.sent());
    }

    private void send(RingProducer producer) {
        int count = 1 + random.nextInt(MAX_BATCH);
        if (random.nextBoolean()) {
            for (int i = 0; i < count; i++) {
                sendOne(producer, producer.sequence());
                tally.sent(producer.sequence());
            }
            return;
        }
        try (var batch = producer.batch()) {
            for (int i = 0; i < count; i++) {
                var message = message(producer, producer.sequence() + i);
                if (batch.offer(message.type(), message.bytes(), 0, message.length()) < 0) {
                    break;
                }
            }
            batch.publish();
        }
        tally.sent(producer.sequence());
    }

    private void sendOne(RingProducer producer, long number) {
        var message = message(producer, number);
        var bytes = message.bytes();
        idle.reset();
        while (producer.offer(message.type(), bytes, 0, message.length()) < 0) {
            if (asked) {
                return;
            }
            idle.idle();
        }
    }

    private Message message(RingProducer producer, long number) {
        return new Message(number, random.nextInt(Math.min(producer.maxMessageLength(), 400)));
    }

    private void consume() {
        Thread.ofPlatform().daemon().start(() -> {
            awaitEndOfInput();
            Runtime.getRuntime().halt(3); // nobody wants to know any more
        });
        try (var consumer = SpscRing.consumer("ring", attachment, ConsumerOptions.STANDARD.releaseEvery(512))) {
            require(consumer.sequence() <= tally.delivered() + 1 && consumer.sequence() >= tally.released(),
                "delivered " + tally.delivered() + ", released " + tally.released() + " by those before, resumed at " + consumer.sequence(
                    ));
            System.out.println("attached");
            int outcome;
            do {
                outcome = consumer.poll((type, buffer, offset, length) -> {
                    Message.read(consumer.sequence(), type, buffer, offset, length);
                    tally.delivered(Math.max(tally.delivered(), consumer.sequence() + 1));
                }, 1 + random.nextInt(50));
                tally.released(consumer.sequence());
                report(outcome);
                idle.idle(Math.max(outcome, 0));
            } while (outcome != RingConsumer.CLOSED);
            System.out.println("received " + consumer.sequence());
        }
    }

    private void report(int outcome) {
        int state = Math.min(outcome, RingConsumer.EMPTY);
        if (state != lastOutcome) {
            lastOutcome = state;
            System.out.println(switch (state) {
                case RingConsumer.CLOSED -> "closed";
                case RingConsumer.PRODUCER_DEAD -> "producer dead";
                default -> "flowing";
            });
        }
    }

    private void endWithInput() {
        Thread.ofPlatform().daemon().start(() -> {
            awaitEndOfInput();
            asked = true;
        });
    }

    static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever said
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(4);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
