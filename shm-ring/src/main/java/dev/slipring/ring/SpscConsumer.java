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
    private final int maxMessageLength;
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

    SpscConsumer(Region region, ConsumerOptions options) {
        this.region = region;
        records = new Records("ring " + region.name(), region.header());
        data = region.view(Area.DATA);
        buffer = data.buffer();
        mask = records.capacity() - 1;
        maxMessageLength = records.maxMessageLength();
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
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        } finally {
            end(handling);
        }
        return delivered > 0 ? delivered : outcomeOfNothing();
    }

    @Override
    public int controlledPoll(ControlledMessageHandler handler, int limit) {
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
        } catch (InternalError e) {
            throw region.fault(e);
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
            long header;
            while (seen < limit && (header = look()) != RecordDescriptor.EMPTY) {
                handler.onMessage(RecordDescriptor.type(header), buffer, payloadOffset(), payloadLength(header));
                consume(header);
                seen++;
            }
        } catch (InternalError e) {
            throw region.fault(e);
        } finally {
            position = startPosition;
            sequence = startSequence;
            end(RecordDescriptor.EMPTY);
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

    /** The header of the message at the position, or EMPTY. What is not plainly a message in bounds is looked at more closely. */
    private long look() {
        int offset = (int) position & mask;
        long header = data.getLongAcquire(offset); // pairs with: SpscProducer.publish
        int length = payloadLength(header);
        if (header > 0 && length >= 0 && length <= maxMessageLength && length <= mask + 1 - offset - RecordDescriptor.HEADER_LENGTH) {
            return header;
        }
        return header == RecordDescriptor.EMPTY ? header : lookBehindPadding(header);
    }

    /** Goes over padding, which is published together with the record behind it; throws when it is none. */
    private long lookBehindPadding(long header) {
        position += records.lengthOf(header, position, data);
        return look(); // at offset 0, where no padding is believed: it would be longer than any record
    }

    private int payloadOffset() {
        return ((int) position & mask) + RecordDescriptor.HEADER_LENGTH;
    }

    private static int payloadLength(long header) {
        return RecordDescriptor.length(header) - RecordDescriptor.HEADER_LENGTH;
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
        consumerWords.putLongRelease(SpscDescriptor.HEAD_OFFSET, position); // pairs with: SpscProducer.hasRoom
        released = position;
        producers.fruitful();
        region.checkOpen(); // after the store: see Region, "closing under load"
    }

    /** Nothing was there: is anybody left to send? Whatever the last of them sent is visible by the time this is known; look again. */
    private int outcomeOfNothing() {
        region.checkOpen();
        var peer = producers.fruitless();
        if (peer == PeerWatch.Peer.EXPECTED || look() != RecordDescriptor.EMPTY) {
            return EMPTY;
        }
        region.checkOpen(); // a region closed meanwhile looks empty
        return peer == PeerWatch.Peer.DIED ? PRODUCER_DEAD : CLOSED;
    }
}
