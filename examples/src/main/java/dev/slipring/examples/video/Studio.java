package dev.slipring.examples.video;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionNotFound;
import dev.slipring.core.RoleTaken;
import dev.slipring.examples.demo.DemoDirectory;
import dev.slipring.examples.demo.MeetingPlace;
import dev.slipring.frame.FrameConsumer;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.FrameProducer;
import dev.slipring.frame.PoolOptions;
import dev.slipring.frame.PoolStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the processes meet: a directory with a pool of frames.
 *
 * <p>Threads: one attaches, once; any may {@link #leave()}.
 */
final class Studio implements MeetingPlace {
    private static final String POOL = "frames";

    private final Path path;
    private final RegionDirectory directory;
    private final Attachment attachment;
    private volatile @Nullable AutoCloseable open;

    /** @param participant what this process calls itself */
    Studio(Path path, String participant) {
        this.path = path;
        directory = new RegionDirectory(path);
        attachment = Attachment.standard().in(directory).as(participant);
    }

    /** Makes the pool, with as many frames as the roles need and not one more. */
    void provide(VideoSettings settings) {
        FramePool.create(directory, POOL, PoolOptions.of(Role.frames(settings.roles()), settings.frameFormat()).withParking());
    }

    @Override
    public Path path() {
        return path;
    }

    FrameProducer producer() {
        var producer = FramePool.producer(POOL, attachment);
        open = producer;
        return producer;
    }

    FrameConsumer consumer(Role role) {
        var consumer = FramePool.consumer(POOL, attachment, role.policy());
        open = consumer;
        return consumer;
    }

    /** What the pool looks like, to somebody who takes no part. */
    PoolStatus status() {
        return FramePool.status(POOL, attachment);
    }

    @Override
    public void leave() {
        var attached = open;
        if (attached != null) {
            try {
                attached.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot leave", e);
            }
        }
    }

    @Override
    public boolean removeIfUnused() {
        try {
            FramePool.remove(directory, POOL);
        } catch (RegionNotFound | RoleTaken e) {
            if (Files.exists(path.resolve(POOL))) {
                return false; // others have it, or are just removing it
            }
        }
        return DemoDirectory.removeIfEmpty(path);
    }
}
