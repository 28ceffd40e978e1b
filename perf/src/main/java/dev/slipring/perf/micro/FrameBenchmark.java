package dev.slipring.perf.micro;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.frame.ConsumerPolicy;
import dev.slipring.frame.Delivery;
import dev.slipring.frame.FrameConsumer;
import dev.slipring.frame.FrameFormat;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.FrameProducer;
import dev.slipring.frame.Lease;
import dev.slipring.frame.Loan;
import dev.slipring.frame.PoolOptions;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

/** A frame from one thread to another: handed over in a pool, or copied through the kernel. Nobody draws, nobody looks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {"--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
    "-Xms256m", "-Xmx256m"})
public class FrameBenchmark {
    private static final int FRAMES = 4;
    private static final String POOL = "pool";

    /** Bytes: 64 KiB, NV12 of 1920x1080 and 3840x2160, BGRA of 3840x2160. */
    @Param({"65536", "3110400", "12441600", "33177600"})
    public int bytes;

    private final Loan loan = new Loan();
    private Path directory = Path.of("/dev/shm");
    private FrameFormat format = FrameFormat.compressed("NONE", 1, 1, 1);
    @SuppressWarnings("NullAway.Init") // by open
    private FrameProducer producer;
    @SuppressWarnings("NullAway.Init")
    private FrameConsumer consumer;
    @SuppressWarnings("NullAway.Init")
    private Pipe pipe;
    @SuppressWarnings("NullAway.Init")
    private ServerSocketChannel server;
    @SuppressWarnings("NullAway.Init")
    private SocketChannel socket;
    private ByteBuffer frame = ByteBuffer.allocateDirect(0);
    private long sent;
    private final AtomicLong received = new AtomicLong();
    private volatile boolean over;

    /** The pool, the pipe, the socket, and a thread for each of them that takes what comes. */
    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory(directory, "slipring-jmh-");
        format = FrameFormat.compressed("NONE", 1, 1, bytes);
        frame = ByteBuffer.allocateDirect(bytes);
        var meeting = new RegionDirectory(directory);
        FramePool.create(meeting, POOL, PoolOptions.of(FRAMES, bytes));
        producer = FramePool.producer(POOL, Attachment.standard().in(meeting));
        consumer = FramePool.consumer(POOL, Attachment.standard().in(meeting), ConsumerPolicy.latest());
        pipe = Pipe.open();
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
        socket = SocketChannel.open(server.getLocalAddress());
        var accepted = server.accept();
        Thread.ofPlatform().daemon().start(() -> drain(pipe.source()));
        Thread.ofPlatform().daemon().start(() -> drain(accepted));
    }

    /** Leaves nothing behind. */
    @TearDown
    public void close() throws IOException {
        over = true;
        pipe.sink().close();
        socket.close();
        server.close();
        producer.close();
        consumer.close();
        FramePool.remove(new RegionDirectory(directory), POOL);
        Files.delete(directory.resolve("socket"));
        Files.delete(directory);
    }

    /** The thread that takes frames from the pool; it spins, so only where it is wanted. */
    @State(Scope.Thread)
    public static class Viewer {
        /** Begins to look. */
        @Setup
        public void start(FrameBenchmark benchmark) {
            Thread.ofPlatform().daemon().start(benchmark::view);
        }
    }

    private void view() {
        var lease = new Lease();
        while (!over) {
            if (consumer.next(lease) == Delivery.FRAME) {
                long sequence = lease.sequence();
                lease.close();
                received.setRelease(sequence + 1);
            }
            Thread.onSpinWait();
        }
    }

    private void drain(ReadableByteChannel channel) {
        var buffer = ByteBuffer.allocateDirect(bytes);
        try (channel) {
            while (channel.read(buffer) >= 0) {
                if (!buffer.hasRemaining()) {
                    buffer.clear();
                    received.incrementAndGet();
                }
            }
        } catch (IOException e) {
            if (!over) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Loan, publish, lease. */
    @Benchmark
    public long framePool(Viewer viewer) {
        while (!producer.tryLoan(format, loan)) {
            Thread.onSpinWait();
        }
        loan.publish();
        return await();
    }

    /** Written to and read from a pipe. */
    @Benchmark
    public long pipe() throws IOException {
        return copy(pipe.sink());
    }

    /** Written to and read from a Unix domain socket. */
    @Benchmark
    public long unixSocket() throws IOException {
        return copy(socket);
    }

    private long copy(WritableByteChannel channel) throws IOException {
        frame.clear();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
        return await();
    }

    private long await() {
        sent++;
        while (received.getAcquire() != sent) {
            Thread.onSpinWait();
        }
        return sent;
    }
}
