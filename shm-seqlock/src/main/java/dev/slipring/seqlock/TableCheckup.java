package dev.slipring.seqlock;

import dev.slipring.core.Area;
import dev.slipring.core.Participants;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.seqlock.TableStatus.SlotStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a table as it is, also at a damaged one, and collects what cannot be. Of each slot it looks at the cells that a successor looks
 * at: the newest version's, and the next one's.
 *
 * <h2>Algorithm notes</h2>
 * Writers go on meanwhile, and nothing that they do may be called damage. So each rule relates a word to another one that was stored
 * before it and does not go back, and is loaded after it: an index entry and the count, an owner and the generation of its participant, a
 * stamp and {@code latest}. {@code latest} may be one behind what a stamp says, and one more, for the next stamp is stored without release.
 */
final class TableCheckup {
    /** How far a stamp's version may be ahead of {@code latest}. */
    private static final int AHEAD = 2;

    private final Participants participants;
    private final TableDescriptor layout;
    private final ReadMemory data;
    private final ReadMemory words;
    private final SlotDirectory directory;
    private final SlotValue value;
    private final Region region;
    private final List<String> faults = new ArrayList<>();
    private boolean indexIsSound = true;

    TableCheckup(Region region, TableDescriptor layout) {
        this.region = region;
        this.layout = layout;
        participants = region.participants();
        data = region.view(Area.DATA);
        words = region.view(Area.PRODUCER);
        directory = SlotDirectory.of(region, layout);
        value = new SlotValue(layout.payload());
    }

    TableStatus look() {
        int count = count(indexed());
        var added = new ArrayList<SlotStatus>();
        for (int number = 0; number < count; number++) {
            added.add(slot(number));
        }
        requireParticipant("the directory's owner", words.getLongAcquire(TableDescriptor.DIRECTORY_OWNER_OFFSET));
        region.checkOpen(); // a closed region reads as zeros
        return new TableStatus(layout.slots(), layout.cells(), layout.payload(), added, faults);
    }

    /** How many slots there must be for the index to lead to what is there. */
    private int indexed() {
        int[] entryOf = new int[layout.slots()];
        int most = 0;
        for (int entry = 0; entry < layout.indexEntries(); entry++) {
            int found = data.getIntAcquire(layout.indexOffset(entry)); // pairs with: SlotDirectory.enter
            if (found < 0 || found > layout.slots()) {
                faults.add("index entry " + entry + " leads to slot " + (found - 1) + ", expected 0…" + (layout.slots() - 1));
                indexIsSound = false;
            } else if (found > 0) {
                if (entryOf[found - 1] > 0) {
                    faults.add("index entries " + (entryOf[found - 1] - 1) + " and " + entry + " lead to the same slot " + (found - 1));
                }
                entryOf[found - 1] = entry + 1;
                most = Math.max(most, found);
            }
        }
        return most;
    }

    /** Whoever adds a slot enters it first and counts it then, if it lives: so one may be missing. */
    private int count(int indexed) {
        long count = words.getLongAcquire(TableDescriptor.COUNT_OFFSET); // pairs with: SlotDirectory.add
        if (count < 0 || count > layout.slots()) {
            faults.add("the count of slots is " + count + ", expected 0…" + layout.slots());
            return indexed;
        }
        if (indexed > count + 1) {
            faults.add("the index leads to slot " + (indexed - 1) + ", expected at most " + count + ", as there are " + count);
        }
        return (int) count;
    }

    private SlotStatus slot(int number) {
        var slot = Slot.of(layout, number);
        var key = key(number);
        if (indexIsSound && directory.find(key.value()) != number) {
            faults.add("the index does not lead to slot " + number + ", whose key is " + key);
        }
        long latest = data.getLongAcquire(slot.latestOffset()); // pairs with: SlotWriter.finish
        if (latest < 0) {
            faults.add("slot " + key + ": latest is " + latest + ", expected 0 or more");
        } else {
            announced(key, slot, latest);
            cell(key, slot, slot.cellOffset(latest), (int) latest & slot.mask());
            cell(key, slot, slot.cellOffset(latest + 1), (int) (latest + 1) & slot.mask());
        }
        long owner = data.getLongAcquire(slot.ownerOffset()); // pairs with: Owner.tryTake
        requireParticipant("slot " + key + ": the owner", owner);
        return status(key, slot, owner);
    }

