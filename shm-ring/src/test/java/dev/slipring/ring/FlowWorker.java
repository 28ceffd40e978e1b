package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * A process at an MPSC ring: one of its producers, with a flow of its own, or the consumer, which reads until all producers have left in
 * order. Says {@code attached}, and {@code done} at the end; what is wrong ends it with a stack trace.
 */
final class FlowWorker {
    private static final int MAX_BATCH = 8;
    private static final int MAX_LENGTH = 300;

    private final Path directory;
    private final Attachment attachment;
    private final int flows;
    private final Random random;
    private final IdleStrategy idle = new BackoffIdleStrategy(10, 10, 1_000, 100_000);
    private volatile boolean asked;

    private FlowWorker(Path directory, int flows, long seed) {
        this.directory = directory;
        this.flows = flows;
        attachment = Attachment.standard().in(new RegionDirectory(directory)).as("flow worker");
        random = new Random(seed);
    }

    /** Arguments: "consumer" or the number of a flow; directory; number of flows; seed. */
    public static void main(String[] arguments) {
        var worker = new FlowWorker(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
        if (arguments[0].equals("consumer")) {
            worker.consume();
        } else {
            worker.produce(Integer.parseInt(arguments[0]));
        }
        System.out.println("done");
    }

    private void consume() {
        Thread.ofPlatform().daemon().start(() -> {
            RingWorker.awaitEndOfInput();
            Runtime.getRuntime().halt(3); // nobody wants to know any more
        });
        try (var consumer = MpscRing.consumer("ring", attachment, ConsumerOptions.STANDARD.releaseEvery(512))) {
            var reader = new FlowReader(consumer, directory, flows);
            System.out.println("attached");
            int outcome;
            do {
                outcome = reader.poll(1 + random.nextInt(50));
                idle.idle(Math.max(outcome, 0));
            } while (outcome != RingConsumer.CLOSED || !asked);
        }
    }

    private void produce(int flow) {
        Thread.ofPlatform().daemon().start(() -> {
            RingWorker.awaitEndOfInput();
            asked = true;
        });
        var log = new FlowLog(directory, flow);
        try (var producer = MpscRing.producer("ring", attachment)) {
            System.out.println("attached");
            while (!asked) {
                send(producer, log, flow);
            }
        }
    }

    private void send(RingProducer producer, FlowLog log, int flow) {
        switch (random.nextInt(3)) {
            case 0 -> offer(producer, log, flow);
            case 1 -> claim(producer, log, flow);
            default -> publish(producer, log, flow);
        }
    }

    private void offer(RingProducer producer, FlowLog log, int flow) {
        var message = next(log, flow, 1);
        log.attempting(log.attempted() + 1);
        var bytes = message.bytes();
        if (await(() -> producer.offer(message.type(), bytes, 0, message.length()) > 0)) {
            log.sent(log.attempted());
        }
    }

    private void claim(RingProducer producer, FlowLog log, int flow) {
        var message = next(log, flow, 1);
        log.attempting(log.attempted() + 1);
        try (var claim = new Claim()) {
            int room = Math.min(message.length() + random.nextInt(100), producer.maxMessageLength());
            if (await(() -> producer.tryClaim(message.type(), room, claim) > 0) && random.nextInt(8) > 0) {
                message.writeTo(claim.buffer());
                claim.commit(message.length());
                log.sent(log.attempted());
            } // else it is aborted: attempted, and never seen
        }
    }

    private void publish(RingProducer producer, FlowLog log, int flow) {
        try (var batch = producer.batch()) {
            int count = 0;
            for (int wanted = 1 + random.nextInt(MAX_BATCH); count < wanted; count++) {
                var message = next(log, flow, count + 1);
                if (batch.offer(message.type(), message.bytes(), 0, message.length()) < 0) {
                    break;
                }
            }
            for (int i = 0; i < count; i++) {
                log.attempting(log.attempted() + 1);
            }
            if (await(() -> batch.publish() > 0)) {
                for (int i = 0; i < count; i++) {
                    log.sent(log.attempted() - i);
                }
            }
        }
    }

    private Message next(FlowLog log, int flow, int ahead) {
        return new Message((log.attempted() + ahead) * flows + flow, random.nextInt(MAX_LENGTH));
    }

    private boolean await(BooleanSupplier attempt) {
        idle.reset();
        while (!attempt.getAsBoolean()) {
            if (asked) {
                return false;
            }
            idle.idle();
        }
        return true;
    }
}
