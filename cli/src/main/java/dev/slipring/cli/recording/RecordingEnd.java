package dev.slipring.cli.recording;

/** Why a recording ended. The number is part of the layout. */
public enum RecordingEnd {
    /** It was interrupted. */
    INTERRUPTED,
    /** As many messages as wanted. */
    COUNT,
    /** As long as wanted. */
    TIME,
    /** The stream was sealed. */
    SEALED,
    /** The producers left in order. */
    CLOSED,
    /** The producer died. */
    DEAD
}