    /** Its key, as far as it can be told. */
    private SlotKey key(int number) {
        long key = data.getLong(layout.keyOffset(number));
        int length = data.getInt(layout.nameLengthOffset(number));
        if (length < 0 || length > TableDescriptor.MAX_NAME_LENGTH) {
            faults.add("slot " + number + ": its name has " + length + " bytes, expected 0…" + TableDescriptor.MAX_NAME_LENGTH);
            return SlotKey.of(key);
        }
        try {
            return directory.key(number);
        } catch (RegionCorrupt e) {
            faults.add("slot " + number + ": its name is not that of key " + key);
            return SlotKey.of(key);
        }
    }

    private void announced(SlotKey key, Slot slot, long latest) {
        long stamp = data.getLongAcquire(slot.cellOffset(latest)); // pairs with: SlotWriter.finish
        if (latest > 0 && stamp < CellDescriptor.complete(latest)) {
            faults.add("slot " + key + ": latest is " + latest + ", and the stamp of its cell " + stamp + ", expected "
                + CellDescriptor.complete(latest) + " or more");
        }
    }

    private void cell(SlotKey key, Slot slot, int offset, int cell) {
        long stamp = data.getLongAcquire(offset); // pairs with: SlotWriter.finish
        int length = data.getInt(offset + CellDescriptor.LENGTH_OFFSET);
        long writer = data.getLong(offset + CellDescriptor.WRITER_OFFSET);
        data.loadLoadFence(); // pairs with: SlotWriter.start, the store-store fence
        boolean whole = data.getLongOpaque(offset) == stamp && stamp > 0 && stamp % 2 == 0;
        long latest = data.getLongAcquire(slot.latestOffset());
        long version = (stamp + 1) / 2;
        if (stamp < 0 || (stamp > 0 && ((int) version & slot.mask()) != cell) || (latest >= 0 && version - latest > AHEAD)) {
            faults.add("slot " + key + ": the stamp of cell " + cell + " is " + stamp
                + ", expected that of a version whose cell it is, up to latest, which is " + latest + ", and the next");
        } else if (whole) {
            if (length < 0 || length > layout.payload()) {
                faults.add("slot " + key + ": version " + version + " has " + length + " bytes, expected 0…" + layout.payload());
            }
            if (writer == Owner.NOBODY) {
                faults.add("slot " + key + ": version " + version + " was written by nobody");
            }
            requireParticipant("slot " + key + ": the writer of version " + version, writer);
        }
    }

    private void requireParticipant(String what, long owner) {
        if (owner != Owner.NOBODY && !hasLived(owner)) {
            faults.add(what + " is slot " + Owner.slot(owner) + " in generation " + Owner.generation(owner)
                + ", expected somebody who takes part, or did");
        }
    }

    private boolean hasLived(long owner) {
        int slot = Owner.slot(owner);
        return slot >= 0 && slot < Participants.MAX && participants.hasLived(slot, Owner.generation(owner));
    }

    private SlotStatus status(SlotKey key, Slot slot, long owner) {
        long version = 0;
        boolean copied = false;
        for (int tries = 0; tries < SlotReader.MAX_TRIES && !copied; tries++) {
            version = data.getLongAcquire(slot.latestOffset()); // pairs with: SlotWriter.finish
            copied = version == 0 || value.copy(data, slot.cellOffset(version), version);
        }
        boolean known = copied && version != 0;
        return new SlotStatus(key, version, known ? value.payload().capacity() : 0, known ? value.ageNs() : -1,
            owner == Owner.NOBODY ? -1 : Owner.slot(owner), Owner.generation(owner), owner != Owner.NOBODY && !isAlive(owner));
    }

    private boolean isAlive(long owner) {
        return hasLived(owner) && !participants.isDead(Owner.slot(owner), Owner.generation(owner));
    }
}
