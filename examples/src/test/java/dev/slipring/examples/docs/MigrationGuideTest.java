package dev.slipring.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.Claim;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/migration.md. Aeron's is compiled only; TradingPipelineIT runs the like of it. */
class MigrationGuideTest {
    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @BeforeEach
    void chooseDirectory() {
        System.setProperty("slipring.dir", directory.toString());
    }

    @AfterEach
    void forgetDirectory() {
        System.clearProperty("slipring.dir");
    }

    static void aeronSends(Publication publication, UnsafeBuffer message) {
        while (publication.offer(message) < 0) {          // NOT_CONNECTED, BACK_PRESSURED, ADMIN_ACTION, CLOSED, …
            Thread.onSpinWait();
        }
    }

    static void aeronReceives(Subscription subscription, FragmentHandler handler) {
        while (subscription.poll(handler, 10) > 0 || !subscription.hasNoImages()) {
            Thread.onSpinWait();
        }
    }

    static void slipringSends(RingProducer producer, UnsafeBuffer message) throws InterruptedException {
        if (producer.offer(1, message, 0, message.capacity(), Long.MAX_VALUE) < 0) {
            throw new IllegalStateException("NO_CONSUMER, or SEALED"); // who waits for ever is never told FULL
        }
    }

    static void slipringReceives(RingConsumer consumer, MessageHandler handler) throws InterruptedException {
        int outcome;
        do {
            outcome = consumer.receive(handler, 10);      // sleeps; delivers whole messages, never fragments
        } while (outcome > 0);
        // CLOSED, PRODUCER_DEAD or END_OF_STREAM: which of them is the kernel's word
    }

    static RingBuffer agronaRing(ByteBuffer mapped) {     // mapped by you; size - TRAILER_LENGTH is a power of two, for both sides
        return new OneToOneRingBuffer(new UnsafeBuffer(mapped));
    }

    static boolean agronaSends(RingBuffer ring) {
        int index = ring.tryClaim(1, 8);
        if (index < 0) {
            return false;
        }
        ring.buffer().putLong(index, 42);
        ring.commit(index);                               // forgotten, or died before: the ring stands still
        return true;
    }

    static boolean slipringClaims(RingProducer ring, Claim claim) {
        if (ring.tryClaim(1, 8, claim) < 0) {
            return false;
        }
        try (claim) {                                     // forgotten: aborted. Died: as if it had never been
            claim.buffer().putLong(0, 42);
            claim.commit();
        }
        return true;
    }

    @Test
    void theAgronaWayWorks() {
        var ring = agronaRing(ByteBuffer.allocateDirect(1024 + RingBufferDescriptor.TRAILER_LENGTH));
        assertThat(agronaSends(ring)).isTrue();
        var read = new AtomicInteger();
        ring.read((type, buffer, index, length) -> read.addAndGet((int) buffer.getLong(index)));
        assertThat(read).hasValue(42);
    }

    @Test
    void oursDoesTheSame() throws InterruptedException {
        SpscRing.create("ring", RingOptions.ofCapacity(1024));
        var read = new AtomicInteger();
        try (var consumer = SpscRing.consumer("ring")) {
            try (var producer = SpscRing.producer("ring")) {
                assertThat(slipringClaims(producer, new Claim())).isTrue();
                var message = new UnsafeBuffer(new byte[8]);
                message.putLong(0, 8);
                slipringSends(producer, message);
            }
            slipringReceives(consumer, (type, buffer, offset, length) -> read.addAndGet((int) buffer.getLong(offset)));
        }
        assertThat(read).hasValue(50);
    }
}
