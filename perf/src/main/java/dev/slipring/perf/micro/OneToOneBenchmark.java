package dev.slipring.perf.micro;

import dev.slipring.perf.candidate.MappedFile;
import dev.slipring.ring.Claim;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
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

/** One message in and out again, by one thread: the instructions of a ring without the cache line transfers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {"--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
    "-Xms256m", "-Xmx256m"})
public class OneToOneBenchmark {
    private static final int CAPACITY = 1 << 20;
    private static final int TYPE = 1;

    /** Payload in bytes. */
    @Param({"32", "256"})
    public int size;

    private final Scratch scratch = new Scratch();
    private final RingProducer producer;
    private final RingConsumer consumer;
    private final RingProducer parkingProducer;
    private final RingConsumer parkingConsumer;
    private final OneToOneRingBuffer agrona;
    private final UnsafeBuffer source = new UnsafeBuffer(new byte[CAPACITY / 8]);
    private final Claim claim = new Claim();
    private long sent;
    private long received;
    private final MessageHandler handler = (type, buffer, offset, length) -> received = buffer.getLong(offset);
    private final org.agrona.concurrent.MessageHandler agronaHandler =
        (type, buffer, offset, length) -> received = buffer.getLong(offset);

    /** Both rings, in a directory of their own. */
    public OneToOneBenchmark() {
        SpscRing.create(scratch.regions(), "ours", RingOptions.ofCapacity(CAPACITY));
        producer = SpscRing.producer("ours", scratch.attachment());
        consumer = SpscRing.consumer("ours", scratch.attachment(), ConsumerOptions.STANDARD);
        SpscRing.create(scratch.regions(), "parking", RingOptions.ofCapacity(CAPACITY).withParking());
        parkingProducer = SpscRing.producer("parking", scratch.attachment());
        parkingConsumer = SpscRing.consumer("parking", scratch.attachment(), ConsumerOptions.STANDARD);
        MappedFile.create(scratch.file("agrona"), CAPACITY + RingBufferDescriptor.TRAILER_LENGTH);
        agrona = new OneToOneRingBuffer(new UnsafeBuffer(MappedFile.map(scratch.file("agrona"))));
    }

    /** The message that offers copy. */
    @Setup
    public void fill() {
        write(source, 0, size, 1);
    }

    /** Leaves nothing behind. */
    @TearDown
    public void remove() throws IOException {
        producer.close();
        consumer.close();
        parkingProducer.close();
        parkingConsumer.close();
        scratch.remove();
    }

    /** Ours: copied in. */
    @Benchmark
    public long spscOfferPoll() {
        source.putLong(0, ++sent);
        producer.offer(TYPE, source, 0, size);
        do {
            consumer.poll(handler, 1);
        } while (received != sent);
        return received;
    }

    /** Ours: written in place. */
    @Benchmark
    public long spscClaimPoll() {
        producer.tryClaim(TYPE, size, claim);
        write(claim.buffer(), 0, size, ++sent);
        claim.commit();
        do {
            consumer.poll(handler, 1);
        } while (received != sent);
        return received;
    }

    /** Ours, where one could sleep and nobody does: written in place. */
    @Benchmark
    public long spscParkingClaimPoll() {
        parkingProducer.tryClaim(TYPE, size, claim);
        write(claim.buffer(), 0, size, ++sent);
        claim.commit();
        do {
            parkingConsumer.poll(handler, 1);
        } while (received != sent);
        return received;
    }

    /** Agrona's: copied in. */
    @Benchmark
    public long agronaOfferPoll() {
        source.putLong(0, ++sent);
        agrona.write(TYPE, source, 0, size);
        do { // Agrona's read of the padding at the end of the ring delivers nothing
            agrona.read(agronaHandler, 1);
        } while (received != sent);
        return received;
    }

    /** Agrona's: written in place. */
    @Benchmark
    public long agronaClaimPoll() {
        int index = agrona.tryClaim(TYPE, size);
        write(agrona.buffer(), index, size, ++sent);
        agrona.commit(index);
        do { // Agrona's read of the padding at the end of the ring delivers nothing
            agrona.read(agronaHandler, 1);
        } while (received != sent);
        return received;
    }

    private static void write(MutableDirectBuffer buffer, int offset, int length, long value) {
        for (int at = 0; at < length; at += Long.BYTES) {
            buffer.putLong(offset + at, value);
        }
    }
}
