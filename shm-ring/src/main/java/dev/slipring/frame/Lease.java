package dev.slipring.frame;

import java.util.Objects;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed frame. Reusable; to be used as a resource. FFmpeg: an {@code AVBufferRef}, to be unreferenced when done.
 *
 * <pre>{@code
 * if (consumer.next(lease) == Delivery.FRAME) {
 *     try (lease) {
 *         show(lease.buffer(), lease.format());
 *     }
 * }
 * }</pre>
 *
 * <p>Threads: that of its consumer. What it says of the frame may be read until the next use, also after {@link #close}; {@link #buffer}
 * may not.
 */
public final class Lease implements AutoCloseable {
    private @Nullable FrameConsumer owner;
    private @Nullable DirectBuffer buffer;
    private @Nullable FrameFormat format;
    private int frame;
    private int index;
    private boolean open;
    private int formatEpoch;
    private long sequence;
    private long missed;
    private long capturedNs;
    private long publishedNs;
    private int bytes;

    /** A lease of nothing, to be filled in by {@link FrameConsumer#next(Lease)} or {@link FrameConsumer#latest}. */
    public Lease() {
        // nothing to do
    }

    void fill(FrameConsumer newOwner, int itsFrame, int itsIndex, DirectBuffer content, FrameFormat itsFormat, int itsEpoch) {
        owner = newOwner;
        frame = itsFrame;
        index = itsIndex;
        buffer = content;
        format = itsFormat;
        formatEpoch = itsEpoch;
    }

    void describe(long itsSequence, long missedBefore, long captured, long published, int length) {
        sequence = itsSequence;
        missed = missedBefore;
        capturedNs = captured;
        publishedNs = published;
        bytes = length;
    }

    /** Last of all: a call that is cut off leases nothing. */
    void open() {
        open = true;
    }

    /** Whether there is a frame in hand. */
    public boolean isOpen() {
        return open;
    }

    /**
     * The frame, mapped read-only: a store kills the JVM. The first {@link #bytes()} count. It may be written anew once the lease is
     * closed: do not keep it.
     *
     * @throws IllegalStateException when the lease is not open
     */
    public DirectBuffer buffer() {
        if (!open) {
            throw notOpen();
        }
        return Objects.requireNonNull(buffer);
    }

    /** What stands in the frame. The same object as long as the {@link #formatEpoch()} is the same. */
    public FrameFormat format() {
        if (format == null) {
            throw notOpen();
        }
        return format;
    }

    /** Moves when the stream changes its format, also from one producer to the next. */
    public int formatEpoch() {
        return formatEpoch;
    }

    /** Bytes of the frame. */
    public int bytes() {
        return bytes;
    }

    /** Which frame of the stream it is, from 0. */
    public long sequence() {
        return sequence;
    }

    /** How many frames between the one delivered before and this one were dropped. */
    public long missed() {
        return missed;
    }

    /** When it was captured, by its producer's clock, in nanoseconds. */
    public long capturedNs() {
        return capturedNs;
    }

    /** When it was published: {@link System#nanoTime} of its producer, comparable with that of all processes on this machine. */
    public long publishedNs() {
        return publishedNs;
    }

    /** Gives the frame back. Idempotent. */
    @Override
    public void close() {
        if (open) {
            open = false;
            Objects.requireNonNull(owner).release(frame, index);
        }
    }

    private static IllegalStateException notOpen() {
        return new IllegalStateException("the lease is not open: it was closed already, or never made");
    }
}
