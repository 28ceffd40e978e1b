package dev.slipring.seqlock;

import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionDirectory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** A table in a directory of its own, with both sides a call away; its values are single numbers. */
record TestTable(RegionDirectory directory) {
    static final String NAME = "table";
    static final SlotKey LEFT = SlotKey.of("left");
    static final SlotKey RIGHT = SlotKey.of("right");
    static final SlotKey BOTH = SlotKey.of("both");
    static final SlotOptions OPTIONS = SlotOptions.ofPayload(32).slots(4);

    static TestTable create(Path directory, int cells) {
        var meeting = new RegionDirectory(directory);
        SlotTable.create(meeting, NAME, OPTIONS.cells(cells));
        return new TestTable(meeting);
    }

    /** Where a slot's words are, in the order of adding, in a table of this many cells. */
    static Slot slot(int cells, int number) {
        return Slot.of(OPTIONS.cells(cells).layout(), number);
    }

    TableWriter writers() {
        return writers(MemorySeam.DIRECT);
    }

    TableWriter writers(MemorySeam seam) {
        return SlotTable.writer(NAME, attachment(seam));
    }

    TableReader readers() {
        return readers(MemorySeam.DIRECT);
    }

    TableReader readers(MemorySeam seam) {
        return SlotTable.reader(NAME, attachment(seam));
    }

    Attachment attachment(MemorySeam seam) {
        return Attachment.standard().in(directory).as("me").through(seam);
    }

    void remove() {
        SlotTable.remove(directory, NAME);
    }

    static long write(SlotWriter writer, long value) {
        var bytes = new UnsafeBuffer(new byte[Long.BYTES]);
        bytes.putLong(0, value);
        return writer.write(bytes, 0, Long.BYTES);
    }

    static long read(SlotReader reader) {
        return reader.value().payload().getLong(0);
    }
}
