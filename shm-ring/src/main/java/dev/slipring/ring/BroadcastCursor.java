package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.OwnCounters;
import dev.slipring.core.PeerWatch;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a broadcast ring, or, with a gate, a subscriber.
 *
 * <h2>Algorithm notes</h2>
 * What stands at a position was published there, and is whole, when {@code intent}, loaded behind a fence after it, is at most one lap
 * ahead: whoever is about to overwrite it raises {@code intent} first, behind which the stores stay. Everything that a look tells is held
 * to this before it is believed, an empty header too, since the producer's zero for the next lap looks like one. Only ranges are checked
 * before, so that nothing is read outside the ring.
 *
 * <p>Who was overtaken goes on at a mark that is a quarter of the ring away from being overwritten, or at the newest if there is none such.
 * Each record has its sequence, so what is missing is known when the next one is there; there always is one, as the newest mark of a ring
 * is never out of date.
 *
 * <p>With a gate, nothing at or behind the gate is overwritten, although {@code intent} may go further: there the producer waits. So the
 * handler reads in place, and nothing is validated. How a gate is set first: {@link Gates}.
 *
 * <p>The seal stands where the zero header stood behind the last message. It is believed as that one is.
 */
final class BroadcastCursor extends WaitingConsumer<BroadcastHandler> implements BroadcastReader {
    /** How often a look begins anew because the producer is too fast, before the caller gets a say. */
    private static final int MAX_RESTARTS = 1000;

    private final Records records;
    private final ReadMemory data;
    private final ReadMemory producerWords;
    private final Marks marks;
    private final @Nullable Memory gates;
    private final OwnCounters counters;
    private final int gateOffset;
    private final int capacity;
    private final int maxMessageLength;
    /** Each record there can be, and as many restarts as anybody may ask for: whatever the words say, a look comes to an end. */
    private final int maxLooks;
    private final DirectBuffer ring;
    private final UnsafeBuffer copy;

    /** Where to look next. */
    private long next;
    /** What stands there: its header, and, if it is a message that is due, where it ends. */
    private long header;
    private long end;
    private long sequence;
    private boolean unvalidated;
    /** The last look ended at the seal: so will every other. */
    private boolean atSeal;

    /** The sequence that is due; what comes behind it has a gap before it. */
    private long expected;
    private long missed;
    private long gate;
    /** The producer respects the gate, however far its intent has gone. */
    private boolean gated;
    private boolean polling;

    /** @param gating whether the producer is to wait for it */
    BroadcastCursor(Region region, JoinAt where, boolean gating) {
        super(region);
        records = new Records("ring " + region.name(), region.header(), BroadcastDescriptor.HEADER_LENGTH);
        data = region.view(Area.DATA);
        producerWords = region.view(Area.PRODUCER);
        capacity = records.capacity();
        marks = new Marks(producerWords, capacity);
        maxMessageLength = records.maxMessageLength();
        maxLooks = capacity / BroadcastDescriptor.ALIGNMENT + MAX_RESTARTS;
        ring = data.buffer();
        gates = gating ? region.memory(Area.CONSUMER) : null;
        gateOffset = gating ? BroadcastDescriptor.gateOffset(region.participants().slot()) : 0;
        copy = new UnsafeBuffer(new byte[gates == null ? maxMessageLength : 0]);
        counters = region.counters();
        join(where);
        if (gates != null) {
            subscribe(gates, where);
        }
    }

    private void subscribe(Memory toGates, JoinAt where) {
        for (int tries = 0; tries < MAX_RESTARTS; tries++) {
            raiseGate();
            toGates.fullFence(); // before a look at the intent; pairs with: BroadcastProducer.isPermitted
            if (isWithinIntent(next)) {
                gated = true;
                return;
            }
            join(where); // the producer had gone too far; from now on it sees the gate
        }
        throw new RegionCorrupt("ring " + region.name() + " is damaged: expected its producer to wait at the gate, found " + MAX_RESTARTS
            + " times that it did not; stop it, remove the ring and create it anew");
    }

