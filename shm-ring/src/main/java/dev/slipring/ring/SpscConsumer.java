package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;

/**
 * The one consumer of an SPSC ring. It maps the data read-only.
 *
 * <h2>Algorithm notes</h2>
 * It loads the header at its position with acquire; when that is not zero, the payload, and every record of the same batch, is visible.
 * Each header is loaded once and checked before it is used. Space is released in three stores: the checkpoint's unused cell, the
 * checkpoint's index, then {@code head} with release, which is the only word the producer goes by: it comes last, so the space of a message
 * is never given away before the checkpoint has moved past it, and a consumer that takes over never starts in overwritten records. Killed
 * in between, the successor starts at the checkpoint and stores {@code head} again.
 */
final class SpscConsumer extends PollingConsumer {
    private final ReadMemory data;
    private boolean atSeal;

    SpscConsumer(Region region, ConsumerOptions options) {
        super(region, region.view(Area.DATA), options);
        data = region.view(Area.DATA);
        giveBack(); // the one before may have died just before this store
    }

    @Override
    long look() {
        int offset = offset(position);
        long header = data.getLongAcquire(offset); // pairs with: SpscProducer.publish
        if (header > 0 && isInBounds(header, offset)) {
            return header;
        }
        return header == RecordDescriptor.EMPTY ? header : lookCloser(header);
    }

    private long lookCloser(long header) {
        atSeal = header == RecordDescriptor.SEAL;
        return atSeal ? RecordDescriptor.EMPTY : lookBehindPadding(header);
    }

    /** Goes over padding, which is published together with the record behind it; throws when it is none. */
    private long lookBehindPadding(long header) {
        position += records.lengthOf(header, position, data);
        return look(); // at offset 0, where no padding is believed: it would be longer than any record
    }

    @Override
    void giveBack() {
        consumerWords.putLongRelease(SpscDescriptor.HEAD_OFFSET, position); // pairs with: SpscProducer.hasRoomByNow
        wakeProducers();
    }

    @Override
    boolean isAtSeal() {
        return atSeal; // for good, once it is true
    }

    @Override
    boolean isHeldUp() {
        return false;
    }

    @Override
    void letGoOfTheDead() {
        // nobody holds it up
    }
}
