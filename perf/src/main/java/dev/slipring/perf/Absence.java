package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;

/**
 * A candidate that was asked for and has no {@link Series}, and why.
 *
 * @param cause  whether it was expected
 * @param reason for people
 */
record Absence(Mode mode, int size, String candidate, Cause cause, String reason) {
    /** Whether it was expected. */
    enum Cause {
        /** It cannot be measured so. */
        NOT_SUPPORTED("not supported"),
        /** It should have been, and failed. */
        FAILED("failed");

        private final String title;

        Cause(String title) {
            this.title = title;
        }
    }

    String line() {
        return candidate + ": " + cause.title + ": " + reason;
    }
}
