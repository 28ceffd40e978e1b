package dev.slipring.transport;

import org.agrona.DirectBuffer;

/**
 * The sending side of a flow of messages.
 *
 * <p>Threads: one at a time ({@code publication=concurrent} of Aeron: any number, each with a claim of its own); any may {@link #close()}.
 * Blocks: only what has a timeout. Allocates: nothing in {@link #offer}, {@link #tryClaim} and what is done with a claim. What is not
 * accepted is refused by a negative return value, in Aeron's words and with Aeron's numbers; a caller's mistake is an exception, before
 * anything is claimed.
 */
public interface Publication extends AutoCloseable {
    /** Nobody subscribes. A ring that keeps what it is given says so only when it is full and its consumer is gone; the others at once. */
    long NOT_CONNECTED = -1;

    /** A subscriber is too far behind: try again later. */
    long BACK_PRESSURED = -2;

    /** Aeron is busy with itself, such as turning to the next term of its log: try again at once. A ring never says so. */
    long ADMIN_ACTION = -3;

    /** This publication was closed, by this thread or another. */
    long CLOSED = -4;

    /** The flow has come to the end of its positions (Aeron: 2^31 terms): close it and begin another. */
    long MAX_POSITION_EXCEEDED = -5;

    /**
     * Copies a message in. One that is longer than {@link #maxClaimLength()} is sent in pieces and put together again on the other side.
     *
     * @param length 0…{@link #maxMessageLength()}
     * @return the position behind the message, or one of the five refusals
     * @throws IllegalArgumentException  for a length out of range
     * @throws IndexOutOfBoundsException when the source has no such range
     * @throws TransportException        when there is nothing to send through any more
     */
    long offer(DirectBuffer source, int offset, int length);

    /**
     * Reserves room for a message that is then written in place. Every claim must be committed or aborted, also before {@link #close()}:
     * one that is left open holds up whatever is behind it.
     *
     * @param length bytes to reserve, 0…{@link #maxClaimLength()}
     * @param claim  of {@link #newClaim()}; is filled in when the return value is not negative
     * @return the position behind the message, or one of the five refusals
     * @throws IllegalArgumentException for a length out of range, or a claim of another transport
     * @throws IllegalStateException    when the claim is open
     * @throws TransportException       when there is nothing to send through any more
     */
    long tryClaim(int length, Claim claim);

    /**
     * As {@link #offer(DirectBuffer, int, int)}, but waits while it is {@link #BACK_PRESSURED} or there is an {@link #ADMIN_ACTION}. Who
     * waits for a ring with parking sleeps until there is room; who waits for Aeron naps, and allocates one small object.
     *
     * @param timeoutNs how long, in nanoseconds; 0 or less: not at all; {@link Long#MAX_VALUE}: for ever
     * @throws InterruptedException when the thread was interrupted while it waited, or before; noticed within 50 ms. Nothing was sent
     */
    long offer(DirectBuffer source, int offset, int length, long timeoutNs) throws InterruptedException;

    /** As {@link #tryClaim(int, Claim)}, but waits as {@link #offer(DirectBuffer, int, int, long)} does. */
    long tryClaim(int length, Claim claim, long timeoutNs) throws InterruptedException;

    /** A claim for {@link #tryClaim}, to be used again and again. */
    Claim newClaim();

    /** The longest message, in bytes. */
    int maxMessageLength();

    /** The longest message that can be written in place, in bytes; at most {@link #maxMessageLength()}. */
    int maxClaimLength();

    /** Whether a subscriber lives. Asks the kernel when this is a ring: not for every message. */
    boolean isConnected();

    /** End of what was sent, in bytes since the beginning of the flow, headers and alignment included. */
    long position();

    /** Whether {@link #close()} was called. */
    boolean isClosed();

    /** Leaves in order: a subscriber that has read everything is then told {@link Subscription#CLOSED}. Idempotent. */
    @Override
    void close();
}
