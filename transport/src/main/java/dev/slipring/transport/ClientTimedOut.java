package dev.slipring.transport;

import org.jspecify.annotations.Nullable;

/**
 * This process did not run for so long that the media driver has given it up, and dropped its publications and subscriptions. Close the
 * {@link Transport} and open another.
 */
public final class ClientTimedOut extends TransportException {
    private static final long serialVersionUID = 1L;

    ClientTimedOut(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
