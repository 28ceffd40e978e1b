package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionDirectory;
import java.nio.file.Path;

/** A broadcast ring in a directory of its own, with everybody a call away. */
record TestBroadcast(RegionDirectory directory, RingOptions options) {
    private static final String NAME = "ring";

    static TestBroadcast create(Path directory, RingOptions options) {
        var meeting = new RegionDirectory(directory);
        BroadcastRing.create(meeting, NAME, options);
        return new TestBroadcast(meeting, options);
    }

    RingProducer producer() {
        return producer(MemorySeam.DIRECT);
    }

    RingProducer producer(MemorySeam seam) {
        return BroadcastRing.producer(NAME, attachment(seam));
    }

    BroadcastReader reader(JoinAt where) {
        return reader(MemorySeam.DIRECT, where);
    }

    BroadcastReader reader(MemorySeam seam, JoinAt where) {
        return BroadcastRing.reader(NAME, attachment(seam), where);
    }

    BroadcastReader parkingReader(JoinAt where) {
        return BroadcastRing.parkingReader(NAME, attachment(MemorySeam.DIRECT), where);
    }

    BroadcastReader subscriber(JoinAt where) {
        return subscriber(MemorySeam.DIRECT, where);
    }

    BroadcastReader subscriber(MemorySeam seam, JoinAt where) {
        return BroadcastRing.subscriber(NAME, attachment(seam), where);
    }

    void remove() {
        BroadcastRing.remove(directory, NAME);
    }

    private Attachment attachment(MemorySeam seam) {
        return Attachment.standard().in(directory).with(options.schema()).through(seam);
    }
}
