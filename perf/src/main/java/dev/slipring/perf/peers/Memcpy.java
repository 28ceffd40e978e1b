package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.Candidate;
import dev.slipring.perf.candidate.Connection;
import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.Link;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.Payload;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the copying alone costs. Nothing passes between the processes: each end writes a message, copies it, and reads the copy, in caches
 * of its own; in a round trip it is copied there and back.
 */
final class Memcpy implements Candidate {
    @Override
    public String name() {
        return "memcpy";
    }

    @Override
    public Kind kind() {
        return Kind.REFERENCE;
    }

    @Override
    public @Nullable String refusal(Mode mode, int size) {
        return mode == Mode.FIXED_RATE ? "nothing is sent, so nothing can be late" : null;
    }

    @Override
    public Preparation prepare(Link link) {
        return Preparation.NOTHING;
    }

    @Override
    public Connection connect(Link link) {
        var buffers = new Buffers(link.length());
        return new Connection() {
            @Override
            public Outlet outlet() {
                return buffers;
            }

            @Override
            public Inlet inlet(Receiver receiver) {
                return link.end() == Mode.End.NEAR ? buffers.returning(receiver) : buffers.arriving(receiver);
            }
        };
    }

    private static final class Buffers implements Outlet {
        private final int length;
        private final UnsafeBuffer message;
        private final UnsafeBuffer there;
        private final UnsafeBuffer back;
        private long arrived;

        Buffers(int length) {
            this.length = length;
            message = new UnsafeBuffer(new byte[length]);
            there = new UnsafeBuffer(new byte[length]);
            back = new UnsafeBuffer(new byte[length]);
        }

        @Override
        public int claim(int itsLength) {
            return 0;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return message;
        }

        @Override
        public void commit() {
            there.putBytes(0, message, 0, length);
        }

        /** Of the near end: what it has sent comes back. */
        Inlet returning(Receiver receiver) {
            return limit -> {
                back.putBytes(0, there, 0, length);
                receiver.onMessage(back, 0, length);
            };
        }

        /** Of the far end: what the near end would have sent. */
        Inlet arriving(Receiver receiver) {
            return limit -> {
                Payload.write(message, 0, length, ++arrived);
                commit();
                receiver.onMessage(there, 0, length);
            };
        }
    }
}
