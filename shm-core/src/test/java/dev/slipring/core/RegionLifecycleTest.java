package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionLifecycleTest {
    private static final int FIRST_OFFSET = 0;

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
    }

    @Test
    void whatOneSideStoresTheOtherSideAndAWatcherLoad() {
        meeting.create("region");
        try (var producer = meeting.producer("region"); var consumer = meeting.consumer("region");
            var watcher = meeting.watcher("region")) {
            producer.memory(Area.DATA).putLong(FIRST_OFFSET, 42);
            consumer.memory(Area.CONSUMER).putLong(FIRST_OFFSET, 43);
            assertThat(consumer.view(Area.DATA).getLong(FIRST_OFFSET)).isEqualTo(42);
            assertThat(producer.view(Area.CONSUMER).getLong(FIRST_OFFSET)).isEqualTo(43);
            assertThat(watcher.view(Area.DATA).getLong(FIRST_OFFSET)).isEqualTo(42);
            assertThat(watcher.view(Area.CONSUMER).getLong(FIRST_OFFSET)).isEqualTo(43);
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void theHeaderSaysWhatTheCreatorDecided() {
        var schema = new Schema(7, 3, 2);
        var before = Instant.now();
        meeting.create("region", new RegionSpec(RegionKind.SPSC_RING, 8192, 8, 640, true, schema));
        try (var watcher = Region.watch("region", RegionKind.SPSC_RING, meeting.attachment.with(new Schema(7, 2, 0)))) {
            var header = watcher.header();
            assertThat(header.kind()).isEqualTo(RegionKind.SPSC_RING);
            assertThat(header.capacity()).isEqualTo(8192);
            assertThat(header.recordAlignment()).isEqualTo(8);
            assertThat(header.initialPosition()).isEqualTo(640);
            assertThat(header.parking()).isTrue();
            assertThat(header.schema()).isEqualTo(schema);
            assertThat(header.bootId()).isEqualTo(ThisProcess.BOOT_ID);
            assertThat(header.creatorPid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(Instant.EPOCH.plusNanos(header.createdNs())).isBetween(before, Instant.now());
        }
    }

    @Test
    void everyLifeOfANameHasAnotherEpoch() {
        meeting.create("region");
        long first = epoch();
        Region.remove(meeting.directory, "region");
        meeting.create("region");
        assertThat(epoch()).isNotEqualTo(first);
    }

    @Test
    void aRegionIsItsOwnersAloneAndAsLongAsItSays() throws IOException {
        var file = meeting.create("region");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(file).hasSize(4L * RegionDescriptor.PAGE_ALIGNMENT);
        assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1);
    }

    @Test
    void aNewRegionsDirectoryIsMadeForItsOwnerAlone() throws IOException {
        var nested = new Meeting(path.resolve("nested"));
        nested.create("region");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(nested.path))).isEqualTo("rwx------");
    }

    @Test
    void aWatcherIsUnknownToOthers() {
        meeting.create("region");
        try (var watcher = meeting.watcher("region"); var producer = meeting.producer("region")) {
            assertThat(watcher.participants().slot()).isEqualTo(-1);
            assertThat(producer.participants().list()).extracting(ParticipantInfo::role).containsExactly(Role.PRODUCER);
            assertThat(watcher.participants().list()).isEqualTo(producer.participants().list());
        }
    }

    @Test
    void aRemovedRegionIsGoneAndItsNameFree() {
        meeting.create("region");
        Region.remove(meeting.directory, "region");
        assertThat(path).isEmptyDirectory();
        meeting.create("region");
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void nobodysRegionIsPulledFromUnderHim() {
        meeting.create("region");
        try (var watcher = meeting.watcher("region")) {
            assertThatExceptionOfType(RoleTaken.class).isThrownBy(() -> Region.remove(meeting.directory, "region"))
                .withMessage("%s is in use: close it everywhere first", path.resolve("region"));
            assertThat(watcher.header().capacity()).isEqualTo(Meeting.CAPACITY);
        }
        Region.remove(meeting.directory, "region");
        meeting.assertNothingLeftBut();
    }

    @Test
    void removingWhatIsDamagedIsAllowed() {
        meeting.create("region");
        meeting.damage("region", header -> header.putInt(RegionDescriptor.CRC_OFFSET, 0));
        Region.remove(meeting.directory, "region");
        meeting.assertNothingLeftBut();
    }

    @Test
    void anOpenedRegionIsTheOneThatHasTheNameAlthoughItIsReplacedAllTheTime() throws Exception {
        var stop = new AtomicBoolean();
        var replacer = Thread.ofPlatform().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                meeting.create("region");
                LockSupport.parkNanos(i % 8 * 10_000L); // so that openers come at every moment of its life
                removeSoon();
            }
        });
        int opened = 0;
        long deadline = System.nanoTime() + Await.LONG.toNanos();
        while (opened < 1_000 && System.nanoTime() - deadline < 0) {
            try (var watcher = meeting.watcher("region")) {
                assertThat(epochOfNamedFile()).describedAs("the region that has the name").isEqualTo(watcher.header().epoch());
                opened++;
            } catch (RegionNotFound betweenTwo) {
                assertThat(betweenTwo).hasMessageContaining("create it first");
            }
        }
        stop.set(true);
        replacer.join();
        assertThat(opened).isEqualTo(1_000);
        meeting.assertNothingLeftBut();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".hidden", "-dash", "_low", "a/b", "/absolute", "a b", "ä", "a\n", "a\0b", "a:b"})
    void aNameThatIsNoRegionNameIsTheCallersMistake(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> meeting.create(name)).withMessageContaining("\"" + name + "\"");
        assertThatIllegalArgumentException().isThrownBy(() -> meeting.producer(name));
        assertThatIllegalArgumentException().isThrownBy(() -> meeting.watcher(name));
        assertThatIllegalArgumentException().isThrownBy(() -> Region.remove(meeting.directory, name));
        meeting.assertNothingLeftBut();
    }

    @Test
    void aNameHasAtMost128Characters() {
        String longest = String.join("", Collections.nCopies(128, "x"));
        meeting.create(longest);
        Region.remove(meeting.directory, longest);
        assertThatIllegalArgumentException().isThrownBy(() -> meeting.create(longest + "x"));
    }

    @Test
    void aParticipantCannotAskForWatchAccess() {
        meeting.create("region");
        assertThatIllegalArgumentException().isThrownBy(() ->
            Region.attach("region", RegionKind.SPSC_RING, Access.WATCH, Role.CONSUMER, true, meeting.attachment));
        meeting.assertNothingLeftBut("region");
    }

    private void removeSoon() {
        while (true) {
            try {
                Region.remove(meeting.directory, "region");
                return;
            } catch (RoleTaken open) {
                Thread.onSpinWait();
            }
        }
    }

    private long epochOfNamedFile() throws IOException {
        try (var file = new RandomAccessFile(path.resolve("region").toFile(), "r")) {
            file.seek(RegionDescriptor.EPOCH_OFFSET);
            return Long.reverseBytes(file.readLong());
        }
    }

    private long epoch() {
        try (var watcher = meeting.watcher("region")) {
            return watcher.header().epoch();
        }
    }
}
