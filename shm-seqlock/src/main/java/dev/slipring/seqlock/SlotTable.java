package dev.slipring.seqlock;

import dev.slipring.core.Access;
import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Role;
import dev.slipring.core.Sharing;
import java.util.function.BiFunction;

/**
 * Slots in one region, each found by its key: an instrument, a sensor. They are added while the table is in use, up to a number stated at
 * its creation. Each has one writer at a time, or several that share it; the writers of a table may be in different processes.
 */
public final class SlotTable {
    private SlotTable() {
    }

    /** Creates a table in the standard directory. */
    public static void create(String name, SlotOptions options) {
        create(RegionDirectory.standard(), name, options);
    }

    /**
     * Creates a table without slots.
     *
     * @throws dev.slipring.core.RegionExists when the name is taken
     * @throws dev.slipring.core.RegionFull   when there is no room for it
     * @throws dev.slipring.core.AccessDenied when the directory cannot be trusted or written
     */
    public static void create(RegionDirectory directory, String name, SlotOptions options) {
        Region.create(directory, name, options.spec(), MemorySeam.DIRECT, areas -> options.layout().writeTo(areas.memory(Area.DATA)));
    }

    /** Removes a table that nobody has open; throws as {@link Region#remove} does. */
    public static void remove(RegionDirectory directory, String name) {
        Region.remove(directory, name);
    }

    /** Attaches to write, in the standard directory; throws as {@link Region#attach} does. */
    public static TableWriter writer(String name) {
        return writer(name, Attachment.standard());
    }

    /** Attaches to write, as one of at most 64; throws as {@link Region#attach} does. */
    public static TableWriter writer(String name, Attachment attachment) {
        return over(Region.attach(name, RegionKind.SLOT_TABLE, Access.OWN, Role.PRODUCER, false, attachment), TableWriter::new);
    }

    /** Looks on, in the standard directory; throws as {@link Region#watch} does. */
    public static TableReader reader(String name) {
        return reader(name, Attachment.standard());
    }

    /** Looks on; throws as {@link Region#watch} does. */
    public static TableReader reader(String name, Attachment attachment) {
        return over(Region.watch(name, RegionKind.SLOT_TABLE, attachment), TableReader::new);
    }

    /** Looks on, in the standard directory, as one who may sleep; throws as {@link Region#attach} does. */
    public static TableReader subscriber(String name) {
        return subscriber(name, Attachment.standard());
    }

    /**
     * Looks on as one who may sleep until a value changes ({@link SlotReader#awaitNewer}): takes part by name, one of at most 64 with the
     * writers, and stores to control words, where a reader maps everything read-only. Else the same. Throws as {@link Region#attach} does.
     */
    public static TableReader subscriber(String name, Attachment attachment) {
        return over(Region.attach(name, RegionKind.SLOT_TABLE, Access.JOIN, Role.CONSUMER, false, attachment), TableReader::new);
    }

    /** What a table looks like now, seen without taking part. Throws as {@link Region#watch} does. */
    public static TableStatus status(String name, Attachment attachment) {
        try (var region = Region.watch(name, RegionKind.SLOT_TABLE, attachment)) {
            return status(region);
        }
    }

    private static TableStatus status(Region region) {
        try {
            return new TableCheckup(region, shape(region)).look();
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
    }

    /** Makes a side over a region just attached to; gives it up when that fails. */
    private static <T> T over(Region region, BiFunction<Region, TableDescriptor, T> side) {
        try {
            return side.apply(region, shape(region));
        } catch (Throwable e) {
            region.abandon();
            throw e;
        }
    }

    /** What the creator stored, read once; it must make up the very length that the checked header says. */
    private static TableDescriptor shape(Region region) {
        var shape = TableDescriptor.read(region.view(Area.DATA));
        var header = region.header();
        try {
            long length = new SlotOptions(shape.payload(), shape.cells(), shape.slots(), header.parking(), header.schema(),
                Sharing.PRIVATE).layout().dataLength();
            if (length == header.capacity()) {
                return shape;
            }
            throw new IllegalArgumentException(shape + " takes " + length + " bytes, expected " + header.capacity());
        } catch (IllegalArgumentException e) {
            throw new RegionCorrupt("table " + region.name() + " is damaged: " + e.getMessage() + "; remove it and create it anew");
        }
    }
}
