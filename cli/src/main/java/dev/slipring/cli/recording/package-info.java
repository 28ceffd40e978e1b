/**
 * The file that {@code record} writes and {@code replay} reads: {@link dev.slipring.cli.recording.RecordingDescriptor} is its layout
 * (docs/recording.md). Knows nothing of verbs.
 */
@NullMarked
package dev.slipring.cli.recording;

import org.jspecify.annotations.NullMarked;
