package dev.slipring.ring;

import org.agrona.DirectBuffer;

/**
 * Receives messages. What it is handed is the ring itself, valid until it returns, and to be read only: one store through a cast to
 * Agrona's {@code MutableDirectBuffer} kills the JVM where the data is mapped read-only (SPSC), and damages the ring where the consumer
 * must be able to write (MPSC). When another thread closes the consumer meanwhile, the bytes turn into zeros.
 */
@FunctionalInterface
public interface MessageHandler {
    /**
     * One message.
     *
     * @param type   what the producer said, 0 or more
     * @param buffer the data area of the ring; bytes outside the message are other people's
     * @param offset where the message starts
     * @param length its bytes, 0 or more
     */
    void onMessage(int type, DirectBuffer buffer, int offset, int length);
}
