package dev.slipring.perf.candidate;

import org.agrona.DirectBuffer;

/** What a loop does with a message, in place. */
public interface Receiver {
    /** One message. */
    void onMessage(DirectBuffer buffer, int offset, int length);
}
