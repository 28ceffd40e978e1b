package dev.slipring.cli;

import java.io.IOException;

/** A file is no recording, or not all of one. What was read of it before is good. */
final class RecordingDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    RecordingDamaged(String message) {
        super(message);
    }
}
