package dev.slipring.transport;

import dev.slipring.core.Spinning;
import dev.slipring.core.Waiter;
import org.agrona.DirectBuffer;

/** A publication of Aeron, exclusive or concurrent. */
final class AeronPublication implements Publication {
    private final AeronNode node;
    private final io.aeron.Publication publication;
    private final Spinning spinning;
    private final int maxMessageLength;
    private final int maxClaimLength;
    private volatile boolean closed;

    AeronPublication(AeronNode node, io.aeron.Publication publication, Spinning spinning) {
        this.node = node;
        this.spinning = spinning;
        this.publication = publication;
        maxMessageLength = publication.maxMessageLength();
        maxClaimLength = publication.maxPayloadLength();
    }

    @Override
    public long offer(DirectBuffer source, int offset, int length) {
        requireLength(length, maxMessageLength);
        source.boundsCheck(offset, length); // Aeron claims first and copies then: an exception between would hold up the stream
        long position = publication.offer(source, offset, length);
        return position < 0 ? refusal(position) : position;
    }

    @Override
    public long tryClaim(int length, Claim claim) {
        requireLength(length, maxClaimLength);
        var own = own(claim);
        long position = publication.tryClaim(length, own.room());
        if (position < 0) {
            return refusal(position);
        }
        own.open();
        return position;
    }

    @Override
    public long offer(DirectBuffer source, int offset, int length, long timeoutNs) throws InterruptedException {
        long position = offer(source, offset, length);
        if (isWorthWaiting(position)) {
            var waiter = Waiter.napping(spinning); // of this call: other threads may wait at the same time
            waiter.begin(timeoutNs, null);
            while (isWorthWaiting(position) && waiter.idle()) {
                position = offer(source, offset, length);
            }
        }
        return position;
    }

    @Override
    public long tryClaim(int length, Claim claim, long timeoutNs) throws InterruptedException {
        long position = tryClaim(length, claim);
        if (isWorthWaiting(position)) {
            var waiter = Waiter.napping(spinning); // of this call: other threads may wait at the same time
            waiter.begin(timeoutNs, null);
            while (isWorthWaiting(position) && waiter.idle()) {
                position = tryClaim(length, claim);
            }
        }
        return position;
    }

    @Override
    public Claim newClaim() {
        return new AeronClaim();
    }

    @Override
    public int maxMessageLength() {
        return maxMessageLength;
    }

    @Override
    public int maxClaimLength() {
        return maxClaimLength;
    }

    @Override
    public boolean isConnected() {
        return publication.isConnected();
    }

    @Override
    public long position() {
        return publication.position();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        publication.close();
    }

    /** Aeron's numbers are ours. It also says CLOSED when its client is ending by itself, and tells a moment later why. */
    private long refusal(long position) {
        if (closed) {
            return CLOSED;
        }
        node.check();
        return position == CLOSED ? NOT_CONNECTED : position;
    }

    private static boolean isWorthWaiting(long position) {
        return position == BACK_PRESSURED || position == ADMIN_ACTION;
    }

    private static void requireLength(int length, int max) {
        if (length < 0 || length > max) {
            throw new IllegalArgumentException("length=" + length + " is outside 0…" + max + ": send less at once, or choose a longer "
                + (max <= 1 << 16 ? "mtu (or offer, which sends in pieces)" : "term-length"));
        }
    }

    private static AeronClaim own(Claim claim) {
        if (!(claim instanceof AeronClaim own)) {
            throw new IllegalArgumentException("the claim is of another transport: use newClaim() of this publication");
        }
        if (own.isOpen()) {
            throw new IllegalStateException("a claim is open: commit or abort it first");
        }
        return own;
    }
}