    @Override
    public int poll(BroadcastHandler handler, int limit) {
        try {
            int delivered = deliver(handler, limit);
            if (delivered > 0) {
                producers.fruitful();
                return delivered;
            }
            return outcomeOfNothing();
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
    }

    private int deliver(BroadcastHandler handler, int limit) {
        begin(limit);
        int delivered = 0;
        try {
            int overtaken = 0;
            while (delivered < limit && overtaken < MAX_RESTARTS && lookForNext()) {
                if (deliver(handler)) {
                    delivered++;
                } else {
                    overtaken++;
                }
            }
        } finally {
            end();
        }
        return delivered;
    }

    /** False when the message was overwritten before it was copied. */
    private boolean deliver(BroadcastHandler handler) {
        int offset = offset();
        int length = length();
        DirectBuffer source = ring;
        if (gates == null) {
            data.copyOut(offset, copy, 0, length);
            source = copy;
            offset = 0;
        }
        if (!holds()) {
            return false;
        }
        region.checkOpen(); // a closed region reads as zeros
        if (sequence > expected) {
            handler.onGap(expected, sequence - 1);
            counters.missed(sequence - expected);
            expected = sequence;
        }
        handler.onMessage(RecordDescriptor.type(header), source, offset, length);
        accept();
        if (gates != null && next - gate >= marks.segmentLength()) {
            raiseGate();
        }
        return true;
    }

    private void accept() {
        missed = sequence - expected;
        expected = sequence + 1;
        next = end;
    }

    @Override
    public boolean receiveNext() {
        requireNotPolling();
        region.checkOpen();
        try {
            if (unvalidated && holds()) {
                next = end; // it was not wanted
            }
            if (gates != null && next != gate) {
                raiseGate();
            }
            unvalidated = lookForNext();
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
        if (!unvalidated) {
            sequence = expected;
        }
        return unvalidated;
    }

    @Override
    public boolean validate() {
        if (!unvalidated) {
            throw new IllegalStateException("there is no message to validate: call receiveNext first, and this once if it says so");
        }
        boolean whole = holds();
        region.checkOpen(); // a closed region reads as zeros
        unvalidated = false;
        if (whole) {
            accept();
            if (missed > 0) {
                counters.missed(missed);
            }
        }
        return whole;
    }

    @Override
    public int type() {
        return RecordDescriptor.type(header);
    }

    @Override
    public DirectBuffer buffer() {
        return ring;
    }

    @Override
    public int offset() {
        return records.offset(end - stride()) + BroadcastDescriptor.HEADER_LENGTH;
    }

    @Override
    public int length() {
        return RecordDescriptor.length(header) - BroadcastDescriptor.HEADER_LENGTH;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long missed() {
        return missed;
    }

    @Override
    public long position() {
        return next;
    }

    @Override
    public boolean isReady() {
        begin(1);
        try {
            return findNext() || outcomeOfNothing() != RingConsumer.EMPTY;
        } catch (InternalError e) {
            throw region.fault(e);
        } finally {
            end();
        }
    }

    private int stride() {
        return records.stride(length());
    }

    /** Goes to the next message that is due; false when there is none. Nothing it says of the message is validated. */
    private boolean lookForNext() {
        for (int looks = 0; looks < maxLooks; looks++) {
            header = data.getLongAcquire(records.offset(next)); // pairs with: BroadcastProducer.publish
            boolean message = isMessage(records.offset(next));
            if (message) {
                sequence = data.getLong(records.offset(next) + BroadcastDescriptor.SEQUENCE_OFFSET);
                end = next + stride();
                if (sequence >= expected) {
                    return true;
                }
            }
            if (!holds()) {
                continue;
            }
            if (message) {
                next = end;
            } else if (header == RecordDescriptor.EMPTY || header == RecordDescriptor.SEAL) {
                atSeal = header == RecordDescriptor.SEAL;
                return false;
            } else {
                next += paddingLength();
            }
        }
        return false;
    }

    private boolean isMessage(int offset) {
        int length = length();
        return header > 0 && length >= 0 && length <= maxMessageLength
            && length <= capacity - offset - BroadcastDescriptor.HEADER_LENGTH;
    }

    private int paddingLength() {
        region.checkOpen(); // a closed region reads as zeros
        int toEnd = capacity - records.offset(next);
        if (header != RecordDescriptor.header(toEnd, RecordDescriptor.PADDING_TYPE)) {
            throw records.corrupt("a message of at most " + maxMessageLength + " bytes, or padding to the end, in " + toEnd, header, next,
                data);
        }
        return toEnd;
    }

    /** Whether what stands at {@link #next} is what was published there; when not, goes to where it is. */
    private boolean holds() {
        boolean retained = isRetained(next);
        if (!retained) {
            next = landing(capacity / 4);
        }
        return retained;
    }

    /** Whether nobody can have begun to overwrite what was loaded from this position or behind it. */
    private boolean isRetained(long at) {
        return gated || isWithinIntent(at);
    }

    private boolean isWithinIntent(long at) {
        producerWords.loadLoadFence(); // what was loaded before the intent; pairs with: BroadcastProducer.isPermitted
        long ahead = producerWords.getLongOpaque(BroadcastDescriptor.INTENT_OFFSET) - at;
        return ahead >= 0 && ahead <= capacity;
    }

    private long oldest() {
        long intent = producerWords.getLongAcquire(BroadcastDescriptor.INTENT_OFFSET);
        region.checkOpen(); // a closed region reads as zeros
        records.requirePosition("intent", intent, region.header().initialPosition());
        return intent - capacity;
    }

    /** The first mark that is so many bytes away from being overwritten, else the last. */
    private long landing(int margin) {
        long oldest = oldest();
        long first = marks.first(oldest + margin);
        if (first != Marks.NONE) {
            return first;
        }
        long last = marks.last(oldest);
        if (last != Marks.NONE) {
            return last;
        }
        region.checkOpen();
        return Math.max(oldest, region.header().initialPosition()); // nothing is marked yet
    }

    private void join(JoinAt where) {
        long tail = producerWords.getLongAcquire(BroadcastDescriptor.TAIL_OFFSET); // pairs with: BroadcastProducer.publish
        expected = 0;
        switch (where) {
            case JoinAt.Latest() -> {
                next = landing(capacity);
                boolean known = false;
                for (int messages = 0; messages < maxLooks && next < tail && lookForNext(); messages++) {
                    if (holds()) {
                        accept();
                        known = true;
                    }
                }
                if (!known) {
                    expectNext(); // what is marked is newer than the tail, or there is nothing
                }
            }
            case JoinAt.Oldest() -> {
                next = landing(0);
                expectNext();
            }
            case JoinAt.Sequence(long wanted) -> {
                expected = wanted;
                next = lastMarkBefore(wanted);
            }
        }
        sequence = expected;
        missed = 0;
    }

    /** The next message, if there is one, is the first to be delivered: nothing before it is missed. */
    private void expectNext() {
        if (findNext()) {
            expected = sequence;
        }
    }

    /** Goes to the next message that is due and is there, for now. */
    private boolean findNext() {
        for (int tries = 0; tries < MAX_RESTARTS && lookForNext(); tries++) {
            if (holds()) {
                return true;
            }
        }
        return false;
    }

    /** The last mark of a message up to this one, else the first of all. */
    private long lastMarkBefore(long wanted) {
        long oldest = oldest();
        long best = Marks.NONE;
        for (int segment = 0; segment < BroadcastDescriptor.SEGMENTS; segment++) {
            long mark = marks.load(segment, oldest);
            if (mark > best && data.getLong(records.offset(mark) + BroadcastDescriptor.SEQUENCE_OFFSET) <= wanted && isRetained(mark)) {
                best = mark;
            }
        }
        return best == Marks.NONE ? landing(0) : best;
    }

    private void raiseGate() {
        gate = next;
        // After what was read; pairs with: Gates.lowest
        Objects.requireNonNull(gates).putLongRelease(gateOffset, BroadcastDescriptor.set(gate));
        wakeProducers();
    }

    private void begin(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit=" + limit + " is not 1 or more");
        }
        requireNotPolling();
        region.checkOpen();
        if (unvalidated) {
            throw new IllegalStateException("a message is being read in place: validate it first");
        }
        polling = true;
    }

    private void requireNotPolling() {
        if (polling) {
            throw new IllegalStateException("a handler may not poll the ring that called it");
        }
    }

    private void end() {
        polling = false;
        sequence = expected;
        if (gates != null && next != gate && !region.isEnded()) {
            raiseGate();
        }
    }

    /** Nothing was there: is anybody left to send? Whatever the last of them sent is visible by the time this is known; look again. */
    private int outcomeOfNothing() {
        region.checkOpen();
        sequence = expected;
        if (atSeal) {
            return RingConsumer.END_OF_STREAM;
        }
        var peer = producers.fruitless();
        boolean more = lookForNext();
        sequence = expected;
        if (peer == PeerWatch.Peer.EXPECTED || more) {
            return RingConsumer.EMPTY;
        }
        if (atSeal) {
            return RingConsumer.END_OF_STREAM;
        }
        region.checkOpen(); // a region closed meanwhile looks empty
        return peer == PeerWatch.Peer.DIED ? RingConsumer.PRODUCER_DEAD : RingConsumer.CLOSED;
    }
}
