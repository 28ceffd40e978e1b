package dev.slipring.seqlock;

import dev.slipring.core.Access;
import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Role;
import java.nio.file.Path;

/**
 * Makes the real writers and readers of millions of slots, over any memory: one file is attached to once, for what a side wants from its
 * region besides memory, and each side made here lies over the memory it is given.
 */
public final class SlotSides {
    private static final String NAME = "sides";

    private final TableDescriptor layout;
    private final Region writing;
    private final Region reading;
    private MemorySeam current = MemorySeam.DIRECT;

    /**
     * Attaches for as long as this JVM lives.
     *
     * @param directory empty, or not there yet; where regions may lie
     * @param payload   bytes of each value
     * @param cells     of each slot
     */
    public SlotSides(Path directory, int payload, int cells) {
        var there = new RegionDirectory(directory);
        var options = SlotOptions.ofPayload(payload).cells(cells);
        layout = options.layout();
        SeqlockSlot.create(there, NAME, options);
        var attachment = Attachment.standard().in(there).through(this::wrap);
        writing = Region.attach(NAME, RegionKind.SLOT_TABLE, Access.OWN, Role.PRODUCER, false, attachment);
        reading = Region.watch(NAME, RegionKind.SLOT_TABLE, attachment);
    }

    /** Bytes of the data area. */
    public int dataLength() {
        return (int) layout.dataLength();
    }

    /** A new slot in zeroed memories. */
    public synchronized void create(MemorySeam memories) {
        current = memories;
        var data = writing.memory(Area.DATA);
        var words = writing.memory(Area.PRODUCER);
        layout.writeTo(data);
        new SlotDirectory(NAME, layout, data, words).addFirst(SeqlockSlot.KEY, data, words);
    }

    /** A writer over these memories, shared: each of its writes goes on from what it finds there. */
    public synchronized SlotWriter writer(MemorySeam memories) {
        current = memories;
        return new SlotWriter(writing, layout, 0, SeqlockSlot.KEY.value(), true, false);
    }

    /** A reader over these memories. */
    public synchronized SlotReader reader(MemorySeam memories) {
        current = memories;
        return new SlotReader(reading, layout, SlotDirectory.of(reading, layout), SeqlockSlot.KEY, false);
    }

    private Memory wrap(Area area, Memory mapped) {
        return area == Area.PARTICIPANTS ? mapped : current.wrap(area, mapped); // its counts, which say nothing of the flow
    }
}
