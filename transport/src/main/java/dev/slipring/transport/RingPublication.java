package dev.slipring.transport;

import dev.slipring.ring.RingProducer;
import org.agrona.DirectBuffer;

/** The producer of a ring. Adds one call to the ring's own, and nothing else while the message is accepted. */
final class RingPublication implements Publication {
    /** Messages say themselves what they are. */
    private static final int NO_TYPE = 0;

    private final RingProducer ring;
    private final RingPeers consumers;
    private final boolean keepsUnread;
    private volatile boolean closed;

    /** @param keepsUnread whether the ring keeps what nobody has read; one that does not is given nothing while nobody is there */
    RingPublication(RingProducer ring, RingPeers consumers, boolean keepsUnread) {
        this.ring = ring;
        this.consumers = consumers;
        this.keepsUnread = keepsUnread;
    }

    @Override
    public long offer(DirectBuffer source, int offset, int length) {
        if (isUnheard()) {
            return NOT_CONNECTED;
        }
        try {
            long position = ring.offer(NO_TYPE, source, offset, length);
            return position < 0 ? refusal(position) : position;
        } catch (IllegalStateException e) {
            return closedOr(e);
        }
    }

    @Override
    public long tryClaim(int length, Claim claim) {
        var room = own(claim).room();
        if (isUnheard()) {
            return NOT_CONNECTED;
        }
        try {
            long position = ring.tryClaim(NO_TYPE, length, room);
            return position < 0 ? refusal(position) : position;
        } catch (IllegalStateException e) {
            return closedOr(e);
        }
    }

    @Override
    public long offer(DirectBuffer source, int offset, int length, long timeoutNs) throws InterruptedException {
        if (isUnheard()) {
            return NOT_CONNECTED;
        }
        try {
            long position = ring.offer(NO_TYPE, source, offset, length, timeoutNs);
            return position < 0 ? refusal(position) : position;
        } catch (IllegalStateException e) {
            return closedOr(e);
        }
    }

    @Override
    public long tryClaim(int length, Claim claim, long timeoutNs) throws InterruptedException {
        var room = own(claim).room();
        if (isUnheard()) {
            return NOT_CONNECTED;
        }
        try {
            long position = ring.tryClaim(NO_TYPE, length, room, timeoutNs);
            return position < 0 ? refusal(position) : position;
        } catch (IllegalStateException e) {
            return closedOr(e);
        }
    }

    @Override
    public Claim newClaim() {
        return new RingClaim();
    }

    @Override
    public int maxMessageLength() {
        return ring.maxMessageLength();
    }

    @Override
    public int maxClaimLength() {
        return ring.maxMessageLength();
    }

    @Override
    public boolean isConnected() {
        return !closed && consumers.anyLives();
    }

    @Override
    public long position() {
        return ring.position();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        ring.close();
        consumers.close();
    }

    private boolean isUnheard() {
        return !keepsUnread && !closed && !consumers.anyCounted();
    }

    private static RingClaim own(Claim claim) {
        if (claim instanceof RingClaim own) {
            return own;
        }
        throw new IllegalArgumentException("the claim is of another transport: use newClaim() of this publication");
    }

    private static long refusal(long ofRing) {
        if (ofRing == RingProducer.SEALED) {
            return CLOSED;
        }
        return ofRing == RingProducer.NO_CONSUMER ? NOT_CONNECTED : BACK_PRESSURED;
    }

    /** Whatever a closed ring complains of, it is closed; an open one complains of its caller. */
    private long closedOr(IllegalStateException complaint) {
        if (closed) {
            return CLOSED;
        }
        throw complaint;
    }
}
