package dev.slipring.transport;

import org.jspecify.annotations.Nullable;

/** The media driver refused a channel: no room for its buffers, an address in use, parameters that contradict those of others. */
public final class ChannelRefused extends TransportException {
    private static final long serialVersionUID = 1L;

    ChannelRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
