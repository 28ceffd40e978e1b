package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.MappedFile;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.PerDirection;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import dev.slipring.perf.candidate.Wire;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the machine itself needs: one word in one cache line, stored with release and loaded with acquire. Whatever the size asked for, it
 * carries 8 bytes. It has no flow control, so it can only be measured there and back.
 */
final class Floor implements PerDirection {
    private static final int LENGTH = 4096;

    @Override
    public String name() {
        return "floor";
    }

    @Override
    public Kind kind() {
        return Kind.REFERENCE;
    }

    @Override
    public @Nullable String refusal(Mode mode, int size) {
        return mode == Mode.ROUND_TRIP ? null : "a word without flow control can only be measured there and back";
    }

    @Override
    public int payloadLength(int asked) {
        return Long.BYTES;
    }

    @Override
    public Preparation create(Wire wire) {
        MappedFile.create(wire.file(), LENGTH);
        return Preparation.NOTHING;
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
    }
}
