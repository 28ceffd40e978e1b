package dev.slipring.ring;

import org.agrona.DirectBuffer;

/** Receives messages and says how to go on after each. Otherwise as {@link MessageHandler}. */
@FunctionalInterface
public interface ControlledMessageHandler {
    /** How to go on. */
    enum Action {
        /** Consumed; deliver the next. */
        CONTINUE,
        /** Consumed; stop. */
        BREAK,
        /** Consumed, with all before it: let the producer have the space at once, then deliver the next. */
        COMMIT,
        /** Not consumed: stop, and deliver it again at the next poll. */
        ABORT
    }

    /** One message; parameters as in {@link MessageHandler#onMessage}. */
    Action onMessage(int type, DirectBuffer buffer, int offset, int length);
}
