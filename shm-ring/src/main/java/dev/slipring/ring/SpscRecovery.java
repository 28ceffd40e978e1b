package dev.slipring.ring;

import dev.slipring.core.ReadMemory;
import dev.slipring.core.RegionCorrupt;

/**
 * Finds where a producer goes on after the one before it, however that one ended.
 *
 * <ol>
 *   <li>Start at the consumer's checkpoint: a position at which a record starts, or at which nothing is published yet.
 *   <li>Follow the headers, counting those that are no padding. They are intact: nobody but a producer writes them, and the last one died
 *       or left.
 *   <li>Stop at the seal: the stream has ended for good.
 *   <li>Stop at the zero header. It stands behind the last published record at every instant (the publish zeroes it first), so what lies
 *       behind was never published and is overwritten.
 * </ol>
 *
 * @param position end of the last published record
 * @param sequence of the next message
 * @param sealed   whether there will be none
 */
record SpscRecovery(long position, long sequence, boolean sealed) {

    static SpscRecovery walk(Records records, ReadMemory data, Checkpoint from) {
        long position = from.position();
        long sequence = from.sequence();
        while (true) {
            long header = data.getLongAcquire(records.offset(position)); // pairs with: SpscProducer.publish
            if (header == RecordDescriptor.EMPTY || header == RecordDescriptor.SEAL) {
                return new SpscRecovery(position, sequence, header == RecordDescriptor.SEAL);
            }
            position += records.lengthOf(header, position, data);
            sequence += RecordDescriptor.type(header) == RecordDescriptor.PADDING_TYPE ? 0 : 1;
            if (position - from.position() > records.capacity()) {
                throw new RegionCorrupt("the ring is damaged: expected an unpublished record within " + records.capacity()
                    + " bytes of position " + from.position() + ", found none; remove it and create it anew");
            }
        }
    }
}
