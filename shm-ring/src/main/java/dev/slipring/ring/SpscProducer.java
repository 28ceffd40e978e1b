package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.Role;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

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
 * release would delay a small message by a line's transfer. So after a small publish the producer zeroes one more header ahead, where the
 * next record ends if it is as long. If it does end there, its publish finds the zero in place. A reservation that reaches beyond that
 * header may write payload over it, so it forgets the prediction; whether the record is then committed shorter, or not at all, does not
 * matter.
 *
 * <p>The producer loads one shared word only when its last known head leaves no room: {@code head}, with acquire, so that the consumer's
 * loads of the records before it are done before they are overwritten.
 *
 * <p>The idea to let the length be the flag and to zero one header ahead is that of Agrona's OneToOneRingBuffer; holding back the first
 * header of a batch is that of FastForward-like queues turned into an all-or-nothing publish.
 */
final class SpscProducer implements RingProducer, Claim.Owner {
    private static final long NOWHERE = -1;
    private static final int CACHE_LINE_LENGTH = 64;
    private static final int IDLE = 0;
    static final int BATCHING = 1;
    private static final int CLAIMING = 2;

    private final Region region;
    private final Records records;
    private final Memory data;
    private final Memory producerWords;
    private final ReadMemory consumerWords;
    private final PeerWatch consumers;
    private final SpscBatch batch = new SpscBatch(this);

    /** End of what is published: here stands a zero header. */
    private long published;
    /** Where the next record goes; beyond {@code published} only within a batch. */
    private long next;
    /** The header that belongs at {@code published} and is stored last. */
    private long firstHeader;
    /** A position beyond {@code published} whose header is known to be zero, or {@link #NOWHERE}. */
    private long zeroed = NOWHERE;
    private long sequence;
    private int pending;
    private long lastKnownHead;
    /** Bits: {@link #BATCHING}, {@link #CLAIMING}. */
    private int state = IDLE;
    private @Nullable Claim claim;
    private int claimType;
    private int claimPadding;

    SpscProducer(Region region) {
        this.region = region;
        records = new Records("ring " + region.name(), region.header());
        data = region.memory(Area.DATA);
        producerWords = region.memory(Area.PRODUCER);
        consumerWords = region.view(Area.CONSUMER);
        consumers = new PeerWatch(region, Role.CONSUMER);
        var checkpoint = Checkpoint.load(region.view(Area.CHECKPOINTS));
        records.requirePosition("checkpoint", checkpoint.position(), region.header().initialPosition());
        var recovery = SpscRecovery.walk(records, data, checkpoint);
        published = recovery.position();
        next = published;
        sequence = recovery.sequence();
        lastKnownHead = checkpoint.position();
        producerWords.putLongRelease(SpscDescriptor.POSITION_OFFSET, published);
    }

    @Override
    public int maxMessageLength() {
        return records.maxMessageLength();
    }

    @Override
    public long offer(int type, DirectBuffer source, int offset, int length) {
        requireState(IDLE);
        return append(type, source, offset, length);
    }

    @Override
    public long tryClaim(int type, int length, Claim newClaim) {
        requireState(IDLE);
        return reserve(type, length, newClaim);
    }

    @Override
    public Batch batch() {
        requireState(IDLE);
        region.checkOpen();
        state = BATCHING;
        return batch;
    }

