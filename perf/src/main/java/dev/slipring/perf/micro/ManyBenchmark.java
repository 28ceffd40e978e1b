package dev.slipring.perf.micro;

import dev.slipring.perf.candidate.MappedFile;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.BroadcastReader;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.Claim;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastReceiver;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** As {@link OneToOneBenchmark}, for the rings that many write to or many read from, used by one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {"--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
    "-Xms256m", "-Xmx256m"})
public class ManyBenchmark {
    private static final int CAPACITY = 1 << 20;
    private static final int TYPE = 1;

    /** Payload in bytes. */
    @Param({"32", "256"})
    public int size;

    private final Scratch scratch = new Scratch();
    private final RingProducer mpscProducer;
    private final RingConsumer mpscConsumer;
    private final RingProducer broadcastProducer;
    private final BroadcastReader broadcastReader;
    private final ManyToOneRingBuffer agronaRing;
    private final BroadcastTransmitter agronaTransmitter;
    private final BroadcastReceiver agronaReceiver;
    private final UnsafeBuffer source = new UnsafeBuffer(new byte[1024]);
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[1024]);
    private final Claim claim = new Claim();
    private final Received handler = new Received();
    private long sent;
    private long received;

    private final class Received implements BroadcastHandler {
        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            received = buffer.getLong(offset);
        }

        @Override
        public void onGap(long first, long last) {
            throw new IllegalStateException("one message at a time cannot be overtaken, but " + first + "…" + last + " were");
        }
    }

    /** All rings, in a directory of their own. */
    public ManyBenchmark() {
        MpscRing.create(scratch.regions(), "mpsc", RingOptions.ofCapacity(CAPACITY));
        mpscProducer = MpscRing.producer("mpsc", scratch.attachment());
        mpscConsumer = MpscRing.consumer("mpsc", scratch.attachment(), ConsumerOptions.STANDARD);
        BroadcastRing.create(scratch.regions(), "broadcast", RingOptions.ofCapacity(CAPACITY));
        broadcastProducer = BroadcastRing.producer("broadcast", scratch.attachment());
        broadcastReader = BroadcastRing.reader("broadcast", scratch.attachment(), JoinAt.latest());
        agronaRing = new ManyToOneRingBuffer(mapped("agrona-ring", RingBufferDescriptor.TRAILER_LENGTH));
        var buffer = mapped("agrona-broadcast", BroadcastBufferDescriptor.TRAILER_LENGTH);
        agronaTransmitter = new BroadcastTransmitter(buffer);
        agronaReceiver = new BroadcastReceiver(buffer);
    }

    private UnsafeBuffer mapped(String name, int trailer) {
        MappedFile.create(scratch.file(name), CAPACITY + trailer);
        return new UnsafeBuffer(MappedFile.map(scratch.file(name)));
    }

    /** Leaves nothing behind. */
    @TearDown
    public void remove() throws IOException {
        mpscProducer.close();
        mpscConsumer.close();
        broadcastProducer.close();
        broadcastReader.close();
        scratch.remove();
    }

    /** Ours, many to one. */
    @Benchmark
    public long mpscClaimPoll() {
        mpscProducer.tryClaim(TYPE, size, claim);
        write(claim.buffer(), 0);
        claim.commit();
        do {
            mpscConsumer.poll(handler, 1);
        } while (received != sent);
        return received;
    }

    /** Agrona's, many to one. */
    @Benchmark
    public long agronaManyToOneClaimPoll() {
        int index = agronaRing.tryClaim(TYPE, size);
        write(agronaRing.buffer(), index);
        agronaRing.commit(index);
        do { // reading the padding at the end of the ring delivers nothing
            agronaRing.read((type, buffer, offset, length) -> received = buffer.getLong(offset), 1);
        } while (received != sent);
        return received;
    }

    /** Ours, one to many: copied out and validated. */
    @Benchmark
    public long broadcastClaimPoll() {
        broadcastProducer.tryClaim(TYPE, size, claim);
        write(claim.buffer(), 0);
        claim.commit();
        broadcastReader.poll(handler, 1);
        return received;
    }

    /** Ours, one to many: read in place and validated. */
    @Benchmark
    public long broadcastClaimReceive() {
        broadcastProducer.tryClaim(TYPE, size, claim);
        write(claim.buffer(), 0);
        claim.commit();
        broadcastReader.receiveNext();
        received = broadcastReader.buffer().getLong(broadcastReader.offset());
        if (!broadcastReader.validate()) {
            throw new IllegalStateException("one message at a time cannot be overtaken");
        }
        return received;
    }

    /** Agrona's, one to many: copied in, copied out and validated. */
    @Benchmark
    public long agronaBroadcastTransmitReceive() {
        write(source, 0);
        agronaTransmitter.transmit(TYPE, source, 0, size);
        agronaReceiver.receiveNext();
        copy.putBytes(0, agronaReceiver.buffer(), agronaReceiver.offset(), size);
        if (!agronaReceiver.validate()) {
            throw new IllegalStateException("one message at a time cannot be overtaken");
        }
        return copy.getLong(0);
    }

    private void write(MutableDirectBuffer buffer, int offset) {
        sent++;
        for (int at = 0; at < size; at += Long.BYTES) {
            buffer.putLong(offset + at, sent);
        }
    }
}
