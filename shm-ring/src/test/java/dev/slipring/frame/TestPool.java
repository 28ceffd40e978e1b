package dev.slipring.frame;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import java.nio.file.Path;

/** A pool in a directory of its own, with all sides a call away. */
record TestPool(RegionDirectory directory, PoolOptions options) {
    static final String NAME = "pool";
    static final FrameFormat SMALL = PixelFormat.NV12.size(16, 8);

    static TestPool create(Path directory, int frames) {
        return create(directory, PoolOptions.of(frames, SMALL));
    }

    static TestPool create(Path directory, PoolOptions options) {
        var meeting = new RegionDirectory(directory);
        FramePool.create(meeting, NAME, options);
        return new TestPool(meeting, options);
    }

    FrameProducer producer() {
        return producer(MemorySeam.DIRECT);
    }

    FrameProducer producer(MemorySeam seam) {
        return FramePool.producer(NAME, attachment("producer").through(seam));
    }

    FrameConsumer consumer(ConsumerPolicy policy) {
        return consumer("consumer", policy);
    }

    FrameConsumer consumer(String as, ConsumerPolicy policy) {
        return FramePool.consumer(NAME, attachment(as), policy);
    }

    FrameConsumer consumer(MemorySeam seam, ConsumerPolicy policy) {
        return FramePool.consumer(NAME, attachment("consumer").through(seam), policy);
    }

    PoolStatus status() {
        return status(MemorySeam.DIRECT);
    }

    PoolStatus status(MemorySeam seam) {
        return FramePool.status(NAME, attachment("nobody").through(seam));
    }

    /** How many frames are neither leased nor being written, whoever may have died over them. */
    int idleFrames() {
        int idle = 0;
        try (var region = Region.watch(NAME, RegionKind.FRAME_POOL, attachment("nobody"))) {
            for (int frame = 0; frame < options.frames(); frame++) {
                long word = region.view(Area.CONSUMER).getLongAcquire(PoolDescriptor.wordOffset(frame));
                if (PoolDescriptor.isIdle(word)) {
                    idle++;
                }
            }
        }
        return idle;
    }

    void remove() {
        FramePool.remove(directory, NAME);
    }

    Attachment attachment(String as) {
        return Attachment.standard().in(directory).as(as);
    }
}
