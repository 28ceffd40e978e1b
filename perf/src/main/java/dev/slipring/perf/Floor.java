package dev.slipring.perf;

import java.util.EnumSet;
import java.util.Set;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the machine itself needs: one word in one cache line, stored with release and loaded with acquire. Whatever the size asked for, it
 * carries 8 bytes. It has no flow control, so it can only be measured there and back.
 */
final class Floor implements Candidate {
    private static final int LENGTH = 4096;

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public Set<Mode> modes() {
        return EnumSet.of(Mode.ROUND_TRIP);
    }

    @Override
    public int payloadLength(int asked) {
        return Long.BYTES;
    }

    @Override
    public AutoCloseable create(Wire wire) {
        MappedFile.create(wire.file(), LENGTH);
        return () -> { };
    }

    @Override
    public Outlet outlet(Wire wire) {
        return new Storing(new UnsafeBuffer(MappedFile.map(wire.file())));
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        return new Loading(new UnsafeBuffer(MappedFile.map(wire.file())), receiver);
    }

    private static final class Storing implements Outlet {
        private final UnsafeBuffer line;
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[Long.BYTES]);

        Storing(UnsafeBuffer line) {
            this.line = line;
        }

        @Override
        public int claim(int length) {
            return 0;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return message;
        }

        @Override
        public void commit() {
            line.putLongRelease(0, message.getLong(0)); // pairs with: Loading.poll
        }

        @Override
        public void close() {
            // unmapped with the process
        }
    }

    private static final class Loading implements Inlet {
        private final UnsafeBuffer line;
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[Long.BYTES]);
        private final Receiver receiver;
        private long last;

        Loading(UnsafeBuffer line, Receiver receiver) {
            this.line = line;
            this.receiver = receiver;
        }

        @Override
        public void poll(int limit) {
            long value = line.getLongAcquire(0); // pairs with: Storing.commit
            if (value != last) {
                last = value;
                message.putLong(0, value);
                receiver.onMessage(message, 0, Long.BYTES);
            }
        }

        @Override
        public void close() {
            // unmapped with the process
        }
    }
}
