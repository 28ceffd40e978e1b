package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipring.core.SpyMemory.DiesAt;
import dev.slipring.core.SpyMemory.Killed;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A region is seen whole or not at all, whenever its creator fails. */
class RegionCreateCrashTest {
    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
    }

    @Test
    void aCreatorThatDiesAtAnyStoreLeavesNothing() {
        int deaths = 0;
        for (int store = 1; ; store++) {
            var death = new DiesAt(store);
            try {
                create((area, memory) -> new SpyMemory(memory, death));
                break;
            } catch (Killed e) {
                deaths++;
                meeting.assertNothingLeftBut();
            }
        }
        assertThat(deaths).isEqualTo(5);
        meeting.assertNothingLeftBut("region");
        meeting.producer("region").close();
    }

    @Test
    void atEveryStoreOfTheCreatorOthersSeeNothing() {
        var seen = new ArrayList<String>();
        create((area, memory) -> new SpyMemory(memory, (operation, offset) -> {
            assertThatExceptionOfType(RegionNotFound.class).isThrownBy(() -> meeting.watcher("region"));
            assertThat(path).isEmptyDirectory();
            seen.add(area + " " + operation + " " + offset);
        }));
        assertThat(seen).containsExactly("PRODUCER plain 0", "CONSUMER plain 0", "DATA plain 128", "HEADER plain 8", "HEADER release 0");
        try (var watcher = meeting.watcher("region")) {
            assertThat(watcher.view(Area.PRODUCER).getLong(0)).isEqualTo(1);
            assertThat(watcher.view(Area.CONSUMER).getLong(0)).isEqualTo(2);
            assertThat(watcher.view(Area.DATA).getLong(128)).isEqualTo(3);
        }
    }

    @Test
    void aSeamThatFailsLeavesNothing() {
        assertThatExceptionOfType(Killed.class).isThrownBy(() -> create((area, memory) -> {
            throw new Killed();
        }));
        meeting.assertNothingLeftBut();
    }

    @Test
    void whateverTheCreatorKeptReachesTheRegionNoMore() {
        var kept = new ArrayList<Memory>();
        Region.create(meeting.directory, "region", Meeting.SPEC, MemorySeam.DIRECT,
            areas -> List.of(Area.DATA, Area.PRODUCER, Area.COUNTERS).forEach(area -> kept.add(areas.memory(area))));
        kept.forEach(memory -> memory.putLong(0, -1));
        try (var watcher = meeting.watcher("region")) {
            assertThat(watcher.view(Area.DATA).getLong(0)).isZero();
            assertThat(watcher.view(Area.PRODUCER).getLong(0)).isZero();
            assertThat(watcher.view(Area.COUNTERS).getLong(0)).isZero();
        }
    }

    private void create(MemorySeam seam) {
        Region.create(meeting.directory, "region", Meeting.SPEC, seam, areas -> {
            areas.memory(Area.PRODUCER).putLong(0, 1);
            areas.memory(Area.CONSUMER).putLong(0, 2);
            areas.memory(Area.DATA).putLong(128, 3);
        });
    }
}
