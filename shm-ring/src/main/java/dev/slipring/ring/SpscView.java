package dev.slipring.ring;

import dev.slipring.core.Region;

/** Looks along an SPSC ring. */
final class SpscView extends UnconsumedView {
    SpscView(Region region, JoinAt where) {
        super(region, where);
    }

    @Override
    long header(long at) {
        return data.getLongAcquire((int) at & capacity - 1); // pairs with: SpscProducer.publish
    }

    @Override
    long consumed() {
        return consumerWords.getLongAcquire(SpscDescriptor.HEAD_OFFSET); // pairs with: SpscConsumer.giveBack
    }
}
