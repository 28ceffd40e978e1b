package dev.slipring.transport;

import org.jspecify.annotations.Nullable;

/**
 * What can go wrong with a transport, beside the {@link dev.slipring.core.SlipringException}s of the regions that lie under some. A message
 * says what was expected, what was found, and the next step. Expected flow (full, not connected, closed) is a return value and never one of
 * these; mistakes of the caller are {@link IllegalArgumentException} or {@link IllegalStateException}.
 */
public abstract sealed class TransportException extends RuntimeException
    permits ChannelMismatch, ChannelRefused, ClientTimedOut, DriverGone, DriverNotFound {

    private static final long serialVersionUID = 1L;

    TransportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
