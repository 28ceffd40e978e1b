package dev.slipring.core.fault;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A simulated process that dies at a chosen store. Its {@link #seam() memories} share one count of stores; bulk copies and writes through
 * a claimed view count as one store for every 8 bytes, so they can be cut in the middle.
 *
 * <p>With a seed it also dies on a weakly ordered machine: of the plain stores that no release, compare-and-set or fence has ordered yet,
 * an arbitrary subset reaches memory. Without a seed all of them do, in program order.
 */
public final class FaultyProcess {
    private final List<PlainStore> unordered = new ArrayList<>();
    private final List<FaultMemory> memories = new ArrayList<>();
    private long stores;
    private long lastStore = Long.MAX_VALUE;
    private Random weak = new Random(0);
    private boolean reorders;
    private boolean dead;

    /** A plain store that others may or may not see yet. */
    record PlainStore(Memory memory, int offset, UnsafeBuffer before, UnsafeBuffer after) {
        void undo() {
            FaultMemory.write(memory, offset, before);
        }

        void redo() {
            FaultMemory.write(memory, offset, after);
        }
    }

    /** Memories that die with this process. */
    public MemorySeam seam() {
        return (Area area, Memory mapped) -> {
            var memory = new FaultMemory(this, mapped);
            memories.add(memory);
            return memory;
        };
    }

    /** Lets this many more stores happen, and dies instead of the next one. In program order. */
    public void dieAfter(long moreStores) {
        lastStore = stores + moreStores;
        reorders = false;
    }

    /** As {@link #dieAfter(long)}, on a machine that has not ordered plain stores as the program did. */
    public void dieAfter(long moreStores, long seed) {
        lastStore = stores + moreStores;
        reorders = true;
        weak = new Random(seed * 0x9e37_79b9_7f4a_7c15L); // small seeds look alike to Random
    }

    /** With a seed or, for {@code null}, in program order. */
    public void dieAfter(long moreStores, @Nullable Long seed) {
        if (seed == null) {
            dieAfter(moreStores);
        } else {
            dieAfter(moreStores, seed.longValue());
        }
    }

    /**
     * One life: comes, does its work, and is gone, whether it died on the way or not.
     *
     * @return whether it died on the way
     */
    public <T extends AutoCloseable> boolean live(Supplier<T> attach, Consumer<T> work) {
        @Nullable T side = null;
        try {
            side = attach.get();
            work.accept(side);
            return false;
        } catch (ProcessDied expected) {
            return true;
        } finally {
            kill(side);
        }
    }

    /**
     * Dies now, and lets go of what it had open: its stores fail, so nothing is said in order, but its descriptors go, and with them its
     * locks, as with a killed process.
     */
    public void kill(@Nullable AutoCloseable side) {
        kill();
        try {
            if (side != null) {
                side.close();
            }
        } catch (ProcessDied expected) {
            // the locks are gone
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Dies now, between two stores, if it has not died yet; whatever it still does stores nothing. */
    public void kill() {
        if (!dead) {
            dead = true;
            loseUnordered();
        }
    }

    /** Whether the last store was made. */
    public boolean isDead() {
        return dead;
    }

    /** Stores so far. */
    public long stores() {
        return stores;
    }

    /** Before every store. */
    void aboutToStore() {
        if (dead) {
            throw new ProcessDied("a dead process does not store");
        }
        if (stores >= lastStore) {
            kill();
            throw new ProcessDied("died instead of store " + (stores + 1));
        }
        stores++;
    }

    void plain(PlainStore store) {
        unordered.add(store);
    }

    /** Everything stored so far is seen before whatever comes now. */
    void ordered() {
        unordered.clear();
    }

    /** What was written through claimed views becomes stores. */
    void collectViews() {
        for (var memory : memories) {
            memory.collectView();
        }
    }

    private void loseUnordered() {
        if (!reorders) {
            return;
        }
        for (int i = unordered.size() - 1; i >= 0; i--) {
            unordered.get(i).undo();
        }
        for (var store : unordered) {
            if (weak.nextBoolean()) {
                store.redo();
            }
        }
    }
}
