package dev.slipring.examples.video;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionNotFound;
import dev.slipring.core.RoleTaken;
import dev.slipring.examples.demo.DemoDirectory;
import dev.slipring.frame.FrameConsumer;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.FrameProducer;
import dev.slipring.frame.PoolOptions;
import dev.slipring.frame.PoolStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the processes meet: a directory with a pool of frames.
 *
 * <p>Threads: one attaches, once; any may {@link #leave()}.
 */
final class Studio {
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

    /** Makes the directory and the pool, with as many frames as the roles need and not one more. */
    static Studio create(VideoSettings settings) throws IOException {
        var studio = new Studio(DemoDirectory.create(), "coordinator");
        try {
            FramePool.create(studio.directory, POOL, PoolOptions.of(Role.frames(settings.roles()), settings.frameFormat()).withParking());
        } catch (RuntimeException e) {
            DemoDirectory.removeIfEmpty(studio.path);
            throw e;
        }
        return studio;
    }

    Path path() {
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

    /** Closes what was opened through this object. */
    void leave() {
        var attached = open;
        if (attached != null) {
            try {
                attached.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot leave", e);
            }
        }
    }

    /** Leaves, and removes what nobody else has open. */
    void leaveAsTheLast() {
        leave();
        removeIfUnused();
    }

    /** Removes the pool if nobody has it open, and the directory; returns whether nothing is left. Whoever leaves last removes all. */
    boolean removeIfUnused() {
        try {
            FramePool.remove(directory, POOL);
        } catch (RegionNotFound | RoleTaken e) {
            return !Files.exists(path); // others have it, or are just removing it
        }
        return DemoDirectory.removeIfEmpty(path);
    }
}
