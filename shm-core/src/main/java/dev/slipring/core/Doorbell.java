package dev.slipring.core;

import org.jspecify.annotations.Nullable;

/**
 * Where the participants of one side sleep until those of the other have something for them; see {@link WaiterDescriptor}.
 *
 * <p>Threads: any. Processes: any, with any number of sleepers and of ringers. Allocates: nothing.
 *
 * <h2>Algorithm notes</h2>
 * Whoever has published something rings: a fence, a look at the flag, and only if it is up, the rest: exchange it for 0, add one to
 * {@code seq}, wake everybody. Whoever wants to sleep reads {@code seq}, raises the flag, passes a fence, looks again whether there is
 * something for him, and only then sleeps, provided that {@code seq} is still what he read.
 *
 * <p>Of the two, each first stores, then passes a fence, then loads what the other stores (Dekker). So at least one sees the other's
 * store: the sleeper finds what was published, or the ringer finds the flag. In the second case {@code seq} moves after the sleeper has
 * read it, so the sleep that has not begun does not begin, and the one that has is ended. {@code seq} is counted up by compare-and-set, as
 * two ringers that both stored the same value could between them hide from a sleeper that it moved.
 *
 * <p>A full fence on both sides would do, and would cost whoever publishes more than all the rest: half of the throughput. So the fences
 * are unequal ({@link Memory#lightFence}, {@link Memory#heavyFence}): whoever is about to sleep, and has the time, makes all processors
 * pass one on behalf of those who ring. It is the asymmetric fence of Dice, Huang and Yang (Asymmetric Dekker synchronization, 2001), as
 * Linux offers it between processes: {@code membarrier} with GLOBAL_EXPEDITED. Who cannot be reached that way fences himself; who cannot
 * make others pass a fence does not sleep, but naps.
 *
 * <p>The flag is a flag and no count: a sleeper that dies costs one needless wake. A ringer that dies between the two is why nobody
 * sleeps for longer than {@link Waiter#SLICE_NS}.
 *
 * <p>The order of steps is that of the eventcount as used with Linux's futex (Drepper, Futexes are tricky, 2011).
 */
public final class Doorbell {
    /** How many of them a slot table has; any other region has one for each role. */
    public static final int OF_SLOTS = WaiterDescriptor.SLOT_SIDES;

    private static final int RAISED = 1;
    private static final int MAX_TRIES = 1000;

    private final Memory words;
    private final int seqOffset;
    private final int flagOffset;
    private final long seqAddress;
    private final @Nullable OwnCounters counters;

    /**
     * @param side     whose bell it is
     * @param counters of who may sleep on it here; null for who only rings
     */
    Doorbell(Memory words, int side, @Nullable OwnCounters counters) {
        this.words = words;
        this.counters = counters;
        seqOffset = WaiterDescriptor.seqOffset(side);
        flagOffset = WaiterDescriptor.sleepersOffset(side);
        seqAddress = words.buffer().addressOffset() + seqOffset;
    }

    /** To be called after publishing, by a release store or anything stronger. One load, and hardly a fence, when nobody sleeps. */
    public void ring() {
        words.lightFence(); // what was published before the look at the flag; pairs with: fence
        if (words.getIntAcquire(flagOffset) != 0) {
            wake();
        }
    }

    private void wake() {
        int flag = words.getIntAcquire(flagOffset);
        if (flag == 0 || !words.compareAndSetInt(flagOffset, flag, 0)) {
            return; // somebody else has just taken it upon himself
        }
        wakeAnyway();
    }

    /** As {@link #ring}, whatever the flag says: somebody may have taken it down and then been cut off. */
    void wakeAnyway() {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            int seq = words.getIntAcquire(seqOffset);
            if (words.compareAndSetInt(seqOffset, seq, seq + 1)) {
                break;
            }
        }
        Futex.wake(seqAddress);
    }

    /**
     * Announces a sleep. The caller must pass a {@link #fence}, look once more for what it waits for, and may then sleep on
     * {@link #seqAddress} as long as it holds what is returned.
     *
     * @return {@code seq}, which is not 0: as that it reads once the region is closed, and then nobody shall begin to sleep
     */
    int raise() {
        int seq = words.getIntAcquire(seqOffset); // before the flag: whoever takes it down moves seq later. pairs with: wake
        if (seq == 0) {
            words.compareAndSetInt(seqOffset, 0, 1);
            seq = words.getIntAcquire(seqOffset);
        }
        words.putInt(flagOffset, RAISED);
        return seq;
    }

    /** After raising, of however many bells: the flags before the look at what is published. False when nobody may sleep here. */
    boolean fence() {
        return words.heavyFence(); // pairs with: ring
    }

    /** To be called after a sleep on it. */
    void slept() {
        if (counters != null) {
            counters.slept();
        }
    }

    /** The address of {@code seq}, good as long as this doorbell is reachable. */
    long seqAddress() {
        return seqAddress;
    }
}