    @Override
    public long position() {
        return published;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public void close() {
        region.close();
    }

    long append(int type, DirectBuffer source, int offset, int length) {
        requireMessage(type, length);
        source.boundsCheck(offset, length);
        int stride = records.stride(length);
        int padding = records.paddingBefore(next, stride);
        try {
            if (!hasRoom(padding + stride)) {
                return refusal();
            }
            keepPrediction(next + padding + stride);
            data.copyIn(records.offset(next + padding) + RecordDescriptor.HEADER_LENGTH, source, offset, length);
            return finish(type, length, padding);
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
    }

    long reserve(int type, int length, Claim newClaim) {
        requireMessage(type, length);
        if (newClaim.isOpen()) {
            throw new IllegalStateException("the claim is open already: commit or abort it first");
        }
        int stride = records.stride(length);
        int padding = records.paddingBefore(next, stride);
        if (!hasRoom(padding + stride)) {
            return refusal();
        }
        region.checkOpen();
        keepPrediction(next + padding + stride);
        data.wrap(newClaim.open(this), records.offset(next + padding) + RecordDescriptor.HEADER_LENGTH, length);
        state |= CLAIMING;
        if (claim != newClaim) {
            claim = newClaim; // only when it changes: storing a reference costs the collector's barrier
        }
        claimType = type;
        claimPadding = padding;
        return next + padding + stride;
    }

    @Override
    public void commit(int length) {
        state &= ~CLAIMING;
        try {
            finish(claimType, length, claimPadding);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    @Override
    public void abort() {
        state &= ~CLAIMING; // nothing was stored but payload behind the zero header
    }

    /** Puts the headers of a record whose payload is written, and publishes unless a batch holds it back. */
    private long finish(int type, int length, int padding) {
        long header = RecordDescriptor.header(length + RecordDescriptor.HEADER_LENGTH, type);
        long start = next;
        if (padding > 0) {
            putHeader(start, RecordDescriptor.header(padding, RecordDescriptor.PADDING_TYPE));
        }
        putHeader(start + padding, header);
        next = start + padding + records.stride(length);
        pending++;
        if (state == BATCHING) {
            region.checkOpen();
            return next;
        }
        return publish();
    }

    private void putHeader(long position, long header) {
        if (position == published) {
            firstHeader = header;
        } else {
            data.putLong(records.offset(position), header);
        }
    }

    long publishBatch() {
        requireState(BATCHING);
        return publish();
    }

    private long publish() {
        long start = published;
        long end = next;
        if (end != start) {
            if (end != zeroed) {
                // First zero, then publish: whoever reads the published records stops behind them. Plain, as the release orders it.
                data.putLong(records.offset(end), RecordDescriptor.EMPTY);
            }
            published = end;
            sequence += pending;
            pending = 0;
            zeroed = predict(end, end - start);
            data.putLongRelease(records.offset(start), firstHeader); // pairs with: SpscConsumer.look, SpscRecovery.walk
            if (zeroed != NOWHERE) {
                data.putLong(records.offset(zeroed), RecordDescriptor.EMPTY);
            }
            producerWords.putLongRelease(SpscDescriptor.POSITION_OFFSET, end);
        }
        region.checkOpen(); // after the last store: see Region, "closing under load"
        return end;
    }

    /**
     * The end of the next publish, if it is as long as the last one, within one line, and there is room for its zero header without asking.
     * Of a longer one the lines are stored to in ascending order, the zero's last, which the processor foresees better than a jump ahead.
     */
    private long predict(long start, long length) {
        long end = start + length;
        return length <= CACHE_LINE_LENGTH && end + RecordDescriptor.HEADER_LENGTH - lastKnownHead <= records.capacity() ? end : NOWHERE;
    }

    /** What is reserved up to here may be written to, and so may a header within. */
    private void keepPrediction(long end) {
        if (end > zeroed) {
            zeroed = NOWHERE;
        }
    }

    void discardBatch() {
        if ((state & BATCHING) == 0) {
            return;
        }
        if (claim != null && (state & CLAIMING) != 0) {
            claim.abort();
        }
        next = published;
        pending = 0;
        state = IDLE;
    }

    private boolean hasRoom(int length) {
        long end = next + length + RecordDescriptor.HEADER_LENGTH;
        if (end - lastKnownHead <= records.capacity()) {
            return true;
        }
        long head = consumerWords.getLongAcquire(SpscDescriptor.HEAD_OFFSET); // pairs with: SpscConsumer.release
        if (head - lastKnownHead < 0 && lastKnownHead - head <= records.capacity()) {
            head = lastKnownHead; // a consumer that died or stands still between checkpoint and head: the checkpoint we started from holds
        }
        if (published - head < 0 || published - head > records.capacity()) {
            region.checkOpen(); // a closed region reads as zeros
            throw new RegionCorrupt("ring " + region.name() + " is damaged: expected a head in " + (published - records.capacity()) + "…"
                + published + ", found " + head + "; stop its consumer, remove it and create it anew");
        }
        lastKnownHead = head;
        return end - head <= records.capacity();
    }

    private long refusal() {
        region.checkOpen();
        if (next > published) {
            return FULL; // the consumer cannot make room for what it has not been given
        }
        if (consumers.fruitless() == PeerWatch.Peer.EXPECTED) {
            return FULL;
        }
        long before = lastKnownHead; // look again: the last of them may have read on before it left
        return hasRoom(records.capacity()) || lastKnownHead != before ? FULL : NO_CONSUMER;
    }

    private void requireMessage(int type, int length) {
        if (type < 0) {
            throw new IllegalArgumentException("type=" + type + " is negative; the ring keeps those for itself");
        }
        if (length < 0 || length > records.maxMessageLength()) {
            throw new IllegalArgumentException("length=" + length + " is outside 0…" + records.maxMessageLength()
                + ", an eighth of the ring's capacity; send less at once or create a larger ring");
        }
    }

    /** IDLE for the producer's own calls, BATCHING for those of its batch. */
    void requireState(int expected) {
        if (state != expected) {
            throw inTheWay(expected);
        }
    }

    private IllegalStateException inTheWay(int expected) {
        if ((state & CLAIMING) != 0) {
            return new IllegalStateException("a claim is open: commit or abort it first");
        }
        return new IllegalStateException(expected == IDLE ? "a batch is open: go through it, or close it first"
            : "the batch was closed: begin another");
    }
}
