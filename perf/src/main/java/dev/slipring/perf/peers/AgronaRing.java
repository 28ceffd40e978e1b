package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.MappedFile;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.PerDirection;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import dev.slipring.perf.candidate.Wire;
import java.util.function.Function;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Agrona's rings, over a mapped file beside ours. Only one of their classes is ever loaded in a worker.
 *
 * @param name as in {@code --candidates}
 * @param over makes the ring
 */
record AgronaRing(String name, Function<AtomicBuffer, RingBuffer> over) implements PerDirection {
    private static final int TYPE = 1;

    @Override
    public Kind kind() {
        return Kind.SHARED_MEMORY;
    }

    @Override
    public Preparation create(Wire wire) {
        MappedFile.create(wire.file(), wire.capacity() + RingBufferDescriptor.TRAILER_LENGTH);
        return Preparation.NOTHING;
    }

    @Override
    public Outlet outlet(Wire wire) {
        return new Claiming(ring(wire));
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        var ring = ring(wire);
        MessageHandler handler = (type, buffer, offset, length) -> receiver.onMessage(buffer, offset, length);
        return limit -> ring.read(handler, limit);
    }

    private RingBuffer ring(Wire wire) {
        return over.apply(new UnsafeBuffer(MappedFile.map(wire.file())));
    }

    private static final class Claiming implements Outlet {
        private final RingBuffer ring;
        private int index;

        Claiming(RingBuffer ring) {
            this.ring = ring;
        }

        @Override
        public int claim(int length) {
            index = ring.tryClaim(TYPE, length);
            return index < 0 ? NO_ROOM : index;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return ring.buffer();
        }

        @Override
        public void commit() {
            ring.commit(index);
        }
    }
}
