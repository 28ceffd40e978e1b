package dev.slipring.transport;

import org.agrona.MutableDirectBuffer;

/** Room in a ring. */
final class RingClaim implements Claim {
    private final dev.slipring.ring.Claim room = new dev.slipring.ring.Claim();

    dev.slipring.ring.Claim room() {
        return room;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return room.buffer();
    }

    @Override
    public int length() {
        return room.length();
    }

    @Override
    public void commit() {
        room.commit();
    }

    @Override
    public void abort() {
        room.abort();
    }

    @Override
    public void close() {
        room.close();
    }
}
