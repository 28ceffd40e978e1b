package dev.slipring.ring;

import org.agrona.DirectBuffer;

/** A producer whose batches are put together elsewhere, in a {@link StagedBatch}, and appended as one. */
sealed interface Appender extends RingProducer permits MpscProducer, BroadcastProducer {
    /**
     * Copies a record, or a chain of them, behind a header that is stored last.
     *
     * @param header   of the first record
     * @param length   of what follows that header, in bytes
     * @param messages how many there are
     * @return the position behind the last, or FULL or NO_CONSUMER
     */
    long append(long header, DirectBuffer source, int offset, int length, int messages);

    /** Publishes the batch, and waits for room as long as it must and may. */
    long publishPatiently(Batch batch, long timeoutNs) throws InterruptedException;
}
