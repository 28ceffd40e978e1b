package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionDirectory;
import java.nio.file.Path;

/** A ring in a directory of its own, with both sides a call away. */
record TestRing(RegionDirectory directory, RingOptions options) {
    private static final String NAME = "ring";

    static TestRing create(Path directory, RingOptions options) {
        var meeting = new RegionDirectory(directory);
        SpscRing.create(meeting, NAME, options);
        return new TestRing(meeting, options);
    }

    RingProducer producer() {
        return producer(MemorySeam.DIRECT);
    }

    RingProducer producer(MemorySeam seam) {
        return SpscRing.producer(NAME, attachment(seam));
    }

    RingConsumer consumer() {
        return consumer(MemorySeam.DIRECT, ConsumerOptions.STANDARD);
    }

    RingConsumer consumer(MemorySeam seam, ConsumerOptions consumerOptions) {
        return SpscRing.consumer(NAME, attachment(seam), consumerOptions);
    }

    void remove() {
        SpscRing.remove(directory, NAME);
    }

    private Attachment attachment(MemorySeam seam) {
        return Attachment.standard().in(directory).with(options.schema()).through(seam);
    }
}
