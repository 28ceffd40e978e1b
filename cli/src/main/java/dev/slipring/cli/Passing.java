package dev.slipring.cli;

import dev.slipring.ring.BroadcastHandler;
import org.agrona.DirectBuffer;

/** Lets every message pass: how many they were, the view's sequence says. Counts what was lost. */
final class Passing implements BroadcastHandler {
    private long lost;

    @Override
    public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
        // its sequence is all that counts
    }

    @Override
    public void onGap(long first, long last) {
        lost += last - first + 1;
    }

    /** How many were told as gaps. */
    long lost() {
        return lost;
    }
}
