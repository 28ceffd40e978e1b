package dev.slipring.seqlock;

import dev.slipring.core.MonotonicClock;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import java.util.concurrent.TimeUnit;

/**
 * Tells a reader whether the slot's owner is dead. The kernel, which takes about a microsecond, is asked only when the value has not
 * changed for 10 ms, and at most every 10 ms; the clock, which takes longer than a read, is read at every read of a reader that comes
 * once in a millisecond or less, and at every {@value #READS_PER_CLOCK}th of one that comes more often.
 */
final class WriterWatch {
    private static final int READS_PER_CLOCK = 64;
    private static final long RARE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long UNCHANGED_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Region region;
    private final ReadMemory data;
    private int readsUntilClock;
    private long lastClockNs;
    private long lastAskedNs = MonotonicClock.nanoTime() - UNCHANGED_NS;
    private long version;
    private long unchangedSinceNs;
    /** An owner that the kernel says is dead, and which stays so; or NOBODY. */
    private long dead = Owner.NOBODY;

    WriterWatch(Region region, ReadMemory data) {
        this.region = region;
        this.data = data;
    }

    /** To be called when time has passed: the next read looks at the clock. */
    void hurry() {
        readsUntilClock = 0;
    }

    /** The slot's owner if it is known to be dead, or NOBODY. To be called at every look that found nothing newer than this value. */
    long deadOwner(Slot slot, SlotValue newest) {
        if (--readsUntilClock <= 0) {
            look(slot, newest);
        }
        return dead != Owner.NOBODY && data.getLongOpaque(slot.ownerOffset()) == dead ? dead : Owner.NOBODY;
    }

    /** To be called at every look that found no value at all: only the file is asked for then. */
    void noValue() {
        if (--readsUntilClock <= 0 && isTimeToAsk(now())) {
            region.checkFile();
        }
    }

    private long now() {
        long now = MonotonicClock.nanoTime();
        readsUntilClock = now - lastClockNs >= RARE_NS ? 1 : READS_PER_CLOCK;
        lastClockNs = now;
        return now;
    }

    private boolean isTimeToAsk(long now) {
        if (now - lastAskedNs < UNCHANGED_NS) {
            return false;
        }
        lastAskedNs = now;
        return true;
    }

    private void look(Slot slot, SlotValue newest) {
        long now = now();
        if (newest.version() != version) {
            version = newest.version();
            unchangedSinceNs = newest.clockId() == MonotonicClock.ID ? Math.min(now, newest.publishTimeNs()) : now;
        }
        if (now - unchangedSinceNs >= UNCHANGED_NS && isTimeToAsk(now)) {
            region.checkFile();
            long owner = data.getLongAcquire(slot.ownerOffset()); // pairs with: Owner.tryTake
            dead = Owner.isDead(region, owner) ? owner : Owner.NOBODY;
        }
    }
}
