package dev.slipring.frame;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.JavaProcess;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One side of a pool in a process of its own, checking everything it can see; what is wrong ends it with a stack trace.
 *
 * <p>{@code producer directory seed frames}: publishes so many frames as fast as it can, or until its input ends; every fourth loan it
 * scribbles and gives up. {@code dying directory}: says {@code writing} with a frame half written and waits. {@code viewer directory
 * seed policy queued leases holdMicros}: leases, checks, holds, checks again, until all producers have left.
 */
final class FrameWorker {
    static final FrameFormat LARGEST = PixelFormat.RGB24.size(50, 40);
    private static final FrameFormat[] FORMATS = {PixelFormat.NV12.size(64, 36), LARGEST};
    private static final long GARBAGE = 1L << 40;

    private final Attachment attachment;
    private final Random random;
    private volatile boolean asked;

    private FrameWorker(String[] arguments) {
        attachment = Attachment.standard().in(new RegionDirectory(Path.of(arguments[1]))).as(arguments[0]);
        random = new Random(arguments.length > 2 ? Long.parseLong(arguments[2]) : 0);
    }

    public static void main(String[] arguments) {
        var worker = new FrameWorker(arguments);
        Thread.ofPlatform().daemon().start(() -> {
            JavaProcess.awaitParent();
            worker.asked = true;
        });
        switch (arguments[0]) {
            case "producer" -> worker.produce(Long.parseLong(arguments[3]));
            case "dying" -> worker.die();
            default -> worker.view(new ConsumerPolicy(ConsumerPolicy.Kind.valueOf(arguments[3]), Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5])), Long.parseLong(arguments[6]));
        }
    }

    /** The stream changes its format every 50 frames. */
    static FrameFormat format(long sequence) {
        return FORMATS[(int) (sequence / 50) % FORMATS.length];
    }

    private void produce(long frames) {
        try (var producer = FramePool.producer(TestPool.NAME, attachment)) {
            System.out.println("attached at " + producer.sequence());
            var loan = new Loan();
            long end = producer.sequence() + frames;
            while (producer.sequence() < end && !asked) {
                var format = format(producer.sequence());
                if (!producer.tryLoan(format, loan)) {
                    throw new AssertionError("refused at " + producer.sequence() + ": " + producer.status());
                }
                boolean scribble = random.nextInt(4) == 0;
                Picture.draw(loan.buffer(), scribble ? 1 + random.nextInt(format.bytes()) : format.bytes(),
                    scribble ? GARBAGE : producer.sequence());
                if (scribble) {
                    loan.discard();
                } else {
                    loan.publish();
                }
                if (random.nextInt(16) == 0) {
                    LockSupport.parkNanos(1); // so that viewers keep up now and then
                }
            }
            System.out.println("published " + producer.sequence());
        }
    }

    private void die() {
        var producer = FramePool.producer(TestPool.NAME, attachment);
        for (int i = 0; i < 10; i++) {
            Picture.publish(producer, format(producer.sequence()));
        }
        var loan = new Loan();
        if (producer.tryLoan(LARGEST, loan)) {
            Picture.draw(loan.buffer(), LARGEST.bytes() / 2, GARBAGE);
        }
        System.out.println("writing " + producer.sequence());
        JavaProcess.awaitParent();
    }

    private void view(ConsumerPolicy policy, long holdMicros) {
        try (var consumer = FramePool.consumer(TestPool.NAME, attachment, policy)) {
            System.out.println("attached");
            var held = new ArrayDeque<Lease>();
            var free = new ArrayDeque<Lease>();
            for (int i = 0; i < policy.maxLeases(); i++) {
                free.add(new Lease());
            }
            boolean full = false;
            long first = -1;
            long last = -1;
            var delivery = Delivery.NOTHING;
            while (delivery != Delivery.CLOSED && !asked) {
                if (free.isEmpty()) {
                    pause(holdMicros);
                    giveBack(held, free);
                }
                var lease = free.getFirst();
                delivery = consumer.next(lease);
                if (delivery == Delivery.FRAME) {
                    requireWhole(lease, "first");
                    require(lease.sequence() - last == lease.missed() + 1 || first < 0, "after " + last + " came " + lease.sequence()
                        + ", said to have missed " + lease.missed());
                    first = first < 0 ? lease.sequence() - lease.missed() : first;
                    last = lease.sequence();
                    held.add(free.removeFirst());
                    if (free.isEmpty() && !full) {
                        full = true;
                        System.out.println("holds all");
                    }
                }
            }
            while (!held.isEmpty()) {
                giveBack(held, free);
            }
            require(consumer.delivered() + consumer.dropped() == last - first + 1 || first < 0, consumer.delivered() + " delivered and "
                + consumer.dropped() + " dropped of " + first + "…" + last);
            System.out.println("seen " + consumer.delivered() + " dropped " + consumer.dropped());
        }
    }

    private void giveBack(ArrayDeque<Lease> held, ArrayDeque<Lease> free) {
        var lease = held.removeFirst();
        requireWhole(lease, "last");
        lease.close();
        free.add(lease);
    }

    private void pause(long micros) {
        if (micros > 0) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextLong(micros)));
        }
    }

    private static void requireWhole(Lease lease, String use) {
        require(Picture.shows(lease.buffer(), lease.bytes(), lease.sequence()), "frame " + lease.sequence() + " is torn at its " + use
            + " use");
        require(lease.bytes() == lease.format().bytes()
            && lease.format().equals(format(lease.sequence())), "frame " + lease.sequence() + " is said to be " + lease.format());
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            System.out.println("WRONG: " + otherwise);
            throw new AssertionError(otherwise);
        }
    }
}
