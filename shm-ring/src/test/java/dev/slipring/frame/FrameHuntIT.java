package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Torn frames are hunted: a producer that publishes as fast as it can and gives up every fourth frame half drawn, few frames, and viewers
 * of every policy, fast and slow, that look at each frame when they lease it and when they give it back.
 */
class FrameHuntIT {
    private static final long FRAMES = Long.getLong("slipring.hunt.frames", 20_000);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @Test
    void everyFrameIsWholeFromItsFirstToItsLastUse() {
        var random = Seed.random("everyFrameIsWholeFromItsFirstToItsLastUse");
        // 1 + 3 + 2 may be leased, 2 wait, 1 is written: not one too many
        FramePool.create(new RegionDirectory(directory), TestPool.NAME, PoolOptions.of(9, FrameWorker.LARGEST));
        try (var fast = viewer(random.nextLong(), "LATEST", 1, 1, 0); var slow = viewer(random.nextLong(), "EVERY", 2, 3, 2_000);
            var steady = viewer(random.nextLong(), "EVERY", 2, 2, 50);
            var producer = JavaProcess.start(FrameWorker.class, "producer", directory.toString(), Long.toString(random.nextLong()),
                Long.toString(FRAMES))) {
            assertThat(producer.readLine()).isEqualTo("attached at 0");
            assertThat(producer.readLine(PATIENCE)).isEqualTo("published " + FRAMES);
            assertThat(producer.end()).as("%s", producer.everything()).isZero();
            for (var viewer : new JavaProcess[] {fast, slow, steady}) {
                assertThat(viewer.awaitExit()).as("%s", viewer.everything()).isZero();
                assertThat(viewer.everything().getLast()).startsWith("seen ").doesNotStartWith("seen 0 ");
                System.out.println("of " + FRAMES + " frames: " + viewer.everything().getLast());
            }
        }
    }

    private JavaProcess viewer(long seed, String policy, int queued, int leases, int holdMicros) {
        var viewer = JavaProcess.start(FrameWorker.class, "viewer", directory.toString(), Long.toString(seed), policy,
            Integer.toString(queued), Integer.toString(leases), Integer.toString(holdMicros));
        assertThat(viewer.readLine()).isEqualTo("attached");
        return viewer;
    }
}
