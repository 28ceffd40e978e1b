package dev.slipring.seqlock;

import dev.slipring.core.Room;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A value in the making, in the slot itself: an encoder writes straight to where readers will find it.
 *
 * <pre>{@code
 * try (SlotUpdate update = writer.begin()) {
 *     encoder.wrap(update.buffer(), 0).price(42);
 *     update.sourceTime(exchangeTime).publish(encoder.encodedLength());
 * }
 * }</pre>
 */
public final class SlotUpdate implements AutoCloseable {
    private final SlotWriter writer;
    private final Room buffer = new Room(this);
    private boolean open;
    private long sourceTime;
    private long contextVersion;
    private long ringSequence;

    SlotUpdate(SlotWriter writer) {
        this.writer = writer;
    }

    UnsafeBuffer open() {
        open = true;
        sourceTime = 0;
        contextVersion = 0;
        ringSequence = -1;
        return buffer;
    }

    /** False when it was published or abandoned, or, from a shared writer, another one has the slot. */
    public boolean isOpen() {
        return open;
    }

    /**
     * The room for the value, from 0 to {@link SlotWriter#maxLength()}; nothing outside it can be reached. Its content is undefined until
     * it is written. It is not this writer's any more once the update is published or abandoned: do not keep it.
     *
     * @throws IllegalStateException when the update is not open
     */
    public MutableDirectBuffer buffer() {
        requireOpen();
        return buffer;
    }

    /** When what the value says was so, by the source's own clock; does not decrease. 0 if never set. */
    public SlotUpdate sourceTime(long time) {
        sourceTime = time;
        return this;
    }

    /** What the value was made under, such as a calibration's version. 0 if never set. */
    public SlotUpdate contextVersion(long version) {
        contextVersion = version;
        return this;
    }

    /** First message of a ring that the value does not contain. -1, for none, if never set. */
    public SlotUpdate ringSequence(long sequence) {
        ringSequence = sequence;
        return this;
    }

    /**
     * Makes the first bytes of the buffer the newest value.
     *
     * @param length 0…{@link SlotWriter#maxLength()}
     * @return its version
     * @throws IllegalArgumentException     when the length is outside its range; the update stays open
     * @throws IllegalStateException        when the update is not open, or the writer's handle is closed
     * @throws dev.slipring.core.RegionLost when the file was cut short
     */
    public long publish(int length) {
        writer.requireLength(length);
        requireOpen();
        open = false;
        return writer.publish(length, sourceTime, contextVersion, ringSequence);
    }

    /** Abandons the value when it was not published. */
    @Override
    public void close() {
        if (open) {
            open = false;
            writer.abandon();
        }
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the update is not open: it was published or abandoned, or another writer has the slot");
        }
    }
}
