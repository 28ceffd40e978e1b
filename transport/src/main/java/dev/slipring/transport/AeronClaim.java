package dev.slipring.transport;

import io.aeron.logbuffer.BufferClaim;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Room in a term of Aeron's log, without the header that Aeron shows. */
final class AeronClaim implements Claim {
    private final BufferClaim room = new BufferClaim();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private boolean open;

    BufferClaim room() {
        return room;
    }

    boolean isOpen() {
        return open;
    }

    void open() {
        buffer.wrap(room.buffer().addressOffset() + room.offset(), room.length());
        open = true;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int length() {
        return buffer.capacity();
    }

    @Override
    public void commit() {
        end();
        room.commit();
    }

    @Override
    public void abort() {
        end();
        room.abort();
    }

    @Override
    public void close() {
        if (open) {
            abort();
        }
    }

    private void end() {
        if (!open) {
            throw new IllegalStateException("the claim is not open: it was committed or aborted already, or never made");
        }
        open = false;
    }
}
