package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipring.core.process.SharedMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever need not write cannot: the kernel's own list of mappings says so. */
class RegionAccessTest {
    private static final Set<Area> CONTROL =
        EnumSet.of(Area.PARTICIPANTS, Area.COUNTERS, Area.CONSUMER, Area.WAITERS, Area.CHECKPOINTS);

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
        meeting.create("region");
    }

    @Test
    void aWatcherMapsNothingWritable() {
        try (var watcher = meeting.watcher("region")) {
            assertAccess(watcher, EnumSet.noneOf(Area.class), "{00000000=r--s, 00010000=r--s, 00020000=r--s, 00030000=r--s}");
        }
    }

    @Test
    void whoJoinsMapsOnlyTheControlPageWritable() {
        try (var consumer = meeting.consumer("region")) {
            assertAccess(consumer, CONTROL, "{00000000=r--s, 00010000=rw-s, 00020000=r--s, 00030000=r--s}");
        }
    }

    @Test
    void whoOwnsMapsAllButTheHeaderWritable() {
        var writable = EnumSet.allOf(Area.class);
        writable.remove(Area.HEADER);
        try (var producer = meeting.producer("region")) {
            assertAccess(producer, writable, "{00000000=r--s, 00010000=rw-s, 00020000=rw-s, 00030000=rw-s}");
        }
    }

    @Test
    void aWatchersDescriptorsAreReadOnly() throws Exception {
        try (var watcher = meeting.watcher("region")) {
            assertThat(watcher.view(Area.DATA).capacity()).isEqualTo(Meeting.CAPACITY);
            assertThat(meeting.descriptors()).hasSize(2);
            for (String descriptor : meeting.descriptors()) {
                var info = Files.readAllLines(Path.of("/proc/self/fdinfo", descriptor.split(" ", 2)[0]));
                assertThat(info).filteredOn(line -> line.startsWith("flags:")).singleElement().asString().endsWith("0");
            }
        }
    }

    @Test
    void anAreaIsAsLongAsTheLayoutSaysAndNoLonger() {
        try (var producer = meeting.producer("region")) {
            assertThat(producer.view(Area.HEADER).capacity()).isEqualTo(512);
            assertThat(producer.view(Area.PARTICIPANTS).capacity()).isEqualTo(64 * 256);
            for (var area : EnumSet.of(Area.COUNTERS, Area.CONSUMER, Area.WAITERS, Area.CHECKPOINTS, Area.PRODUCER)) {
                assertThat(producer.view(area).capacity()).isEqualTo(4096);
            }
            var data = producer.memory(Area.DATA);
            assertThat(data.capacity()).isEqualTo(Meeting.CAPACITY);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> data.putLong(Meeting.CAPACITY - 7, 1));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> data.getInt(-1));
        }
    }

    /** A map of file offset to permissions is how the kernel sees it. */
    private void assertAccess(Region region, Set<Area> writable, String permissions) {
        for (var area : Area.values()) {
            assertThat(region.view(area).capacity()).isPositive();
            if (writable.contains(area)) {
                region.memory(area).putInt(0, 0);
            } else {
                assertThatIllegalStateException().isThrownBy(() -> region.memory(area))
                    .withMessageMatching("region region is open for (WATCH|JOIN|OWN), which may not write its " + area + " area");
            }
        }
        var found = new TreeMap<String, String>();
        for (String mapping : meeting.mappings()) {
            String[] columns = mapping.split(" +", 6);
            String before = found.put(columns[2], columns[1]);
            assertThat(before == null || before.equals(columns[1])).describedAs("all mappings of %s alike", columns[2]).isTrue();
        }
        assertThat(found).hasToString(permissions);
    }
}
