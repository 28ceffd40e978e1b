package dev.slipring.seqlock;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.Pause;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionFull;
import dev.slipring.core.RegionIncompatible;
import dev.slipring.core.RoleTaken;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds slots by their keys, in one or two looks on average, and adds them. Slots are never taken away.
 *
 * <h2>Algorithm notes</h2>
 * An open hash table with linear probing, at most half full (Knuth, The Art of Computer Programming 3, 6.4, algorithm L). Who adds a slot
 * owns the directory meanwhile: stores its key and name, then the entry that leads to it, with release, then the count. Killed before the
 * entry, it has done nothing: the slot is used for the next key. Killed behind it, the slot is there, and the next one who adds counts it
 * first. A reader takes an entry with acquire and finds the key behind it.
 */
final class SlotDirectory {
    static final int NOT_THERE = -1;

    /** To add a slot takes some microseconds, unless who adds it is stopped. */
    private static final long TURN_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long RETRY_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final String table;
    private final TableDescriptor layout;
    private final ReadMemory data;
    private final ReadMemory words;

    SlotDirectory(String table, TableDescriptor layout, ReadMemory data, ReadMemory words) {
        this.table = table;
        this.layout = layout;
        this.data = data;
        this.words = words;
    }

    static SlotDirectory of(Region region, TableDescriptor layout) {
        return new SlotDirectory("table " + region.name(), layout, region.view(Area.DATA), region.view(Area.PRODUCER));
    }

    /** How many slots there are. */
    int count() {
        int count = (int) words.getLongAcquire(TableDescriptor.COUNT_OFFSET); // pairs with: add
        if (count < 0 || count > layout.slots()) {
            throw corrupt("a count of 0…" + layout.slots() + " slots", "" + count);
        }
        return count;
    }

    /** The number of the slot with this key, or NOT_THERE. */
    int find(long key) {
        int entries = layout.indexEntries();
        int entry = layout.homeEntry(key);
        for (int probes = 0; probes < entries; probes++) {
            int found = data.getIntAcquire(layout.indexOffset(entry)) - 1; // pairs with: enter
            if (found == NOT_THERE) {
                return NOT_THERE;
            }
            if (found < 0 || found >= layout.slots()) {
                throw corrupt("a slot of 0…" + (layout.slots() - 1) + " in index entry " + entry, "" + found);
            }
            if (data.getLong(layout.keyOffset(found)) == key) {
                return found;
            }
            entry = entry + 1 & entries - 1;
        }
        return NOT_THERE;
    }

    /** The key of a slot that is there. */
    SlotKey key(int slot) {
        int length = data.getInt(layout.nameLengthOffset(slot));
        if (length < 0 || length > TableDescriptor.MAX_NAME_LENGTH) {
            throw corrupt("a name of 0…" + TableDescriptor.MAX_NAME_LENGTH + " bytes", "" + length);
        }
        var name = new UnsafeBuffer(new byte[length]);
        data.copyOut(layout.nameOffset(slot), name, 0, length);
        try {
            return new SlotKey(data.getLong(layout.keyOffset(slot)), new String(name.byteArray(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw corrupt("a key and its name", String.valueOf(e.getMessage()));
        }
    }

    /** Finds the slot, and makes sure that it is that of the same name. */
    int findNamed(SlotKey key) {
        int found = find(key.value());
        if (found != NOT_THERE && !key(found).equals(key)) {
            throw new IllegalArgumentException(table + " has a slot " + key(found) + " of the same number as " + key
                + ": use another name");
        }
        return found;
    }

    /** The slot of a table that was created as a single slot. */
    int onlySlot() {
        int found = find(SeqlockSlot.KEY.value());
        if (found == NOT_THERE || layout.slots() != 1) {
            throw new RegionIncompatible(table + " has room for " + layout.slots() + " slots, expected a single one, of key "
                + SeqlockSlot.KEY + ": open it with SlotTable");
        }
        return found;
    }

    /** The slot with this key; adds it when it is not there. */
    int findOrAdd(SlotKey key, Memory writableData, Memory writableWords, Owner directory) {
        int found = findNamed(key);
        if (found != NOT_THERE) {
            return found;
        }
        takeInTurn(directory);
        try {
            finishWhatIsLeft(writableWords);
            found = findNamed(key); // somebody may have added it
            return found != NOT_THERE ? found : add(count(), key, directory, writableData, writableWords);
        } finally {
            directory.give();
        }
    }

    private void takeInTurn(Owner directory) {
        long deadline = System.nanoTime() + TURN_NS;
        while (!directory.tryTake()) {
            if (System.nanoTime() - deadline > 0) {
                throw new RoleTaken(table + ": somebody else has been adding a slot for " + TimeUnit.NANOSECONDS.toSeconds(TURN_NS)
                    + " s; is one of its writers stopped? Resume it, or kill it, and try again");
            }
            Pause.of(RETRY_NS);
        }
    }

    private void finishWhatIsLeft(Memory writableWords) {
        int next = count();
        if (next < layout.slots() && find(data.getLong(layout.keyOffset(next))) == next) {
            writableWords.putLongRelease(TableDescriptor.COUNT_OFFSET, next + 1); // pairs with: count
        }
    }

    private int add(int slot, SlotKey key, Owner directory, Memory writableData, Memory writableWords) {
        if (slot == layout.slots()) {
            throw new RegionFull(table + " has no room for slot " + key + ": all " + slot + " are taken; create it with more");
        }
        directory.requireOpen(); // a closed table reads as an empty one, but its data may still be in reach
        return store(slot, key, writableData, writableWords);
    }

    /** Stores the first slot of a new table. */
    void addFirst(SlotKey key, Memory writableData, Memory writableWords) {
        store(0, key, writableData, writableWords);
    }

    private int store(int slot, SlotKey key, Memory writableData, Memory writableWords) {
        var name = new UnsafeBuffer(key.nameBytes());
        writableData.putLong(layout.keyOffset(slot), key.value());
        writableData.putInt(layout.nameLengthOffset(slot), name.capacity());
        writableData.copyIn(layout.nameOffset(slot), name, 0, name.capacity());
        enter(slot, key.value(), writableData);
        writableWords.putLongRelease(TableDescriptor.COUNT_OFFSET, slot + 1); // pairs with: count
        return slot;
    }

    private void enter(int slot, long key, Memory writableData) {
        int entry = layout.homeEntry(key);
        for (int probes = 0; probes < layout.indexEntries(); probes++) {
            if (data.getInt(layout.indexOffset(entry)) == 0) {
                writableData.putIntRelease(layout.indexOffset(entry), slot + 1); // the key before it; pairs with: find
                return;
            }
            entry = entry + 1 & layout.indexEntries() - 1;
        }
        throw corrupt("a free index entry", "none");
    }

    private RegionCorrupt corrupt(String expected, String found) {
        return new RegionCorrupt(table + " is damaged: expected " + expected + ", found " + found
            + "; stop its writers, remove it and create it anew");
    }
}
