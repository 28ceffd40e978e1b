package dev.slipring.perf.micro;

import dev.slipring.core.MonotonicClock;
import dev.slipring.seqlock.SeqlockSlot;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotReader;
import dev.slipring.seqlock.SlotWriter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

/** A slot, written and read by one thread: its instructions without the cache line transfers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {"--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
    "-Xms256m", "-Xmx256m"})
public class SeqlockBenchmark {
    /** Payload in bytes. */
    @Param({"64"})
    public int size;

    private final Scratch scratch = new Scratch();
    private UnsafeBuffer source = new UnsafeBuffer(new byte[0]);
    private SlotWriter writer;
    private SlotReader reader;
    private long exact;
    private long sent;

    /** In a directory of its own. */
    public SeqlockBenchmark() {
        SeqlockSlot.create(scratch.regions(), "slot", SlotOptions.ofPayload(64 * 1024));
        writer = SeqlockSlot.writer("slot", scratch.attachment());
        reader = SeqlockSlot.reader("slot", scratch.attachment());
    }

    /** Two values, to read in turn. */
    @Setup
    public void fill() {
        source = new UnsafeBuffer(new byte[size]);
        writer.write(source, 0, size);
        exact = writer.write(source, 0, size);
    }

    /** Leaves nothing behind. */
    @TearDown
    public void remove() throws IOException {
        writer.close();
        reader.close();
        scratch.remove();
    }

    /** What the clock costs, which every write reads once. */
    @Benchmark
    public long clock() {
        return MonotonicClock.nanoTime();
    }

    /** Copied in. */
    @Benchmark
    public long write() {
        source.putLong(0, ++sent);
        return writer.write(source, 0, size);
    }

    /** Written in place. */
    @Benchmark
    public long writeInPlace() {
        try (var update = writer.begin()) {
            for (int at = 0; at < size; at += Long.BYTES) {
                update.buffer().putLong(at, sent);
            }
            sent++;
            return update.publish(size);
        }
    }

    /** Copied out and validated, each time another of two versions. */
    @Benchmark
    public long readAnother() {
        exact ^= 3; // versions 1 and 2
        reader.readExactly(exact);
        return reader.value().payload().getLong(0);
    }

    /** Nothing has changed: nothing is copied. */
    @Benchmark
    public long readUnchanged() {
        reader.read();
        return reader.value().payload().getLong(0);
    }

    /** Both, as between two processes. */
    @Benchmark
    public long writeAndRead() {
        source.putLong(0, ++sent);
        writer.write(source, 0, size);
        reader.read();
        return reader.value().payload().getLong(0);
    }
}
