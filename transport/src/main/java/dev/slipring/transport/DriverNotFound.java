package dev.slipring.transport;

import org.jspecify.annotations.Nullable;

/** There is no media driver to be had: none runs where one was expected, or one runs where it was not. */
public final class DriverNotFound extends TransportException {
    private static final long serialVersionUID = 1L;

    DriverNotFound(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
