package dev.slipring.transport;

/** What the URI asks for is there already, but is not as the URI says. */
public final class ChannelMismatch extends TransportException {
    private static final long serialVersionUID = 1L;

    ChannelMismatch(String message) {
        super(message, null);
    }
}
