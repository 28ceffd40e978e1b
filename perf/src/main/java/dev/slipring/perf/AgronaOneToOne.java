package dev.slipring.perf;

import java.util.EnumSet;
import java.util.Set;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's ring for one producer and one consumer, over a mapped file beside ours. */
final class AgronaOneToOne implements Candidate {
    private static final int TYPE = 1;

    @Override
    public String name() {
        return "agrona-onetoone";
    }

    @Override
    public Set<Mode> modes() {
        return EnumSet.allOf(Mode.class);
    }

    @Override
    public AutoCloseable create(Wire wire) {
        MappedFile.create(wire.file(), wire.capacity() + RingBufferDescriptor.TRAILER_LENGTH);
        return () -> { };
    }

    @Override
    public Outlet outlet(Wire wire) {
        return new Claiming(ring(wire));
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        return new Reading(ring(wire), receiver);
    }

    private static OneToOneRingBuffer ring(Wire wire) {
        return new OneToOneRingBuffer(new UnsafeBuffer(MappedFile.map(wire.file())));
    }

    private static final class Claiming implements Outlet {
        private final OneToOneRingBuffer ring;
        private int index;

        Claiming(OneToOneRingBuffer ring) {
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

        @Override
        public void close() {
            // unmapped with the process
        }
    }

    private static final class Reading implements Inlet {
        private final OneToOneRingBuffer ring;
        private final MessageHandler handler;

        Reading(OneToOneRingBuffer ring, Receiver receiver) {
            this.ring = ring;
            handler = (type, buffer, offset, length) -> receiver.onMessage(buffer, offset, length);
        }

        @Override
        public void poll(int limit) {
            ring.read(handler, limit);
        }

        @Override
        public void close() {
            // unmapped with the process
        }
    }
}
