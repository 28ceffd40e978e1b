package dev.slipring.transport;

import org.agrona.DirectBuffer;

/**
 * Receives messages. What it is handed is the transport's own memory wherever that is possible: valid until it returns, read-only (one
 * store through a cast to Agrona's {@code MutableDirectBuffer} kills the JVM or damages what others read), and bytes outside the message
 * are other people's.
 */
@FunctionalInterface
public interface MessageHandler {
    /** One message, of 0 bytes or more. */
    void onMessage(DirectBuffer buffer, int offset, int length);
}
