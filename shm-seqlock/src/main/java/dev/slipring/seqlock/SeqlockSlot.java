package dev.slipring.seqlock;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import java.util.function.Function;

/**
 * The newest value of one thing, for any number of readers in any processes: never torn, never waited for, whoever dies when. The writer
 * does not look at its readers; a reader gets the newest value, its age, how many it missed, and whether its writer lives.
 *
 * <p>It is a {@link SlotTable} with one slot, that of key 0.
 */
public final class SeqlockSlot {
    static final SlotKey KEY = SlotKey.of(0);

    private SeqlockSlot() {
    }

    /** Creates a slot in the standard directory. */
    public static void create(String name, SlotOptions options) {
        create(RegionDirectory.standard(), name, options);
    }

    /**
     * Creates a slot; throws as {@link SlotTable#create(RegionDirectory, String, SlotOptions)} does.
     *
     * @throws IllegalArgumentException for more than one slot
     */
    public static void create(RegionDirectory directory, String name, SlotOptions options) {
        if (options.slots() != 1) {
            throw new IllegalArgumentException("slots=" + options.slots() + " is not 1: use a SlotTable");
        }
        var layout = options.layout();
        Region.create(directory, name, options.spec(), MemorySeam.DIRECT, areas -> {
            var data = areas.memory(Area.DATA);
            var words = areas.memory(Area.PRODUCER);
            layout.writeTo(data);
            new SlotDirectory("slot " + name, layout, data, words).addFirst(KEY, data, words);
        });
    }

    /** Removes a slot that nobody has open; throws as {@link Region#remove} does. */
    public static void remove(RegionDirectory directory, String name) {
        Region.remove(directory, name);
    }

    /** Attaches as the one writer, in the standard directory; throws as {@link #writer(String, Attachment)} does. */
    public static SlotWriter writer(String name) {
        return writer(name, Attachment.standard());
    }

    /**
     * Attaches as the one writer; throws as {@link Region#attach} does.
     *
     * @throws dev.slipring.core.RoleTaken when the slot has a live writer
     */
    public static SlotWriter writer(String name, Attachment attachment) {
        return onlyOf(name, attachment, table -> table.only(false));
    }

    /** Attaches as one of several writers, at most 64; throws as {@link Region#attach} does. */
    public static SlotWriter sharedWriter(String name, Attachment attachment) {
        return onlyOf(name, attachment, table -> table.only(true));
    }

    /** Looks on, in the standard directory; throws as {@link Region#watch} does. */
    public static SlotReader reader(String name) {
        return reader(name, Attachment.standard());
    }

    /** Looks on; throws as {@link Region#watch} does. */
    public static SlotReader reader(String name, Attachment attachment) {
        return onlyOf(SlotTable.reader(name, attachment));
    }

    /** Looks on, in the standard directory, as one who may sleep; throws as {@link Region#attach} does. */
    public static SlotReader subscriber(String name) {
        return subscriber(name, Attachment.standard());
    }

    /** Looks on as one who may sleep until the value changes; as {@link SlotTable#subscriber(String, Attachment)}. */
    public static SlotReader subscriber(String name, Attachment attachment) {
        return onlyOf(SlotTable.subscriber(name, attachment));
    }

    private static SlotReader onlyOf(TableReader table) {
        try {
            return table.only();
        } catch (Throwable e) {
            table.abandon();
            throw e;
        }
    }

    private static SlotWriter onlyOf(String name, Attachment attachment, Function<TableWriter, SlotWriter> slot) {
        var table = SlotTable.writer(name, attachment);
        try {
            return slot.apply(table);
        } catch (Throwable e) {
            table.abandon();
            throw e;
        }
    }
}
