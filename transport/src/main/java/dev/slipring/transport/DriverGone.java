package dev.slipring.transport;

import org.jspecify.annotations.Nullable;

/** The media driver died or was closed, and with it all that was under way. Close the {@link Transport} and open another. */
public final class DriverGone extends TransportException {
    private static final long serialVersionUID = 1L;

    DriverGone(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
