package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import java.nio.file.Path;

/** A ring in a directory of its own, with both sides a call away. */
record TestRing(RingKind kind, RegionDirectory directory, RingOptions options) {
    private static final String NAME = "ring";

    static TestRing create(Path directory, RingOptions options) {
        return create(RingKind.SPSC, directory, options);
    }

    static TestRing create(RingKind kind, Path directory, RingOptions options) {
        var meeting = new RegionDirectory(directory);
        kind.create(meeting, NAME, options);
        return new TestRing(kind, meeting, options);
    }

    RingProducer producer() {
        return producer(MemorySeam.DIRECT);
    }

    RingProducer producer(MemorySeam seam) {
        return kind.producer(NAME, attachment(seam));
    }

    RingConsumer consumer() {
        return consumer(MemorySeam.DIRECT, ConsumerOptions.STANDARD);
    }

    RingConsumer consumer(MemorySeam seam, ConsumerOptions consumerOptions) {
        return kind.consumer(NAME, attachment(seam), consumerOptions);
    }

    long epoch() {
        try (var watcher = Region.watch(NAME, kind.regionKind(), attachment(MemorySeam.DIRECT))) {
            return watcher.header().epoch();
        }
    }

    void remove() {
        SpscRing.remove(directory, NAME);
    }

    private Attachment attachment(MemorySeam seam) {
        return Attachment.standard().in(directory).with(options.schema()).through(seam);
    }
}
