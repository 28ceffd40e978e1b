package dev.slipring.cli.recording;

import java.io.IOException;

/** A file is no recording, or not all of one. What was read of it before is good. */
public final class RecordingDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    public RecordingDamaged(String message) {
        super(message);
    }
}
