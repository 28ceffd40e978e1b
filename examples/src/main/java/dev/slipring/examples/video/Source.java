package dev.slipring.examples.video;

import java.io.IOException;
import org.agrona.MutableDirectBuffer;

/** Where the camera's pictures come from. */
interface Source extends AutoCloseable {
    /** Writes the next picture in place; returns false when there are no more. */
    boolean fill(MutableDirectBuffer frame, long number, long capturedNs) throws IOException;

    /** Whether it draws a {@link BarCode}. */
    boolean hasBarCode();

    @Override
    void close() throws IOException;
}
