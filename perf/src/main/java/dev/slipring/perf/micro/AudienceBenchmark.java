package dev.slipring.perf.micro;

import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.BroadcastReader;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a paced broadcast producer pays for its audience: a message about every 2 µs, and beside it one thread that reads for all of the
 * audience, so that two processors are enough. {@link #pace} is what of it is the pace.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 5, jvmArgsAppend = {"--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
    "-Xms256m", "-Xmx256m"})
public class AudienceBenchmark {
    private static final int TYPE = 1;
    private static final int SIZE = 32;
    private static final int PACE = 1000;
    private static final int LIMIT = 1000;
    private static final long NAP_NS = 20_000;

    /** How many read. */
    @Param({"0", "1", "8"})
    public int readers;

    private final Scratch scratch = new Scratch();
    private final UnsafeBuffer source = new UnsafeBuffer(new byte[SIZE]);
    private final RingProducer producer;
    private volatile boolean over;
    private final Thread audience = new Thread(this::read);

    private static final class Sum implements BroadcastHandler {
        private long sum;
        private long lost;

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            sum += buffer.getLong(offset);
        }

        @Override
        public void onGap(long first, long last) {
            lost += last - first + 1;
        }
    }

    /** The ring and its producer, in a directory of their own. */
    public AudienceBenchmark() {
        BroadcastRing.create(scratch.regions(), "broadcast", RingOptions.ofCapacity(1 << 20));
        producer = BroadcastRing.producer("broadcast", scratch.attachment());
    }

    /** The audience begins. */
    @Setup
    public void start() {
        audience.start();
    }

    /** Leaves nothing behind. */
    @TearDown
    public void remove() throws IOException, InterruptedException {
        over = true;
        audience.join();
        producer.close();
        scratch.remove();
    }

    /** One message, and the pace. */
    @Benchmark
    public long publish() {
        long position = producer.offer(TYPE, source, 0, SIZE);
        Blackhole.consumeCPU(PACE);
        return position;
    }

    /** The pace alone. */
    @Benchmark
    public void pace() {
        Blackhole.consumeCPU(PACE);
    }

    private void read() {
        List<BroadcastReader> all = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            all.add(BroadcastRing.reader("broadcast", scratch.attachment(), JoinAt.latest()));
        }
        var sum = new Sum();
        while (!over) {
            all.forEach(reader -> reader.poll(sum, LIMIT));
            LockSupport.parkNanos(NAP_NS);
        }
        all.forEach(BroadcastReader::close);
        if (sum.sum != 0 || sum.lost != 0) {
            throw new IllegalStateException("messages of zeros came as " + sum.sum + ", and " + sum.lost + " were lost");
        }
    }
}
