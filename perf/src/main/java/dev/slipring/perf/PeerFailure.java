package dev.slipring.perf;

/** A candidate's processes did not start, or did not do what they should; the message says which and why. The others go on. */
final class PeerFailure extends Exception {
    private static final long serialVersionUID = 1;

    PeerFailure(String message) {
        super(message);
    }
}
