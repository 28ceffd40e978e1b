package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionDirectory;
import java.nio.file.Path;

/** A slot in a directory of its own, with both sides a call away; its values are {@link Pattern}s of their versions. */
record TestSlot(RegionDirectory directory) {
    private static final String NAME = "slot";

    static TestSlot create(Path directory, SlotOptions options) {
        var meeting = new RegionDirectory(directory);
        SeqlockSlot.create(meeting, NAME, options);
        return new TestSlot(meeting);
    }

    SlotWriter writer() {
        return writer(MemorySeam.DIRECT);
    }

    SlotWriter writer(MemorySeam seam) {
        return SeqlockSlot.writer(NAME, attachment(seam));
    }

    SlotWriter sharedWriter(MemorySeam seam) {
        return SeqlockSlot.sharedWriter(NAME, attachment(seam));
    }

    SlotReader reader() {
        return reader(MemorySeam.DIRECT);
    }

    SlotReader reader(MemorySeam seam) {
        return SeqlockSlot.reader(NAME, attachment(seam));
    }

    void remove() {
        SeqlockSlot.remove(directory, NAME);
    }

    /** Writes the next value. */
    static long write(SlotWriter writer, int length) {
        long next = writer.version() + 1;
        assertThat(writer.write(Pattern.bytes(next, length), 0, length, next * 10, next * 100, next * 1000)).isEqualTo(next);
        return next;
    }

    /** Fails unless this is a value that {@link #write} wrote. */
    static void require(SlotValue value) {
        Pattern.require(value.version(), value.payload());
        assertThat(value.sourceTime()).isEqualTo(value.version() * 10);
        assertThat(value.contextVersion()).isEqualTo(value.version() * 100);
        assertThat(value.ringSequence()).isEqualTo(value.version() * 1000);
    }

    private Attachment attachment(MemorySeam seam) {
        return Attachment.standard().in(directory).as("me").through(seam);
    }
}
