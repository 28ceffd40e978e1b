package dev.slipring.ring;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one batch of a producer that {@link Appender appends}. Its records are put together in memory of the process, as they will stand in
 * the ring, and published as one: so they are all or none, side by side, and nobody waits for a batch that is still growing.
 */
final class StagedBatch implements Batch, Claim.Owner {
    private final Appender producer;
    private final Records records;
    private final UnsafeBuffer staged;
    private boolean open;
    private int length;
    private int messages;

    private Claim claim = new Claim();
    private int claimType;

    StagedBatch(Appender producer, Records records) {
        this.producer = producer;
        this.records = records;
        staged = new UnsafeBuffer(new byte[0]);
    }

    Batch open() {
        if (staged.capacity() == 0) { // most producers never make a batch
            staged.wrap(new byte[records.stride(records.maxMessageLength())]);
        }
        open = true;
        return this;
    }

    void requireState(boolean expected) {
        if (open != expected) {
            throw new IllegalStateException(expected ? "the batch was closed: begin another"
                : "a batch is open: go through it, or close it first");
        }
    }

    @Override
    public int maxMessageLength() {
        return records.maxMessageLength();
    }

    @Override
    public long offer(int type, DirectBuffer source, int offset, int size) {
        requireUnclaimed();
        records.requireMessage(type, size);
        source.boundsCheck(offset, size);
        if (!hasRoom(size)) {
            return FULL;
        }
        staged.putBytes(length + records.headerLength(), source, offset, size);
        return add(type, size);
    }

    @Override
    public long tryClaim(int type, int size, Claim newClaim) {
        requireUnclaimed();
        records.requireMessage(type, size);
        if (newClaim.isOpen()) {
            throw new IllegalStateException("the claim is open already: commit or abort it first");
        }
        if (!hasRoom(size)) {
            return FULL;
        }
        claim = newClaim;
        claimType = type;
        newClaim.open(this).wrap(staged, length + records.headerLength(), size);
        return producer.position() + length + records.stride(size);
    }

    @Override
    public void commit(int size) {
        add(claimType, size);
    }

    @Override
    public void abort() {
        // nothing was added
    }

    @Override
    public long publish() {
        requireUnclaimed();
        if (messages == 0) {
            return producer.position();
        }
        int chain = length - RecordDescriptor.HEADER_LENGTH;
        long position = producer.append(staged.getLong(0), staged, RecordDescriptor.HEADER_LENGTH, chain, messages);
        if (position >= 0) {
            length = 0;
            messages = 0;
        }
        return position;
    }

    @Override
    public long publish(long timeoutNs) throws InterruptedException {
        return producer.publishPatiently(this, timeoutNs);
    }

    @Override
    public void close() {
        if (claim.isOpenFor(this)) {
            claim.abort();
        }
        open = false;
        length = 0;
        messages = 0;
    }

    private void requireUnclaimed() {
        requireState(true);
        if (claim.isOpenFor(this)) {
            throw new IllegalStateException("a claim is open: commit or abort it first");
        }
    }

    private boolean hasRoom(int size) {
        return records.stride(size) <= staged.capacity() - length;
    }

    private long add(int type, int size) {
        staged.putLong(length, RecordDescriptor.header(size + records.headerLength(), type));
        if (records.headerLength() == BroadcastDescriptor.HEADER_LENGTH) {
            staged.putLong(length + BroadcastDescriptor.SEQUENCE_OFFSET, producer.sequence() + messages);
        }
        length += records.stride(size);
        messages++;
        return producer.position() + length;
    }
}
