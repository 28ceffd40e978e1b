package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sound region, or none, is refused for. After each refusal nothing is left: see {@link #nothingIsLeft}. */
class RegionRefusalTest {
    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;
    private String[] left = {"region"};

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
    }

    @AfterEach
    void nothingIsLeft() {
        meeting.assertNothingLeftBut(left);
    }

    @Test
    void aTakenNameIsNotCreatedAgainAndItsRegionStaysAsItWas() {
        meeting.create("region");
        long epoch;
        try (var producer = meeting.producer("region")) {
            epoch = producer.header().epoch();
            producer.memory(Area.DATA).putLong(0, 42);
        }
        assertThatExceptionOfType(RegionExists.class).isThrownBy(() -> meeting.create("region"))
            .withMessage("%s exists: open it, or remove it first", path.resolve("region"));
        try (var watcher = meeting.watcher("region")) {
            assertThat(watcher.header().epoch()).isEqualTo(epoch);
            assertThat(watcher.view(Area.DATA).getLong(0)).isEqualTo(42);
        }
    }

    @Test
    void ofManyCreatorsOfOneNameExactlyOneSucceeds() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            var outcomes = Collections.synchronizedList(new ArrayList<String>());
            var creators = new ArrayList<Thread>();
            for (int i = 0; i < 4; i++) {
                creators.add(Thread.ofPlatform().start(() -> {
                    try {
                        meeting.create("region");
                        outcomes.add("created");
                    } catch (RegionExists e) {
                        outcomes.add("exists");
                    }
                }));
            }
            for (var creator : creators) {
                creator.join();
            }
            assertThat(outcomes).containsExactlyInAnyOrder("created", "exists", "exists", "exists");
            meeting.assertNothingLeftBut("region");
            Region.remove(meeting.directory, "region");
        }
        left = new String[0];
    }

    @Test
    void anAbsentRegionIsNotFoundAndNotCreated() {
        left = new String[0];
        var expected = "no region " + path.resolve("region") + ": create it first";
        assertThatExceptionOfType(RegionNotFound.class).isThrownBy(() -> meeting.producer("region")).withMessage(expected);
        assertThatExceptionOfType(RegionNotFound.class).isThrownBy(() -> meeting.consumer("region")).withMessage(expected);
        assertThatExceptionOfType(RegionNotFound.class).isThrownBy(() -> meeting.watcher("region")).withMessage(expected);
        assertThatExceptionOfType(RegionNotFound.class).isThrownBy(() -> Region.remove(meeting.directory, "region")).withMessage(expected);
    }

    @Test
    void anAbsentDirectoryHasNoRegionsAndIsNotMadeByOpening() {
        left = new String[0];
        var nowhere = new Meeting(path.resolve("nowhere"));
        var expected = "no directory " + nowhere.path + ", so no region in it: create a region first, or choose another with SLIPRING_DIR";
        assertThatExceptionOfType(RegionNotFound.class).isThrownBy(() -> nowhere.producer("region")).withMessage(expected);
        assertThatExceptionOfType(RegionNotFound.class).isThrownBy(() -> nowhere.watcher("region")).withMessage(expected);
        assertThatExceptionOfType(RegionNotFound.class).isThrownBy(() -> Region.remove(nowhere.directory, "region")).withMessage(expected);
    }

    @Test
    void anotherSchemaIsRefusedWithBoth() {
        meeting.create("region", specWith(new Schema(7, 3, 2)));
        assertThatExceptionOfType(RegionIncompatible.class)
            .isThrownBy(() -> Meeting.producer("region", meeting.attachment.with(new Schema(8, 3, 0))))
            .withMessage("%s carries schema id 7 version 3 (readers from version 2), this side uses schema id 8 version 3 (readers from "
                + "version 0): attach with the schema it was created with", path.resolve("region"));
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.consumer("region"))
            .withMessageContaining("this side uses no schema");
    }

    @Test
    void aReaderOlderThanTheRegionAllowsIsRefusedAndANewerOneIsNot() {
        meeting.create("region", specWith(new Schema(7, 3, 2)));
        assertThatExceptionOfType(RegionIncompatible.class)
            .isThrownBy(() -> Meeting.consumer("region", meeting.attachment.with(new Schema(7, 1, 0))))
            .withMessageContaining("carries schema id 7 version 3 (readers from version 2)")
            .withMessageContaining("this side knows version 1 only: upgrade this side");
        Meeting.consumer("region", meeting.attachment.with(new Schema(7, 2, 0))).close();
        Meeting.consumer("region", meeting.attachment.with(new Schema(7, 9, 5))).close();
    }

    @Test
    void aRegionOfAnotherBootIsRefusedForEveryAccess() {
        meeting.create("region");
        var other = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        meeting.forge("region", header -> {
            header.putLong(RegionDescriptor.BOOT_ID_OFFSET, other.getMostSignificantBits());
            header.putLong(RegionDescriptor.BOOT_ID_OFFSET + Long.BYTES, other.getLeastSignificantBits());
        });
        for (var refused : new Runnable[] {() -> meeting.producer("region"), () -> meeting.consumer("region"),
            () -> meeting.watcher("region")}) {
            assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(refused::run)
                .withMessage("%s was created in boot %s, this is boot %s: nobody of then is alive; remove it and create it anew",
                    path.resolve("region"), other, ThisProcess.BOOT_ID);
        }
        Region.remove(meeting.directory, "region");
        left = new String[0];
    }

    @Test
    void aSecondProducerIsRefusedWithWhoTheFirstIs() {
        meeting.create("region");
        try (var first = Meeting.producer("region", meeting.attachment.as("the first"))) {
            int before = meeting.descriptors().size();
            assertThatExceptionOfType(RoleTaken.class).isThrownBy(() -> meeting.producer("region"))
                .withMessageStartingWith("region region has its one PRODUCER already: PRODUCER \"the first\" (pid "
                    + ProcessHandle.current().pid() + ", since ")
                .withMessageEndingWith(", slot 0 generation 1); close that one first, or use another region");
            assertThat(meeting.descriptors()).hasSize(before);
            assertThat(first.participants().attached(Role.PRODUCER)).isEqualTo(1);
            assertThat(first.participants().list()).hasSize(1);
            first.memory(Area.DATA).putInt(0, 1);
        }
        meeting.producer("region").close();
    }

    @Test
    void the65thParticipantIsRefusedAndOneThatLeavesMakesRoom() {
        meeting.create("region");
        var all = new ArrayList<Region>();
        try {
            for (int i = 0; i < RegionDescriptor.MAX_PARTICIPANTS; i++) {
                all.add(meeting.someConsumer("region"));
            }
            int before = meeting.descriptors().size();
            assertThatExceptionOfType(RegionFull.class).isThrownBy(() -> meeting.producer("region"))
                .withMessageStartingWith("region region has no free participant slot: all 64 are taken by [CONSUMER \"pid-");
            assertThat(meeting.descriptors()).hasSize(before);
            all.remove(17).close();
            try (var producer = meeting.producer("region")) {
                assertThat(producer.participants().slot()).isEqualTo(17);
                assertThat(producer.participants().generation()).isEqualTo(2);
            }
        } finally {
            all.forEach(Region::close);
        }
    }

    @Test
    void aFileSystemWithoutSharedMappingsIsRefusedWithItsType() throws IOException {
        left = new String[0];
        var proc = new Meeting(Path.of("/proc/self").toRealPath());
        assertThatExceptionOfType(AccessDenied.class).isThrownBy(() -> proc.create("region"))
            .withMessageContaining("is on a file system of type 0x9fa0 (nothing is known of its shared mappings and locks), expected "
                + "tmpfs, hugetlbfs, ext4, xfs");
    }

    @Test
    void refusalsLeaveNoDescriptorHoweverOftenTheyHappen() throws IOException {
        meeting.create("region");
        int before = allDescriptors();
        for (int i = 0; i < 200; i++) {
            assertThatExceptionOfType(RegionExists.class).isThrownBy(() -> meeting.create("region"));
            assertThatExceptionOfType(RegionNotFound.class).isThrownBy(() -> meeting.watcher("other"));
            assertThatExceptionOfType(RegionIncompatible.class)
                .isThrownBy(() -> Meeting.producer("region", meeting.attachment.with(new Schema(1, 0, 0))));
        }
        assertThat(allDescriptors()).isLessThan(before + 20); // the JVM itself may open one or the other
    }

    private static RegionSpec specWith(Schema schema) {
        return new RegionSpec(RegionKind.SPSC_RING, Meeting.CAPACITY, 64, 0, false, schema);
    }

    private static int allDescriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return (int) all.count();
        }
    }
}
