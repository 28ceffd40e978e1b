package dev.slipring.ring;

import org.agrona.DirectBuffer;

/** The one batch of an SPSC producer: a view of it in which nothing is published until {@link #publish()}. */
final class SpscBatch implements Batch {
    private final SpscProducer producer;

    SpscBatch(SpscProducer producer) {
        this.producer = producer;
    }

    @Override
    public int maxMessageLength() {
        return producer.maxMessageLength();
    }

    @Override
    public long offer(int type, DirectBuffer source, int offset, int length) {
        producer.requireState(true);
        return producer.append(type, source, offset, length);
    }

    @Override
    public long tryClaim(int type, int length, Claim claim) {
        producer.requireState(true);
        return producer.reserve(type, length, claim);
    }

    @Override
    public long publish() {
        return producer.publishBatch();
    }

    /** Never waits: what is in the batch has its room already. */
    @Override
    public long publish(long timeoutNs) {
        return publish();
    }

    @Override
    public void close() {
        producer.discardBatch();
    }
}
