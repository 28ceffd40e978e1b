package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.Patience;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;

/**
 * The one consumer of an MPSC ring. It maps the data writable, to mark what it consumed empty for the next lap.
 *
 * <h2>Algorithm notes</h2>
 * Space is given back in this order: the checkpoint, {@code consumed}, the marks, {@code head}. {@code consumed} comes before the marks, as
 * a producer that walks over old records must be able to tell that they were consumed before one of them turns into something else; the
 * marks come before {@code head}, so that whoever may claim a position finds its mark. A consumer that takes over repeats the last two for
 * everything between {@code head} and {@code consumed}; marks are values that follow from the position, so twice is the same as once.
 *
 * <p>Marking takes the lines away from whoever reads or writes nearby. So it stays nearly a quarter of the ring behind the messages in
 * flight, and goes on by 64 granules at once, which delays no message by much; the producers keep three quarters, and the longest message
 * needs one eighth.
 *
 * <p>A claim at the position holds the consumer up. Its owner may be slow, or stopped: it is waited for, without limit. Only when the
 * kernel says that the owner is dead, and only here, where nobody else may change the word but the owner, it becomes padding, by
 * compare-and-set, as the owner may have committed before it died. Nobody else ever changes a claim: a delayed compare-and-set of somebody
 * else's could come a lap late and hit a payload that looks like the claim.
 */
final class MpscConsumer extends PollingConsumer {
    /** In bytes. */
    private static final int MARK_AT_ONCE = 64 * MpscDescriptor.ALIGNMENT;

    private final Memory data;
    private final long epoch;
    private final int markAtOnce;
    private final int markBehind;
    private final Patience patience = new Patience();
    private long head;
    private boolean atSeal;
    /** The claim that the last look ended at, or EMPTY. */
    private long holdUp = RecordDescriptor.EMPTY;

    MpscConsumer(Region region, ConsumerOptions options) {
        super(region, region.memory(Area.DATA), options);
        data = region.memory(Area.DATA);
        epoch = region.header().epoch();
        markAtOnce = Math.min(MARK_AT_ONCE, capacity / 4);
        markBehind = capacity / 4 - markAtOnce;
        head = consumerWords.getLong(MpscDescriptor.HEAD_OFFSET);
        records.requirePosition("head", head, region.header().initialPosition());
        if (position - head < 0 || position - head > capacity) {
            throw new RegionCorrupt("ring " + region.name() + " is damaged: expected a head in " + (position - capacity) + "…" + position
                + ", found " + head + "; stop its producers, remove it and create it anew");
        }
        consumerWords.putLongRelease(MpscDescriptor.CONSUMED_OFFSET, position);
        mark(position); // the one before may have died in the middle of it
    }

    @Override
    long look() {
        while (position - head < capacity) { // a peek may come this far; what stands beyond is not marked yet
            int offset = offset(position);
            long word = data.getLongAcquire(offset); // pairs with: MpscProducer.commit
            if (isMessage(word) && isInBounds(word, offset)) {
                return word;
            }
            if (!isPadding(word, offset)) {
                return lookCloser(word);
            }
            position += MpscDescriptor.stride(word);
        }
        holdUp = RecordDescriptor.EMPTY;
        return RecordDescriptor.EMPTY;
    }

    private static boolean isMessage(long word) {
        return word >= 0 && !MpscDescriptor.isPadding(word) && !MpscDescriptor.isClaim(word);
    }

    private boolean isPadding(long word, int offset) {
        int stride = MpscDescriptor.stride(word);
        return word > 0 && MpscDescriptor.isPadding(word) && stride > 0 && stride <= capacity - offset;
    }

    private long lookCloser(long word) {
        if (MpscDescriptor.isEmpty(word)) {
            holdUp = RecordDescriptor.EMPTY;
            if (word == MpscDescriptor.empty(epoch, position)) {
                return RecordDescriptor.EMPTY;
            }
        } else if (MpscDescriptor.isClaim(word) && MpscDescriptor.stride(word) <= capacity - offset(position)
            && MpscDescriptor.stride(word) > 0) {
            holdUp = word;
            return RecordDescriptor.EMPTY;
        } else if (word == MpscDescriptor.SEAL) {
            holdUp = RecordDescriptor.EMPTY;
            atSeal = true;
            return RecordDescriptor.EMPTY;
        }
        region.checkOpen(); // a closed region reads as zeros
        throw records.corrupt("a message, padding or claim within the ring, or " + Long.toHexString(MpscDescriptor.empty(epoch, position)),
            word, position, data);
    }

    @Override
    boolean isAtSeal() {
        return atSeal; // for good, once it is true
    }

    @Override
    boolean isHeldUp() {
        return holdUp != RecordDescriptor.EMPTY;
    }

    @Override
    void letGoOfTheDead() {
        if (patience.isOver() && region.participants().isDead(MpscDescriptor.slot(holdUp), MpscDescriptor.generation(holdUp))) {
            // When it fails, the owner had committed or aborted before it died.
            data.compareAndSetLong(offset(position), holdUp, MpscDescriptor.padding(MpscDescriptor.stride(holdUp)));
        }
    }

    @Override
    public void hurry() {
        super.hurry();
        patience.hurry();
    }

    @Override
    void giveBack() {
        consumerWords.putLongRelease(MpscDescriptor.CONSUMED_OFFSET, position); // pairs with: MpscProducer.consumed
        patience.renew();
        if (position - head >= markBehind + markAtOnce) {
            mark(position - markBehind);
        }
    }

    /** Marks everything from head to that position empty for the next lap. Any multiple of 64 may be the start of a record there. */
    private void mark(long end) {
        data.storeStoreFence(); // consumed before the marks; pairs with: MpscProducer.reserve, the load of consumed after the word
        region.checkOpen(); // a closed region did not get it, but may still get the marks
        for (long each = head; each != end; each += MpscDescriptor.ALIGNMENT) {
            data.putLong(offset(each), MpscDescriptor.empty(epoch, each + capacity));
        }
        head = end;
        consumerWords.putLongRelease(MpscDescriptor.HEAD_OFFSET, head); // pairs with: MpscProducer.hasRoom
        wakeProducers();
    }
}
