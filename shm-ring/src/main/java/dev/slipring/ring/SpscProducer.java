package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.PeerWatch;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import org.agrona.DirectBuffer;

/**
 * The one producer of an SPSC ring.
 *
 * <h2>Algorithm notes</h2>
 * Invariant: <em>the header behind the last published record is zero at every instant.</em> A publish first writes everything it makes
 * visible except its first header (payloads, inner headers of a batch, padding), makes sure that the header behind its last record is
 * zero, and then stores its first header with release. That one store makes all of it visible or, if it is never made, none of it: a
 * consumer stops at the zero that still stands there. Stale headers and payloads of earlier laps further on are harmless, since nobody
 * walks past the zero. Because the producer itself zeroes ahead, the consumer stores to no data line at all, and a line goes from one
 * processor to the other once per lap instead of three times. Zeroing needs room, so free space is record + padding + one header.
 *
 * <p>That zero belongs to another cache line than the message, and a processor makes its stores visible in order: zeroing just before the
 * release would delay the message by a line's transfer. So it is zeroed as early as can be: at the reservation, before the payload is
 * written, or, after a small publish, one more header ahead, where the next record ends if it is as long. A reservation that reaches
 * beyond the header zeroed ahead may write payload over it, so it zeroes another; whether the record is then committed shorter, or not at
 * all, does not matter.
 *
 * <p>The producer loads one shared word only when its last known head leaves no room: {@code head}, with acquire, so that the consumer's
 * loads of the records before it are done before they are overwritten.
 *
 * <p>The idea to let the length be the flag and to zero one header ahead is that of Agrona's OneToOneRingBuffer; holding back the first
 * header of a batch is that of FastForward-like queues turned into an all-or-nothing publish.
 */
final class SpscProducer extends WaitingProducer implements Claim.Owner {
    private static final int CACHE_LINE_LENGTH = 64;

    private final Records records;
    private final Memory data;
    private final Memory producerWords;
    private final ReadMemory consumerWords;
    private final int capacity;
    private final int mask;
    private final SpscBatch batch = new SpscBatch(this);

    /** End of what is published: here stands a zero header. */
    private long published;
    private long sequence;
    private long lastKnownHead;
    /** So many bytes beyond {@code published} stands a header that is known to be zero; 0 when there is none. */
    private int zeroedAhead;

    private boolean batching;
    /** Bytes and messages beyond {@code published} that the batch holds back, and the header that belongs at {@code published}. */
    private int held;
    private int heldMessages;
    private long heldHeader;

    /** The last one that was made, open or not. Its fields are stored to only when they change, as each store delays the messages'. */
    private Claim claim = new Claim();
    private int claimType;
    private int claimPadding;
    private boolean sealed;

    SpscProducer(Region region) {
        super(region);
        records = new Records("ring " + region.name(), region.header());
        data = region.memory(Area.DATA);
        producerWords = region.memory(Area.PRODUCER);
        consumerWords = region.view(Area.CONSUMER);
        capacity = records.capacity();
        mask = capacity - 1;
        var checkpoint = Checkpoint.load(region.view(Area.CHECKPOINTS));
        records.requirePosition("checkpoint", checkpoint.position(), region.header().initialPosition());
        var recovery = SpscRecovery.walk(records, data, checkpoint);
        published = recovery.position();
        sequence = recovery.sequence();
        lastKnownHead = checkpoint.position();
        producerWords.putLongRelease(SpscDescriptor.POSITION_OFFSET, published);
        if (recovery.sealed()) {
            refuseFromNowOn();
        }
    }

    @Override
    public int maxMessageLength() {
        return records.maxMessageLength();
    }

    @Override
    public long offer(int type, DirectBuffer source, int offset, int length) {
        requireState(false);
        return append(type, source, offset, length);
    }

    @Override
    public long tryClaim(int type, int length, Claim newClaim) {
        requireState(false);
        return reserve(type, length, newClaim);
    }

    @Override
    public Batch batch() {
        requireState(false);
        region.checkOpen();
        batching = true;
        return batch;
    }

