package dev.slipring.ring;

import org.agrona.DirectBuffer;

/**
 * Takes messages, by copy or by a claim in which they are encoded in place.
 *
 * <p>Threads: one. Blocks: never. Allocates: nothing. Loses: nothing; what is not accepted is refused by a negative return value.
 */
public interface MessageSink {
    /** Returned when the message does not fit until the consumer has read more. */
    long FULL = -1;

    /** Returned instead of {@link #FULL} when there was a consumer and none lives now. */
    long NO_CONSUMER = -2;

    /** Returned when the stream was sealed: nothing can be sent any more, by anybody. */
    long SEALED = -3;

    /** The longest message, in bytes: an eighth of the capacity. */
    int maxMessageLength();

    /**
     * Copies a message in.
     *
     * @param type   for the consumer, 0 or more
     * @param source where the message is
     * @param offset where it starts
     * @param length its bytes, 0…{@link #maxMessageLength()}
     * @return the position behind the message, or {@link #FULL}, {@link #NO_CONSUMER} or {@link #SEALED}
     * @throws IllegalArgumentException  for a negative type or a length out of range
     * @throws IndexOutOfBoundsException when the source has no such range
     * @throws IllegalStateException     when a claim is open, or the ring is closed
     */
    long offer(int type, DirectBuffer source, int offset, int length);

    /**
     * Reserves room for a message that is then written in place. One claim can be open at a time.
     *
     * @param type   for the consumer, 0 or more
     * @param length bytes to reserve, 0…{@link #maxMessageLength()}
     * @param claim  is filled in when the return value is not negative; to be committed, aborted or closed
     * @return the position behind the claim, or {@link #FULL}, {@link #NO_CONSUMER} or {@link #SEALED}
     * @throws IllegalArgumentException for a negative type or a length out of range
     * @throws IllegalStateException    when a claim is open, or the ring is closed
     */
    long tryClaim(int type, int length, Claim claim);
}
