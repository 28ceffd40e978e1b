package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import org.agrona.DirectBuffer;

/**
 * The one producer of a broadcast ring. Knows nothing of the readers, except of gated ones.
 *
 * <h2>Algorithm notes</h2>
 * As in {@link SpscProducer}, the header behind the last published record is zero at every instant, and the store of a header is what
 * publishes a record. What readers may lose is announced first: before anything within one lap behind a position is stored to, {@code
 * intent} is raised that far, in strides of a 64th of the ring, with a fence behind it. A reader that copied a record and then finds that
 * {@code intent} has not come within one lap of it has copied what was published. The zero header belongs to what is announced, as an old
 * record that turns into "nothing here" would hide a loss.
 *
 * <p>{@code intent} never goes back, not even in a new life of the producer. What the one before had announced it may have destroyed.
 *
 * <p>A new producer goes from the newest mark that is left to the zero header. The mark of a record is stored after its header; so the
 * records that a dead producer could not mark any more are behind the mark before.
 */
final class BroadcastProducer extends WaitingProducer implements Appender, Claim.Owner {
    /** No end of a record is permitted, so that the way of a message need not ask whether the ring is sealed. */
    private static final long NOTHING = Long.MIN_VALUE;

    private final Records records;
    private final Memory data;
    private final Memory words;
    private final Marks marks;
    private final Gates gates;
    private final StagedBatch batch;
    private final int capacity;
    private final int mask;

    /** End of what is published: here stands a zero header. */
    private long published;
    private long sequence;
    private long intent;
    /** As far as records and the zero header behind them may be stored without asking: {@code intent}, or less because of a gate. */
    private long permitted;
    /** The 64th of the ring that was marked last, counted through all laps. */
    private long markedSegment = -1;

    private Claim claim = new Claim();
    private int claimType;
    private int claimPadding;
    private boolean sealed;

    BroadcastProducer(Region region) {
        super(region);
        records = new Records("ring " + region.name(), region.header(), BroadcastDescriptor.HEADER_LENGTH);
        data = region.memory(Area.DATA);
        words = region.memory(Area.PRODUCER);
        gates = new Gates(region);
        capacity = records.capacity();
        mask = capacity - 1;
        marks = new Marks(words, capacity);
        batch = new StagedBatch(this, records);
        intent = words.getLong(BroadcastDescriptor.INTENT_OFFSET);
        records.requirePosition("intent", intent, region.header().initialPosition());
        words.putLongOpaque(BroadcastDescriptor.INTENT_OFFSET, intent);
        words.fullFence(); // as in isPermitted, where the one before may not have come that far
        recover(region.header().initialPosition());
    }

    /** Finds where the one before ended, and marks what it could not. */
    private void recover(long initialPosition) {
        long position = marks.last(intent - capacity);
        if (position == Marks.NONE) {
            long tail = words.getLong(BroadcastDescriptor.TAIL_OFFSET);
            if (tail != initialPosition || intent - initialPosition > capacity) {
                throw new RegionCorrupt("ring " + region.name() + " is damaged: expected a mark behind " + (intent - capacity)
                    + ", as its tail is at " + tail + ", found none; remove it and create it anew");
            }
            position = initialPosition;
        }
        while (true) {
            long header = data.getLong(offset(position));
            sealed = header == RecordDescriptor.SEAL;
            if (header == RecordDescriptor.EMPTY || sealed) {
                break;
            }
            int stride = records.lengthOf(header, position, data);
            if (RecordDescriptor.type(header) != RecordDescriptor.PADDING_TYPE) {
                sequence = data.getLong(offset(position) + BroadcastDescriptor.SEQUENCE_OFFSET) + 1;
                mark(position);
            }
            position += stride;
            if (position - intent >= 0) {
                throw new RegionCorrupt("ring " + region.name() + " is damaged: expected its last record before the intent, " + intent
                    + ", found one that ends at " + position + "; remove it and create it anew");
            }
        }
        published = position;
        permitted = sealed ? NOTHING : position;
        words.putLongRelease(BroadcastDescriptor.TAIL_OFFSET, position);
    }

    @Override
    public int maxMessageLength() {
        return records.maxMessageLength();
    }

