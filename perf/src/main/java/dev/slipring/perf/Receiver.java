package dev.slipring.perf;

import org.agrona.DirectBuffer;

/** What a loop does with a message, in place. */
interface Receiver {
    /** One message. */
    void onMessage(DirectBuffer buffer, int offset, int length);
}
