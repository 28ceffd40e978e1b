package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.MappedFile;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.PerDirection;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import dev.slipring.perf.candidate.Wire;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.broadcast.BroadcastBufferDescriptor;
import org.agrona.concurrent.broadcast.BroadcastReceiver;
import org.agrona.concurrent.broadcast.BroadcastTransmitter;

/**
 * Agrona's broadcast buffer, over a mapped file. It has no claim, so messages are written elsewhere and copied in; its transmitter waits
 * for nobody, so they must be copied out before it can be known that they were whole.
 */
final class AgronaBroadcast implements PerDirection {
    private static final int TYPE = 1;

    @Override
    public String name() {
        return "agrona-broadcast";
    }

    @Override
    public Kind kind() {
        return Kind.SHARED_MEMORY;
    }

    @Override
    public boolean lossy() {
        return true;
    }

    @Override
    public Preparation create(Wire wire) {
        MappedFile.create(wire.file(), wire.capacity() + BroadcastBufferDescriptor.TRAILER_LENGTH);
        return Preparation.NOTHING;
    }

    @Override
    public Outlet outlet(Wire wire) {
        return new Transmitting(new BroadcastTransmitter(mapped(wire)), wire.length());
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        return new Receiving(mapped(wire), wire.length(), receiver);
    }

    private static UnsafeBuffer mapped(Wire wire) {
        return new UnsafeBuffer(MappedFile.map(wire.file()));
    }

    private static final class Transmitting implements Outlet {
        private final BroadcastTransmitter transmitter;
        private final UnsafeBuffer message;
        private final int length;

        Transmitting(BroadcastTransmitter transmitter, int length) {
            this.transmitter = transmitter;
            this.length = length;
            message = new UnsafeBuffer(new byte[length]);
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
            transmitter.transmit(TYPE, message, 0, length);
        }
    }

    private static final class Receiving implements Inlet {
        private final UnsafeBuffer file;
        private final UnsafeBuffer message;
        private final Receiver receiver;
        private BroadcastReceiver transmitted;

        Receiving(UnsafeBuffer file, int length, Receiver receiver) {
            this.file = file;
            transmitted = new BroadcastReceiver(file);
            this.receiver = receiver;
            message = new UnsafeBuffer(new byte[length]);
        }

        @Override
        public void poll(int limit) {
            for (int handed = 0; handed < limit && transmitted.receiveNext(); handed++) {
                int length = transmitted.length(); // anything, when the transmitter came round meanwhile
                if (length >= 0 && length <= message.capacity()) {
                    message.putBytes(0, transmitted.buffer(), transmitted.offset(), length);
                }
                if (transmitted.validate()) {
                    receiver.onMessage(message, 0, length);
                } else {
                    transmitted = new BroadcastReceiver(file); // the length, and with it where the next one begins, may be anything
                }
            }
        }
    }
}