    @Override
    public long offer(int type, DirectBuffer source, int offset, int length) {
        requireState(false);
        records.requireMessage(type, length);
        source.boundsCheck(offset, length);
        try {
            int stride = records.stride(length);
            int padding = paddingBefore(stride);
            if (!hasRoom(padding + stride)) {
                return refusal();
            }
            int start = offset(published + padding);
            data.putLong(offset(published + padding + stride), RecordDescriptor.EMPTY);
            data.putLong(start + BroadcastDescriptor.SEQUENCE_OFFSET, sequence);
            data.copyIn(start + BroadcastDescriptor.HEADER_LENGTH, source, offset, length);
            return publish(RecordDescriptor.header(length + BroadcastDescriptor.HEADER_LENGTH, type), padding, stride, 1);
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
    }

    @Override
    public long tryClaim(int type, int length, Claim newClaim) {
        requireState(false);
        records.requireMessage(type, length);
        if (newClaim.isOpen()) {
            throw new IllegalStateException("the claim is open already: commit or abort it first");
        }
        try {
            int stride = records.stride(length);
            int padding = paddingBefore(stride);
            if (!hasRoom(padding + stride)) {
                return refusal();
            }
            region.checkOpen();
            claim = newClaim;
            claimType = type;
            claimPadding = padding;
            data.putLong(offset(published + padding + stride), RecordDescriptor.EMPTY); // early: its line is on its way meanwhile
            data.wrap(newClaim.open(this), offset(published + padding) + BroadcastDescriptor.HEADER_LENGTH, length);
            return published + padding + stride;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    @Override
    public Batch batch() {
        requireState(false);
        region.checkOpen();
        return batch.open();
    }

    @Override
    public long position() {
        return published;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    /** As in {@link SpscProducer#seal}; that readers may lose what stood there before is announced already. */
    @Override
    public long seal() {
        requireState(false);
        if (sealed) {
            region.checkOpen();
            return SEALED;
        }
        try {
            data.putLongRelease(offset(published), RecordDescriptor.SEAL); // pairs with: BroadcastCursor.lookForNext, recover
            sealed = true;
            permitted = NOTHING;
            wakeConsumer();
            region.checkOpen(); // after the last store
            return published;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    @Override
    public void commit(int length) {
        try {
            int stride = records.stride(length);
            if (length < claim.length()) { // the zero behind the whole claim is too far
                data.putLong(offset(published + claimPadding + stride), RecordDescriptor.EMPTY);
            }
            data.putLong(offset(published + claimPadding) + BroadcastDescriptor.SEQUENCE_OFFSET, sequence);
            publish(RecordDescriptor.header(length + BroadcastDescriptor.HEADER_LENGTH, claimType), claimPadding, stride, 1);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    @Override
    public void abort() {
        // a zero header stands where the record would have begun
    }

    @Override
    public long append(long header, DirectBuffer source, int offset, int length, int messages) {
        try {
            int stride = RecordDescriptor.align(length + RecordDescriptor.HEADER_LENGTH, BroadcastDescriptor.ALIGNMENT);
            int padding = paddingBefore(stride);
            if (!hasRoom(padding + stride)) {
                return refusal();
            }
            data.putLong(offset(published + padding + stride), RecordDescriptor.EMPTY);
            data.copyIn(offset(published + padding) + RecordDescriptor.HEADER_LENGTH, source, offset, length);
            return publish(header, padding, stride, messages);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** Makes visible, with one store, what was written behind the header at {@code published}, or behind the padding that stands there. */
    private long publish(long header, int padding, int stride, int messages) {
        long start = published + padding;
        if (padding == 0) {
            data.putLongRelease(offset(start), header); // pairs with: BroadcastCursor.receiveNext, recover
        } else {
            data.putLong(offset(start), header);
            data.putLongRelease(offset(published), RecordDescriptor.header(padding, RecordDescriptor.PADDING_TYPE)); // likewise
        }
        published = start + stride;
        sequence += messages;
        mark(start);
        words.putLongRelease(BroadcastDescriptor.TAIL_OFFSET, published); // pairs with: BroadcastCursor.join
        wakeConsumer();
        region.checkOpen(); // after the last store: see Region, "closing under load"
        return published;
    }

    private void mark(long start) {
        long segment = marks.segment(start);
        if (segment != markedSegment) {
            markedSegment = segment;
            marks.store(words, start);
        }
    }

    private int paddingBefore(int stride) {
        int toEnd = capacity - offset(published);
        return stride <= toEnd ? 0 : toEnd;
    }

    /** Whether so many bytes and a zero header behind them may be stored to. */
    private boolean hasRoom(int distance) {
        long end = published + distance + BroadcastDescriptor.ALIGNMENT;
        return end <= permitted || isPermitted(end);
    }

    private boolean isPermitted(long end) {
        if (sealed) {
            return false;
        }
        if (end > intent) {
            if (end - capacity > gates.lowest()) {
                return false; // so nothing is announced, and readers lose nothing, for a message that is refused
            }
            int stride = marks.segmentLength();
            intent = (end + stride - 1) / stride * stride;
            words.putLongOpaque(BroadcastDescriptor.INTENT_OFFSET, intent);
            words.fullFence(); // before what is overwritten, pairs with: BroadcastCursor.isRetained; and before the gates, with: raiseGate
        }
        long lowest = gates.lowest();
        permitted = lowest < intent - capacity ? lowest + capacity : intent;
        return end <= permitted;
    }

    private long refusal() {
        region.checkOpen();
        if (sealed) {
            return SEALED;
        }
        consumers.fruitless(); // counts those who died, so that their gates hold nobody up
        return full(published);
    }

    private int offset(long position) {
        return (int) position & mask;
    }

    private void requireState(boolean inBatch) {
        if (claim.isOpenFor(this)) {
            throw new IllegalStateException("a claim is open: commit or abort it first");
        }
        batch.requireState(inBatch);
    }
}
