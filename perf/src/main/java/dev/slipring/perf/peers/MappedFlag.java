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

/** What one writes first: a mapped file with a flag and room for one message. The flag is its length, or 0 when there is none. */
final class MappedFlag implements PerDirection {
    private static final int FLAG = 0;
    private static final int MESSAGE = 128;

    @Override
    public String name() {
        return "mapped-flag";
    }

    @Override
    public Kind kind() {
        return Kind.REFERENCE;
    }

    @Override
    public Preparation create(Wire wire) {
        MappedFile.create(wire.file(), MESSAGE + wire.length());
        return Preparation.NOTHING;
    }

    @Override
    public Outlet outlet(Wire wire) {
        return new Raising(new UnsafeBuffer(MappedFile.map(wire.file())), wire.length());
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        var file = new UnsafeBuffer(MappedFile.map(wire.file()));
        return limit -> {
            int length = file.getIntAcquire(FLAG); // pairs with: Raising.commit
            if (length != 0) {
                receiver.onMessage(file, MESSAGE, length);
                file.putIntRelease(FLAG, 0); // pairs with: Raising.claim
            }
        };
    }

    private static final class Raising implements Outlet {
        private final UnsafeBuffer file;
        private final int length;

        Raising(UnsafeBuffer file, int length) {
            this.file = file;
            this.length = length;
        }

        @Override
        public int claim(int itsLength) {
            return file.getIntAcquire(FLAG) == 0 ? MESSAGE : NO_ROOM; // pairs with: inlet
        }

        @Override
        public MutableDirectBuffer buffer() {
            return file;
        }

        @Override
        public void commit() {
            file.putIntRelease(FLAG, length); // pairs with: inlet
        }
    }
}
