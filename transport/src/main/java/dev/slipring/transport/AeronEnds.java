package dev.slipring.transport;

import io.aeron.Image;

/** Remembers how the publishers of a subscription ended. Written by the client's thread. */
final class AeronEnds {
    private volatile int last = Subscription.EMPTY;

    void onAvailable(Image image) {
        last = Subscription.EMPTY;
    }

    /** A publisher that Aeron has heard the end of has left, or was given up by its own driver; one that only fell silent was lost. */
    void onUnavailable(Image image) {
        last = image.isEndOfStream() ? Subscription.CLOSED : Subscription.PUBLISHER_DEAD;
    }

    /** What there is to say when no image is there. */
    int last() {
        return last;
    }
}
