package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.PeerWatch;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import org.agrona.DirectBuffer;

/**
 * What the one consumer of a ring does, whoever sends: deliver messages, take note of what was consumed, and tell an empty ring from an
 * abandoned one. How a message is found, and how space is given back, is each ring's own.
 */
abstract sealed class PollingConsumer extends WaitingConsumer<MessageHandler> implements RingConsumer
    permits SpscConsumer, MpscConsumer {
    final Records records;
    final Memory consumerWords;
    final int capacity;
    final int mask;
    final int maxMessageLength;
    long position;
    long sequence;

    private final DirectBuffer buffer;
    private final Memory checkpoints;
    private final int releaseEvery;
    private final boolean skipFailed;
    private long released;
    private long checkpointIndex;
    private boolean polling;

    PollingConsumer(Region region, ReadMemory data, ConsumerOptions options) {
        super(region);
        records = new Records("ring " + region.name(), region.header());
        buffer = data.buffer();
        capacity = records.capacity();
        mask = capacity - 1;
        maxMessageLength = records.maxMessageLength();
        consumerWords = region.memory(Area.CONSUMER);
        checkpoints = region.memory(Area.CHECKPOINTS);
        releaseEvery = Math.min(options.releaseEveryBytes(), capacity / 4);
        skipFailed = options.onFailure() == ConsumerOptions.OnFailure.SKIP;
        var checkpoint = Checkpoint.load(checkpoints);
        records.requirePosition("checkpoint", checkpoint.position(), region.header().initialPosition());
        position = checkpoint.position();
        sequence = checkpoint.sequence();
        checkpointIndex = checkpoint.index();
        released = position;
    }

    /**
     * The header of the message at the position, or {@link RecordDescriptor#EMPTY}. Goes over padding, moving the position. Every header is
     * loaded once, with acquire, and checked before it is believed.
     */
    abstract long look();

    /** Gives back the space before {@link #position}; the checkpoint has just moved there. */
    abstract void giveBack();

    /** Whether the last look ended at the seal. */
    abstract boolean isAtSeal();

    /** Whether the last look ended at a message that is being written. Whoever waits for it is not at the end. */
    abstract boolean isHeldUp();

    /** To be called when held up: goes on without a writer who is dead. */
    abstract void letGoOfTheDead();

    /** A fault is caught around everything, as compiled code may deliver it anywhere behind the access, also behind a look in vain. */
    @Override
    public final int poll(MessageHandler handler, int limit) {
        try {
            int delivered = deliver(handler, limit);
            return delivered > 0 ? delivered : outcomeOfNothing();
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
    }

    private int deliver(MessageHandler handler, int limit) {
        begin(limit);
        int delivered = 0;
        long handling = RecordDescriptor.EMPTY;
        try {
            long header;
            while (delivered < limit && (header = look()) != RecordDescriptor.EMPTY) {
                handling = header;
                handler.onMessage(RecordDescriptor.type(header), buffer, payloadOffset(), payloadLength(header));
                handling = RecordDescriptor.EMPTY;
                consume(header);
                delivered++;
                if (position - released >= releaseEvery) {
                    release();
                }
            }
        } finally {
            end(handling);
        }
        return delivered;
    }

    @Override
    public final int controlledPoll(ControlledMessageHandler handler, int limit) {
        try {
            return deliverAsTold(handler, limit);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    private int deliverAsTold(ControlledMessageHandler handler, int limit) {
        begin(limit);
        int delivered = 0;
        long handling = RecordDescriptor.EMPTY;
        try {
            long header;
            while (delivered < limit && (header = look()) != RecordDescriptor.EMPTY) {
                handling = header;
                var action = handler.onMessage(RecordDescriptor.type(header), buffer, payloadOffset(), payloadLength(header));
                handling = RecordDescriptor.EMPTY;
                if (action == ControlledMessageHandler.Action.ABORT) {
                    return delivered;
                }
                consume(header);
                delivered++;
                if (action == ControlledMessageHandler.Action.BREAK) {
                    return delivered;
                }
                if (action == ControlledMessageHandler.Action.COMMIT || position - released >= releaseEvery) {
                    release();
                }
            }
        } finally {
            end(handling);
        }
        return delivered > 0 ? delivered : outcomeOfNothing();
    }

    @Override
    public final int peek(MessageHandler handler, int limit) {
        try {
            int seen = show(handler, limit);
            return seen > 0 ? seen : outcomeOfNothing();
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    private int show(MessageHandler handler, int limit) {
        begin(limit);
        long startPosition = position;
        long startSequence = sequence;
        int seen = 0;
        try {
            long header;
            while (seen < limit && (header = look()) != RecordDescriptor.EMPTY) {
                handler.onMessage(RecordDescriptor.type(header), buffer, payloadOffset(), payloadLength(header));
                consume(header);
                seen++;
            }
        } finally {
            if (seen > 0) { // else it has gone over padding only, which must not come again: behind it may be a claim to let go of
                position = startPosition;
                sequence = startSequence;
            }
            end(RecordDescriptor.EMPTY);
        }
        return seen;
    }

    @Override
    public final boolean isReady() {
        begin(1);
        long start = position;
        try {
            return look() != RecordDescriptor.EMPTY || outcomeOfNothing() != EMPTY;
        } catch (InternalError e) {
            throw region.fault(e);
        } finally {
            position = start;
            polling = false;
        }
    }

    @Override
    public final long position() {
        return position;
    }

    @Override
    public final long sequence() {
        return sequence;
    }

    final int offset(long at) {
        return (int) at & mask;
    }

    private int payloadOffset() {
        return offset(position) + RecordDescriptor.HEADER_LENGTH;
    }

    static int payloadLength(long header) {
        return RecordDescriptor.length(header) - RecordDescriptor.HEADER_LENGTH;
    }

    /** Whether a message with this header, at this offset, lies within the ring and is not longer than any can be. */
    final boolean isInBounds(long header, int offset) {
        int length = payloadLength(header);
        return length >= 0 && length <= maxMessageLength && length <= capacity - offset - RecordDescriptor.HEADER_LENGTH;
    }

    private void consume(long header) {
        position += records.stride(payloadLength(header));
        sequence++;
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

    /** @param failed the header of the message whose handler threw, or EMPTY */
    private void end(long failed) {
        polling = false;
        if (failed != RecordDescriptor.EMPTY && skipFailed) {
            consume(failed);
        }
        if (position != released && !region.isEnded()) {
            release();
        }
    }

    private void release() {
        checkpointIndex = Checkpoint.store(checkpoints, checkpointIndex, position, sequence);
        giveBack();
        released = position;
        producers.fruitful();
        region.checkOpen(); // after the store: see Region, "closing under load"
    }

    /** Nothing was there: is anybody left to send? Whatever the last of them sent is visible by the time this is known; look again. */
    private int outcomeOfNothing() {
        region.checkOpen();
        if (isAtSeal()) {
            return END_OF_STREAM;
        }
        if (isHeldUp()) {
            letGoOfTheDead();
        }
        var peer = producers.fruitless();
        if (peer == PeerWatch.Peer.EXPECTED || look() != RecordDescriptor.EMPTY || isHeldUp()) {
            return EMPTY;
        }
        if (isAtSeal()) {
            return END_OF_STREAM;
        }
        region.checkOpen(); // a region closed meanwhile looks empty
        return peer == PeerWatch.Peer.DIED ? PRODUCER_DEAD : CLOSED;
    }
}
