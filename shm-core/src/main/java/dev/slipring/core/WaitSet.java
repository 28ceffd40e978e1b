package dev.slipring.core;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for many sources at once, of one region or of many, and hands out those that are ready, in turn: after one of them, all others
 * that are ready come before it comes again, however much it has.
 *
 * <pre>{@code
 * var set = new WaitSet<RingConsumer>();
 * set.add(trades);
 * set.add(quotes);
 * RingConsumer ready;
 * while ((ready = set.next(timeoutNs)) != null) {
 *     ready.poll(handler, 10);
 * }
 * }</pre>
 *
 * <p>Threads: one waits, the one that owns the sources; any may {@link #add}, {@link #remove} and {@link #wakeUp}, also meanwhile. Blocks:
 * {@link #next} only. Allocates: only when sources are added or removed.
 *
 * <p>It sleeps on the doorbells of all sources with one system call ({@code futex_waitv}). When a source has none (a region without
 * parking), when there are more than 127 sources, or when the kernel is older than 5.16, it naps instead, up to 1 ms at a time.
 *
 * @param <S> what is waited for
 */
public final class WaitSet<S extends Waitable> {
    /** One word of the vector is for those who change the set. */
    private static final int MAX_ASLEEP = FutexVector.CAPACITY - 1;

    /** A death is to be noticed within 100 ms; half of the sources ask at a time. */
    private static final long ASK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final VarHandle CHANGES = JAVA_INT.varHandle();

    private final Waiter waiter;
    private final MemorySegment changes = Arena.ofAuto().allocate(JAVA_INT);
    private volatile Waitable[] sources = {};
    private volatile boolean wokenUp;
    /** The sources at the last look, and whose turn it is among them. */
    private Waitable[] looked = {};
    private int cursor;
    private long lastAskedNs = System.nanoTime();
    private boolean secondHalf;

    /** An empty set that spins as usual before it sleeps. */
    public WaitSet() {
        this(Spinning.STANDARD);
    }

    /** An empty set. */
    public WaitSet(Spinning spinning) {
        waiter = new Waiter(FutexVector.SUPPORTED ? new VectorSleep() : null, spinning);
    }

    /**
     * Adds a source, after which {@link #next} waits for it too. Any thread.
     *
     * @throws IllegalArgumentException when it is in the set
     */
    public synchronized void add(S source) {
        if (indexOf(source) >= 0) {
            throw new IllegalArgumentException(source + " is in the set already");
        }
        var more = Arrays.copyOf(sources, sources.length + 1);
        more[sources.length] = source;
        change(more);
    }

    /** Takes a source out; false when it was not in. Any thread. The one that waits may be about to be given it. */
    public synchronized boolean remove(S source) {
        int index = indexOf(source);
        if (index < 0) {
            return false;
        }
        var fewer = new Waitable[sources.length - 1];
        System.arraycopy(sources, 0, fewer, 0, index);
        System.arraycopy(sources, index + 1, fewer, index, fewer.length - index);
        change(fewer);
        return true;
    }

    /** How many sources there are. */
    public int size() {
        return sources.length;
    }

    /** Makes the call of {@link #next} that waits, or else the next one, return null. Any thread. */
    public void wakeUp() {
        wokenUp = true;
        ringChanges();
    }

    /**
     * Waits until one of the sources is ready. A source that was closed, or lost its file, is ready too: to use it says what is wrong.
     *
     * @param timeoutNs how long, in nanoseconds; 0 or less: not at all; {@link Long#MAX_VALUE}: for ever
     * @return the one whose turn it is; null when the time was up, or after {@link #wakeUp}
     * @throws InterruptedException when the thread was interrupted, before or while it waited; noticed within 50 ms
     */
    @SuppressWarnings("unchecked") // nothing else was added
    public @Nullable S next(long timeoutNs) throws InterruptedException {
        var ready = wokenUp ? null : look();
        if (ready == null) {
            waiter.begin(timeoutNs, null);
            while (ready == null && !wokenUp && waiter.idle()) {
                if (waiter.hasLetTimePass()) {
                    hurrySome();
                }
                ready = look();
            }
        }
        if (ready == null) {
            wokenUp = false;
        }
        return (S) ready;
    }

    private @Nullable Waitable look() {
        var all = sources;
        if (all != looked) {
            cursor = turnAmong(all);
            looked = all;
        }
        int first = cursor < all.length ? cursor : 0;
        for (int i = 0; i < all.length; i++) {
            int index = first + i < all.length ? first + i : first + i - all.length;
            if (isReady(all[index])) {
                cursor = index + 1;
                return all[index];
            }
        }
        return null;
    }

    /** Those whose turn was before are the first of all, less those that were removed. */
    private int turnAmong(Waitable[] all) {
        int turn = 0;
        for (int index = 0; index < cursor && turn < all.length; index++) {
            if (looked[index] == all[turn]) {
                turn++;
            }
        }
        return turn;
    }

    private static boolean isReady(Waitable source) {
        try {
            return source.isReady();
        } catch (IllegalStateException | SlipringException broken) {
            return true;
        }
    }

    /** So that many sources do not keep a processor busy with asking who lives. */
    private void hurrySome() {
        long now = System.nanoTime();
        if (now - lastAskedNs < ASK_EVERY_NS) {
            return;
        }
        lastAskedNs = now;
        var all = sources;
        for (int index = secondHalf ? 1 : 0; index < all.length; index += 2) {
            all[index].hurry();
        }
        secondHalf = !secondHalf;
    }

    private int indexOf(S source) {
        var all = sources;
        for (int index = 0; index < all.length; index++) {
            if (all[index] == source) {
                return index;
            }
        }
        return -1;
    }

    private void change(Waitable[] changed) {
        sources = changed;
        ringChanges();
    }

    private void ringChanges() {
        CHANGES.getAndAdd(changes, 0L, 1);
        Futex.wake(changes.address());
    }

    /** Sleeping on the doorbells of all sources, and on the word that moves when the set changes. */
    private final class VectorSleep implements Sleep {
        private @Nullable FutexVector vector;
        private Waitable[] slept = {};
        /** Where a sandbox forbids it once, it forbids it always. */
        private boolean mayFence = true;
        private int count;

        @Override
        public boolean announce() {
            if (vector == null) {
                vector = new FutexVector();
            }
            vector.set(0, changes.address(), (int) CHANGES.getVolatile(changes, 0L)); // before the sources: who changes them moves it later
            slept = sources;
            if (!mayFence || slept.length > MAX_ASLEEP || !haveBells(slept)) {
                return false; // and no flag is up, for which others would ring in vain
            }
            count = 1;
            for (var source : slept) {
                var bell = Objects.requireNonNull(source.doorbell());
                vector.set(count++, bell.seqAddress(), bell.raise());
            }
            var any = slept.length > 0 ? slept[0].doorbell() : null;
            mayFence = any == null || any.fence(); // once for all of them
            return mayFence;
        }

        private static boolean haveBells(Waitable[] sources) {
            for (var source : sources) {
                if (source.doorbell() == null) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean sleep(long timeoutNs) {
            try {
                int end = Objects.requireNonNull(vector).await(count, timeoutNs);
                if (Futex.hasSlept(end)) {
                    noteSleep();
                }
                return Futex.isExpected(end);
            } finally {
                Reference.reachabilityFence(slept);
            }
        }

        private void noteSleep() {
            for (var source : slept) {
                var bell = source.doorbell();
                if (bell != null) {
                    bell.slept();
                }
            }
        }
    }
}
