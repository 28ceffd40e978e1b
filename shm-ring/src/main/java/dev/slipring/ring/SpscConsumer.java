package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.Role;
import org.agrona.DirectBuffer;

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
final class SpscConsumer implements RingConsumer {
    private final Region region;
    private final Records records;
    private final ReadMemory data;
    private final DirectBuffer buffer;
    private final int mask;
    private final int maxRecordLength;
    private final Memory consumerWords;
    private final Memory checkpoints;
    private final PeerWatch producers;
    private final int releaseEvery;
    private final boolean skipFailed;

    private long position;
    private long sequence;
    private long released;
    private long checkpointIndex;
    private boolean polling;

    /** What {@link #look} found. */
    private int foundOffset;
    private int foundLength;
    private int foundType;

    SpscConsumer(Region region, ConsumerOptions options) {
        this.region = region;
        records = new Records("ring " + region.name(), region.header());
        data = region.view(Area.DATA);
        buffer = data.buffer();
        mask = records.capacity() - 1;
        maxRecordLength = records.maxMessageLength() + RecordDescriptor.HEADER_LENGTH;
        consumerWords = region.memory(Area.CONSUMER);
        checkpoints = region.memory(Area.CHECKPOINTS);
        producers = new PeerWatch(region, Role.PRODUCER);
        releaseEvery = Math.min(options.releaseEveryBytes(), records.capacity() / 4);
        skipFailed = options.onFailure() == ConsumerOptions.OnFailure.SKIP;
        var checkpoint = Checkpoint.load(checkpoints);
        records.requirePosition("checkpoint", checkpoint.position(), region.header().initialPosition());
        position = checkpoint.position();
        sequence = checkpoint.sequence();
        checkpointIndex = checkpoint.index();
        released = position;
        consumerWords.putLongRelease(SpscDescriptor.HEAD_OFFSET, position); // the one before may have died just before this store
    }

    @Override
    public int poll(MessageHandler handler, int limit) {
        begin(limit);
        int delivered = 0;
        boolean handling = false;
        try {
            while (delivered < limit && look()) {
                handling = true;
                handler.onMessage(foundType, buffer, foundOffset, foundLength);
                handling = false;
                consume();
                delivered++;
                if (position - released >= releaseEvery) {
                    release();
                }
            }
        } catch (InternalError e) {
            throw faulted(e);
        } finally {
            end(handling);
        }
        return delivered > 0 ? delivered : outcomeOfNothing();
    }

    @Override
    public int controlledPoll(ControlledMessageHandler handler, int limit) {
        begin(limit);
        int delivered = 0;
        boolean handling = false;
        try {
            while (delivered < limit && look()) {
                handling = true;
                var action = handler.onMessage(foundType, buffer, foundOffset, foundLength);
                handling = false;
                if (action == ControlledMessageHandler.Action.ABORT) {
                    return delivered;
                }
                consume();
                delivered++;
                if (action == ControlledMessageHandler.Action.BREAK) {
                    return delivered;
                }
                if (action == ControlledMessageHandler.Action.COMMIT || position - released >= releaseEvery) {
                    release();
                }
            }
        } catch (InternalError e) {
            throw faulted(e);
        } finally {
            end(handling);
        }
        return delivered > 0 ? delivered : outcomeOfNothing();
    }

    @Override
    public int peek(MessageHandler handler, int limit) {
        begin(limit);
        long startPosition = position;
        long startSequence = sequence;
        int seen = 0;
        try {
            while (seen < limit && look()) {
                handler.onMessage(foundType, buffer, foundOffset, foundLength);
                consume();
                seen++;
            }
        } catch (InternalError e) {
            throw faulted(e);
        } finally {
            position = startPosition;
            sequence = startSequence;
            end(false);
        }
        return seen > 0 ? seen : outcomeOfNothing();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public void close() {
        region.close();
    }

    /** Finds the message at the position. What is not plainly a message in bounds is looked at more closely. */
    private boolean look() {
        int offset = (int) position & mask;
        long header = data.getLongAcquire(offset); // pairs with: SpscProducer.publish
        if (header == RecordDescriptor.EMPTY) {
            return false;
        }
        int length = RecordDescriptor.length(header);
        if (header < 0 || length < RecordDescriptor.HEADER_LENGTH || length > maxRecordLength || length > mask + 1 - offset) {
            return lookBehindPadding(header);
        }
        foundOffset = offset + RecordDescriptor.HEADER_LENGTH;
        foundLength = length - RecordDescriptor.HEADER_LENGTH;
        foundType = RecordDescriptor.type(header);
        return true;
    }

    /** Goes over padding, which is published together with the record behind it; throws when it is none. */
    private boolean lookBehindPadding(long header) {
        position += records.lengthOf(header, position, data);
        return look(); // at offset 0, where no padding is believed: it would be longer than any record
    }

    private void consume() {
        position += records.stride(foundLength);
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

    /** The file was cut short under the mapping, and an access to what is gone has faulted. */
    private Error faulted(InternalError fault) {
        return region.fault(fault);
    }

    private void end(boolean failed) {
        polling = false;
        if (failed && skipFailed) {
            consume();
        }
        if (position != released && !region.isEnded()) {
            release();
        }
    }

    private void release() {
        checkpointIndex = Checkpoint.store(checkpoints, checkpointIndex, position, sequence);
        consumerWords.putLongRelease(SpscDescriptor.HEAD_OFFSET, position); // pairs with: SpscProducer.hasRoom
        released = position;
        producers.fruitful();
        region.checkOpen(); // after the store: see Region, "closing under load"
    }

    /** Nothing was there: is anybody left to send? Whatever the last of them sent is visible by the time this is known; look again. */
    private int outcomeOfNothing() {
        region.checkOpen();
        var peer = producers.fruitless();
        if (peer == PeerWatch.Peer.EXPECTED || look()) {
            return EMPTY;
        }
        region.checkOpen(); // a region closed meanwhile looks empty
        return peer == PeerWatch.Peer.DIED ? PRODUCER_DEAD : CLOSED;
    }
}
