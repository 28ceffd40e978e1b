package dev.slipring.frame;

import java.util.Objects;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A frame to be written in place and then published. Reusable; to be used as a resource: leaving without publishing discards.
 *
 * <pre>{@code
 * if (producer.tryLoan(format, loan)) {
 *     try (loan) {
 *         draw(loan.buffer());
 *         loan.publish(captureTimeNs);
 *     }
 * }
 * }</pre>
 */
public final class Loan implements AutoCloseable {
    private @Nullable FrameProducer owner;
    private @Nullable MutableDirectBuffer buffer;
    private @Nullable FrameFormat format;
    private boolean open;

    /** A loan of nothing, to be filled in by {@link FrameProducer#tryLoan}. */
    public Loan() {
        // nothing to do
    }

    void open(FrameProducer newOwner, MutableDirectBuffer room, FrameFormat newFormat) {
        owner = newOwner;
        buffer = room;
        format = newFormat;
        open = true;
    }

    boolean isOpen() {
        return open;
    }

    /**
     * The frame, from 0 to the {@link FrameFormat#bytes() bytes} of its format; nothing outside it can be reached. Its content is undefined
     * until it is written. It is the pool's again once the loan is published or discarded: do not keep it.
     *
     * @throws IllegalStateException when the loan is not open
     */
    public MutableDirectBuffer buffer() {
        requireOpen();
        return Objects.requireNonNull(buffer);
    }

    /** What will stand there. */
    public FrameFormat format() {
        requireOpen();
        return Objects.requireNonNull(format);
    }

    /** Publishes the frame, captured now. */
    public void publish() {
        publish(System.nanoTime());
    }

    /**
     * Publishes the frame: consumers may lease it from now on.
     *
     * @param capturedNs when it was captured, by whatever clock the producer and its consumers agree on
     */
    public void publish(long capturedNs) {
        publish(capturedNs, format().bytes());
    }

    /**
     * Publishes a frame that is shorter than its format says, as compressed ones are.
     *
     * @param bytes 1 … the bytes of the format
     */
    public void publish(long capturedNs, int bytes) {
        var what = format();
        if (bytes < 1 || bytes > what.bytes()) {
            throw new IllegalArgumentException("bytes=" + bytes + " is outside 1…" + what.bytes() + ", what the format says");
        }
        open = false;
        Objects.requireNonNull(owner).publish(what, capturedNs, bytes);
    }

    /** Gives the frame back; nothing was published. */
    public void discard() {
        requireOpen();
        open = false;
        Objects.requireNonNull(owner).discard();
    }

    /** Discards when the loan is still open. */
    @Override
    public void close() {
        if (open) {
            discard();
        }
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the loan is not open: it was published or discarded already, or never made");
        }
    }
}
