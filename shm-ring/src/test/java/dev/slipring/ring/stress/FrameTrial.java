package dev.slipring.ring.stress;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.stress.TrialMemory;
import dev.slipring.frame.ConsumerPolicy;
import dev.slipring.frame.Delivery;
import dev.slipring.frame.FrameConsumer;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.FrameProducer;
import dev.slipring.frame.Lease;
import dev.slipring.frame.Loan;
import dev.slipring.frame.PixelFormat;
import dev.slipring.frame.PoolOptions;

/**
 * One pool of three frames for all trials of a JVM, as a pool is large: one actor publishes frame after frame, the other leases what is
 * the newest. So the frame that is leased is always about to be lent again. All longs of a frame are its number.
 */
final class FrameTrial {
    private static final int LONGS = 128;
    private static final int MAX_TRIES = 20;
    private static final int FRAME_WORDS_LENGTH = 256 * 64;

    private final FrameProducer producer;
    private final FrameConsumer consumer;
    private final Loan loan = new Loan();
    private final Lease lease = new Lease();

    private FrameTrial(String name, MemorySeam ofConsumer) {
        var attachment = Attachment.standard().in(new RegionDirectory(TrialMemory.ownDirectory()));
        var format = PixelFormat.GREY.size(LONGS, Long.BYTES);
        FramePool.create(new RegionDirectory(TrialMemory.ownDirectory()), name, PoolOptions.of(3, format));
        producer = FramePool.producer(name, attachment);
        consumer = FramePool.consumer(name, attachment.through(ofConsumer), ConsumerPolicy.latest());
    }

    /** As it is. */
    static FrameTrial ordered() {
        return Ordered.TRIAL;
    }

    /** The lease does not look at the generation. */
    static FrameTrial blind() {
        return Blind.TRIAL;
    }

    /** Returns 1 or 0. */
    int publish() {
        if (!producer.tryLoan(PixelFormat.GREY.size(LONGS, Long.BYTES), loan)) {
            return 0;
        }
        try (loan) {
            for (int i = 0; i < LONGS; i++) {
                loan.buffer().putLong(i * Long.BYTES, producer.sequence());
            }
            loan.publish();
        }
        return 1;
    }

    /** Returns 0 for no frame, 1 for a whole one, 2 for one that was torn at the first look, 3 at the second. */
    int lease() {
        int tries = 0;
        while (consumer.next(lease) != Delivery.FRAME) {
            if (++tries == MAX_TRIES) {
                return 0;
            }
        }
        try (lease) {
            return !isWhole() ? 2 : !isWhole() ? 3 : 1;
        }
    }

    private boolean isWhole() {
        for (int i = 0; i < LONGS; i++) {
            if (lease.buffer().getLong(i * Long.BYTES) != lease.sequence()) {
                return false;
            }
        }
        return true;
    }

    private static final class Ordered {
        static final FrameTrial TRIAL = new FrameTrial("ordered", MemorySeam.DIRECT);
    }

    private static final class Blind {
        static final FrameTrial TRIAL = new FrameTrial("blind", (area, mapped) -> area == Area.CONSUMER ? new BlindWords(mapped) : mapped);
    }

    /** Waits until the frame was lent meanwhile, if it is, and adds a lease to whatever word is there. */
    private static final class BlindWords extends ForwardingMemory {
        private static final int PATIENCE = 10_000;

        BlindWords(Memory words) {
            super(words);
        }

        @Override
        public boolean compareAndSetLong(int offset, long expected, long value) {
            boolean leases = offset < FRAME_WORDS_LENGTH && (value & ~expected) != 0;
            if (!leases) {
                return super.compareAndSetLong(offset, expected, value);
            }
            for (int i = 0; i < PATIENCE && getLongAcquire(offset) == expected; i++) {
                Thread.onSpinWait();
            }
            long word;
            do {
                word = getLongAcquire(offset);
            } while (!super.compareAndSetLong(offset, word, word | (value & ~expected)));
            return true;
        }
    }
}