    /** The seal takes the place of the zero header behind the last published record, which there is always room for. */
    @Override
    public long seal() {
        requireState(false);
        if (sealed) {
            region.checkOpen();
            return SEALED;
        }
        try {
            data.putLongRelease(offset(published), RecordDescriptor.SEAL); // pairs with: SpscConsumer.look, SpscRecovery.walk
            refuseFromNowOn();
            wakeConsumer();
            region.checkOpen(); // after the last store
            return published;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** There seems to be no room at all, so that the way of a message need not ask whether the ring is sealed. */
    private void refuseFromNowOn() {
        sealed = true;
        lastKnownHead = published - capacity;
    }

    @Override
    public long position() {
        return published;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    long append(int type, DirectBuffer source, int offset, int length) {
        records.requireMessage(type, length);
        source.boundsCheck(offset, length);
        try {
            int stride = records.stride(length);
            int padding = paddingBefore(stride);
            if (!hasRoom(held + padding + stride)) {
                return refusal(held + padding + stride);
            }
            zeroBehind(held + padding + stride);
            data.copyIn(offset(published + held + padding) + RecordDescriptor.HEADER_LENGTH, source, offset, length);
            return finish(type, length, padding);
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
    }

    long reserve(int type, int length, Claim newClaim) {
        records.requireMessage(type, length);
        if (newClaim.isOpen()) {
            throw new IllegalStateException("the claim is open already: commit or abort it first");
        }
        int stride = records.stride(length);
        int padding = paddingBefore(stride);
        if (!hasRoom(held + padding + stride)) {
            return refusal(held + padding + stride);
        }
        region.checkOpen();
        try {
            zeroBehind(held + padding + stride);
        } catch (InternalError e) {
            throw region.fault(e);
        }
        if (claim != newClaim) {
            claim = newClaim;
        }
        if (claimType != type) {
            claimType = type;
        }
        if (claimPadding != padding) {
            claimPadding = padding;
        }
        long start = published + held + padding;
        data.wrap(newClaim.open(this), offset(start) + RecordDescriptor.HEADER_LENGTH, length);
        return start + stride;
    }

    @Override
    public void commit(int length) {
        try {
            finish(claimType, length, claimPadding);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    @Override
    public void abort() {
        // nothing was stored but payload behind the zero header
    }

    private int offset(long position) {
        return (int) position & mask;
    }

    /** Padding needed so that a record of this stride does not wrap. */
    private int paddingBefore(int stride) {
        int toEnd = capacity - offset(published + held);
        return stride <= toEnd ? 0 : toEnd;
    }

    /** Puts the header of a record whose payload is written, and publishes unless a batch holds it back. */
    private long finish(int type, int length, int padding) {
        long header = RecordDescriptor.header(length + RecordDescriptor.HEADER_LENGTH, type);
        int stride = records.stride(length);
        if (batching) {
            return hold(header, padding, stride);
        }
        if (padding == 0) {
            return publish(header, stride, 1);
        }
        data.putLong(offset(published + padding), header);
        return publish(RecordDescriptor.header(padding, RecordDescriptor.PADDING_TYPE), padding + stride, 1);
    }

    private long hold(long header, int padding, int stride) {
        if (padding > 0) {
            putHeld(held, RecordDescriptor.header(padding, RecordDescriptor.PADDING_TYPE));
        }
        putHeld(held + padding, header);
        held += padding + stride;
        heldMessages++;
        region.checkOpen();
        return published + held;
    }

    private void putHeld(int distance, long header) {
        if (distance == 0) {
            heldHeader = header;
        } else {
            data.putLong(offset(published + distance), header);
        }
    }

    long publishBatch() {
        requireState(true);
        if (held == 0) {
            region.checkOpen();
            return published;
        }
        int length = held;
        int messages = heldMessages;
        held = 0;
        heldMessages = 0;
        return publish(heldHeader, length, messages);
    }

    /** Makes {@code length} bytes of records visible by storing their first header. */
    private long publish(long header, int length, int messages) {
        var words = data; // in a local: after an ordered access the compiler loads fields again
        int start = offset(published);
        long end = published + length;
        int predicted = predict(end, length);
        if (length != zeroedAhead) {
            // First zero, then publish: whoever reads the published records stops behind them. Plain, as the release orders it.
            words.putLong(offset(end), RecordDescriptor.EMPTY);
        }
        if (zeroedAhead != predicted) {
            zeroedAhead = predicted;
        }
        published = end;
        sequence += messages;
        words.putLongRelease(start, header); // pairs with: SpscConsumer.look, SpscRecovery.walk
        if (predicted != 0) {
            words.putLong(offset(end + predicted), RecordDescriptor.EMPTY);
        }
        producerWords.putLongRelease(SpscDescriptor.POSITION_OFFSET, end);
        wakeConsumer();
        region.checkOpen(); // after the last store: see Region, "closing under load"
        return end;
    }

    /**
     * How far beyond {@code end} to zero ahead: to where the next publish ends, if it is as long as this one, within one line, and there is
     * room for its zero header without asking. Of a longer one the lines are stored to in ascending order, the zero's last, which the
     * processor foresees better than a jump ahead.
     */
    private int predict(long end, int length) {
        return length <= CACHE_LINE_LENGTH && end + length + RecordDescriptor.HEADER_LENGTH - lastKnownHead <= capacity ? length : 0;
    }

    /**
     * What is reserved up to this distance may be written to, and so may a header within. The header behind it is zeroed at once, so that
     * its line is on its way while the payload is written; in a batch the next header takes its place.
     */
    private void zeroBehind(int distance) {
        if (distance > zeroedAhead) {
            if (batching) {
                zeroedAhead = 0;
            } else {
                data.putLong(offset(published + distance), RecordDescriptor.EMPTY);
                zeroedAhead = distance;
            }
        }
    }

    void discardBatch() {
        if (!batching) {
            return;
        }
        if (claim.isOpenFor(this)) {
            claim.abort();
        }
        held = 0;
        heldMessages = 0;
        batching = false;
    }

    /** Whether a record may end so far beyond {@code published}: it needs room for one header more. */
    private boolean hasRoom(int distance) {
        return published + distance + RecordDescriptor.HEADER_LENGTH - lastKnownHead <= capacity || hasRoomByNow(distance);
    }

    private boolean hasRoomByNow(int distance) {
        if (sealed) {
            return false;
        }
        long head = consumerWords.getLongAcquire(SpscDescriptor.HEAD_OFFSET); // pairs with: SpscConsumer.release
        if (head - lastKnownHead < 0 && lastKnownHead - head <= capacity) {
            head = lastKnownHead; // a consumer that died or stands still between checkpoint and head: the checkpoint we started from holds
        }
        if (published - head < 0 || published - head > capacity) {
            region.checkOpen(); // a closed region reads as zeros
            throw new RegionCorrupt("ring " + region.name() + " is damaged: expected a head in " + (published - capacity) + "…"
                + published + ", found " + head + "; stop its consumer, remove it and create it anew");
        }
        lastKnownHead = head;
        return published + distance + RecordDescriptor.HEADER_LENGTH - head <= capacity;
    }

    private long refusal(int distance) {
        region.checkOpen();
        if (sealed) {
            return SEALED;
        }
        if (held > 0) {
            return full(published + held); // the consumer cannot make room for what it has not been given
        }
        if (consumers.fruitless() == PeerWatch.Peer.EXPECTED) {
            return full(published);
        }
        long before = lastKnownHead; // look again: the last of them may have read on before it left
        return hasRoomByNow(distance) || lastKnownHead != before ? full(published) : NO_CONSUMER;
    }

    /** Not {@code inBatch} for the producer's own calls, {@code inBatch} for those of its batch. */
    void requireState(boolean inBatch) {
        if (batching != inBatch || claim.isOpenFor(this)) {
            throw inTheWay(inBatch);
        }
    }

    private IllegalStateException inTheWay(boolean inBatch) {
        if (claim.isOpenFor(this)) {
            return new IllegalStateException("a claim is open: commit or abort it first");
        }
        return new IllegalStateException(inBatch ? "the batch was closed: begin another"
            : "a batch is open: go through it, or close it first");
    }
}
