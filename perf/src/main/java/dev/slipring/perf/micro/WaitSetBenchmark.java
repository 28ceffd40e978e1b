package dev.slipring.perf.micro;

import dev.slipring.core.Spinning;
import dev.slipring.core.WaitSet;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to wait for many rings at once: when one of them has a message, and when none has and the waiting thread must be woken.
 * The second is a round trip: this thread sends on one of the rings, the other wakes, and answers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {"--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
    "-Xms256m", "-Xmx256m"})
public class WaitSetBenchmark {
    private static final int CAPACITY = 1 << 16;
    private static final int LENGTH = 32;

    /** Rings in the set. */
    @Param({"1", "8", "64"})
    public int rings;

    private final Scratch scratch = new Scratch();
    private final List<RingProducer> producers = new ArrayList<>();
    private final List<RingConsumer> consumers = new ArrayList<>();
    private final WaitSet<RingConsumer> set = new WaitSet<>(Spinning.NONE);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
    private final RingProducer answers;
    private final RingConsumer answered;
    private @Nullable Thread echo;
    private volatile boolean ended;
    private int next;
    private long received;

    /** The way back; the rings of the set follow when their number is known. */
    public WaitSetBenchmark() {
        SpscRing.create(scratch.regions(), "answers", RingOptions.ofCapacity(CAPACITY).withParking());
        answers = SpscRing.producer("answers", scratch.attachment());
        answered = SpscRing.consumer("answers", scratch.attachment(), ConsumerOptions.STANDARD);
    }

    /** Makes the rings. */
    @Setup
    public void create() {
        for (int i = 0; i < rings; i++) {
            SpscRing.create(scratch.regions(), "ring" + i, RingOptions.ofCapacity(CAPACITY).withParking());
            producers.add(SpscRing.producer("ring" + i, scratch.attachment()));
            consumers.add(SpscRing.consumer("ring" + i, scratch.attachment(), ConsumerOptions.STANDARD));
            set.add(consumers.getLast());
        }
    }

    /** Ends the other thread, and removes everything. */
    @TearDown
    public void remove() throws InterruptedException, IOException {
        ended = true;
        set.wakeUp();
        if (echo != null) {
            echo.join();
        }
        producers.forEach(RingProducer::close);
        consumers.forEach(RingConsumer::close);
        answers.close();
        answered.close();
        scratch.remove();
    }

    /** A message on one of them is found and read; nobody sleeps. */
    @Benchmark
    public long ready() throws InterruptedException {
        send();
        var found = set.next(0);
        if (found == null || found.poll((type, buffer, offset, length) -> received++, 1) != 1) {
            throw new IllegalStateException("what was sent is not there");
        }
        return received;
    }

    /** A message on one of them wakes a thread that sleeps on all, and its answer one that sleeps on one. */
    @Benchmark
    public long asleep() throws InterruptedException {
        if (echo == null) {
            echo = Thread.ofPlatform().daemon().start(this::answerAll);
        }
        send();
        answered.receive((type, buffer, offset, length) -> received++, 1);
        return received;
    }

    private void send() {
        next = next + 1 < rings ? next + 1 : 0;
        if (producers.get(next).offer(1, message, 0, LENGTH) < 0) {
            throw new IllegalStateException("one message at a time cannot fill a ring");
        }
    }

    private void answerAll() {
        var answer = new UnsafeBuffer(new byte[LENGTH]);
        try {
            while (!ended) {
                var ready = set.next(Long.MAX_VALUE);
                if (ready != null && ready.poll((type, buffer, offset, length) -> { }, 1) > 0) {
                    answers.offer(1, answer, 0, LENGTH);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts it", e);
        }
    }
}
