package dev.slipring.ring;

import dev.slipring.core.Region;

/**
 * Looks along an MPSC ring. A claim that is not committed ends the look, as it holds up the consumer; that its owner is dead changes
 * nothing here, for only the consumer may go past it.
 */
final class MpscView extends UnconsumedView {
    private int claimant = NOBODY;

    MpscView(Region region, JoinAt where) {
        super(region, where);
    }

    @Override
    long header(long at) {
        claimant = NOBODY;
        long head = consumerWords.getLongAcquire(MpscDescriptor.HEAD_OFFSET); // pairs with: MpscConsumer.mark
        if (at - head >= capacity) {
            return RecordDescriptor.EMPTY; // what stands here was consumed, and is not marked yet
        }
        long word = data.getLongAcquire((int) at & capacity - 1); // pairs with: MpscProducer.commit
        if (word == MpscDescriptor.empty(region.header().epoch(), at)) {
            return RecordDescriptor.EMPTY;
        }
        if (word == MpscDescriptor.SEAL) {
            return RecordDescriptor.SEAL;
        }
        if (MpscDescriptor.isEmpty(word)) {
            return word; // of another position: refused, if it was there
        }
        if (MpscDescriptor.isPadding(word)) {
            return RecordDescriptor.header(MpscDescriptor.stride(word), RecordDescriptor.PADDING_TYPE);
        }
        if (MpscDescriptor.isClaim(word)) {
            claimant = MpscDescriptor.slot(word);
            return HELD_UP;
        }
        return word;
    }

    @Override
    long consumed() {
        return consumerWords.getLongAcquire(MpscDescriptor.CONSUMED_OFFSET); // pairs with: MpscConsumer.giveBack
    }

    @Override
    public int heldUpBy() {
        return claimant;
    }
}
