package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.PeerWatch;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.Role;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks along what the one consumer of a ring has not released.
 *
 * <h2>Algorithm notes</h2>
 * Nothing at or behind the consumer's word (SPSC: {@code head}, MPSC: {@code consumed}) changes but from empty to claimed to published:
 * whoever writes over a message has seen that word go past it first. So what was loaded is what was published there if the word, loaded
 * behind a fence after it, is not beyond it; everything a look tells is held to this before it is believed, an empty header too. That a
 * store which followed the load of a word in another processor is not seen without that word rests on stores becoming visible to all
 * processors at once, as they do on x86-64 and aarch64.
 *
 * <p>Whom the consumer has passed goes on at its checkpoint, which is never behind that word and has the sequence of its position. So what
 * was passed is known exactly, and at once.
 */
abstract sealed class UnconsumedView implements RingView permits SpscView, MpscView {
    /** A header that is none of a ring: the message is being written. */
    static final long HELD_UP = RecordDescriptor.header(0, -3);

    /** How often a look begins anew because the consumer is too fast, before the caller gets a say. */
    private static final int MAX_RESTARTS = 1000;

    final Region region;
    final ReadMemory data;
    final ReadMemory consumerWords;
    final int capacity;
    private final Records records;
    private final ReadMemory checkpoints;
    private final PeerWatch producers;
    private final UnsafeBuffer copy;
    /** Each record there can be, and as many restarts as anybody may ask for: whatever the words say, a look comes to an end. */
    private final int maxLooks;

    /** Where to look next, and the sequence of the message there. */
    private long position;
    private long sequence;
    /** What stands there. */
    private long header;
    /** The sequence that is due; what comes behind it has a gap before it. */
    private long expected;
    private boolean polling;

    UnconsumedView(Region region, JoinAt where) {
        this.region = region;
        records = new Records("ring " + region.name(), region.header());
        data = region.view(Area.DATA);
        consumerWords = region.view(Area.CONSUMER);
        checkpoints = region.view(Area.CHECKPOINTS);
        producers = new PeerWatch(region, Role.PRODUCER);
        capacity = records.capacity();
        copy = new UnsafeBuffer(new byte[records.maxMessageLength()]);
        maxLooks = capacity / region.header().recordAlignment() + MAX_RESTARTS;
        try {
            join(where);
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
    }

    /** What stands at a position, loaded with acquire, as a {@link RecordDescriptor} has it; EMPTY, SEAL, or {@link #HELD_UP}. */
    abstract long header(long at);

    /** Before which the ring may be overwritten; loaded with acquire. */
    abstract long consumed();

    private void join(JoinAt where) {
        goToCheckpoint();
        expected = sequence;
        switch (where) {
            case JoinAt.Oldest() -> { }
            case JoinAt.Sequence(long wanted) -> expected = wanted;
            case JoinAt.Latest() -> {
                for (int messages = 0; messages < maxLooks && lookForNext(); messages++) {
                    if (holds()) {
                        pass();
                    }
                }
                expected = sequence;
            }
        }
    }

    @Override
    public final int poll(BroadcastHandler handler, int limit) {
        begin(limit);
        int delivered = 0;
        try {
            for (int looks = 0; delivered < limit && looks < maxLooks && lookForNext(); looks++) {
                data.copyOut(records.offset(position) + RecordDescriptor.HEADER_LENGTH, copy, 0, length());
                boolean whole = holds();
                region.checkOpen(); // a closed region reads as zeros
                tellGap(handler);
                if (whole && sequence >= expected) {
                    handler.onMessage(RecordDescriptor.type(header), copy, 0, length());
                    expected = sequence + 1;
                    delivered++;
                }
                if (whole) {
                    pass();
                }
            }
            region.checkOpen();
            tellGap(handler);
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        } finally {
            polling = false;
        }
        if (delivered > 0) {
            producers.fruitful();
            return delivered;
        }
        return outcomeOfNothing();
    }

    private void begin(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit=" + limit + " is not 1 or more");
        }
        if (polling) {
            throw new IllegalStateException("a handler may not poll the ring that called it");
        }
        region.checkOpen();
        polling = true;
    }

    private void tellGap(BroadcastHandler handler) {
        if (sequence > expected) {
            long first = expected;
            expected = sequence;
            handler.onGap(first, sequence - 1);
        }
    }

    private int length() {
        return RecordDescriptor.length(header) - RecordDescriptor.HEADER_LENGTH;
    }

    private void pass() {
        position += records.stride(length());
        sequence++;
    }

    /** Goes to the next message; false when there is none. That it is a message is not validated, but that it is in the ring. */
    private boolean lookForNext() {
        for (int looks = 0; looks < maxLooks; looks++) {
            header = header(position);
            if (isMessage()) {
                return true;
            }
            if (holds()) {
                if (header == RecordDescriptor.EMPTY || header == RecordDescriptor.SEAL || header == HELD_UP) {
                    return false;
                }
                region.checkOpen(); // a closed region reads as zeros
                position += records.lengthOf(header, position, data);
            }
        }
        return false;
    }

    private boolean isMessage() {
        int length = length();
        return header > 0 && length >= 0 && length <= records.maxMessageLength()
            && length <= capacity - records.offset(position) - RecordDescriptor.HEADER_LENGTH;
    }

    /** Whether the consumer has not passed what was loaded from here; when it has, goes to where it is. */
    private boolean holds() {
        data.loadLoadFence(); // what was loaded before the consumer's word; pairs with: SpscProducer.hasRoomByNow, MpscConsumer.mark
        boolean ahead = consumed() - position <= 0;
        if (!ahead) {
            goToCheckpoint();
        }
        return ahead;
    }

    private void goToCheckpoint() {
        var checkpoint = Checkpoint.load(checkpoints);
        region.checkOpen(); // a closed region reads as zeros
        records.requirePosition("checkpoint", checkpoint.position(), region.header().initialPosition());
        if (checkpoint.position() - position < 0 || checkpoint.sequence() < sequence) {
            throw new RegionCorrupt("ring " + region.name() + " is damaged: expected a checkpoint at position " + position
                + " and sequence " + sequence + " or behind, found " + checkpoint + "; stop its consumer, remove it and create it anew");
        }
        position = checkpoint.position();
        sequence = checkpoint.sequence();
    }

    @Override
    public final long sequence() {
        return polling ? sequence : Math.max(expected, sequence);
    }

    @Override
    public final long position() {
        return position;
    }

    @Override
    public final void close() {
        region.close();
    }

    /** Nothing was there: is anybody left to send? Whatever the last of them sent is visible by the time this is known; look again. */
    private int outcomeOfNothing() {
        region.checkOpen();
        var peer = producers.fruitless();
        if (lookForNext() || header == HELD_UP) {
            return RingConsumer.EMPTY;
        }
        region.checkOpen(); // a region closed meanwhile looks empty
        if (header == RecordDescriptor.SEAL) {
            return RingConsumer.END_OF_STREAM;
        }
        return switch (peer) {
            case EXPECTED -> RingConsumer.EMPTY;
            case DIED -> RingConsumer.PRODUCER_DEAD;
            case LEFT -> RingConsumer.CLOSED;
        };
    }
}
