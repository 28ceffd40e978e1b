package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionInspection;
import dev.slipring.core.RegionKind;
import dev.slipring.core.RoleTaken;
import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.frame.ConsumerPolicy;
import dev.slipring.frame.Delivery;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.Lease;
import dev.slipring.frame.Loan;
import dev.slipring.frame.PixelFormat;
import dev.slipring.frame.PoolOptions;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingView;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the verbs say of files that a crash, a bit flip or somebody else has left: what is wrong, and what can still be told. */
class DamageTest {
    private static final int HEADER_LENGTH = 512;
    private static final int CONTROL_PAGE = 65_536;
    private static final int ROUNDS = Integer.getInteger("slipring.hostile.rounds", 5000) / 500;

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Path file = Path.of("");
    private byte[] sound = {};

    @BeforeEach
    void createRing() throws IOException {
        var directory = new RegionDirectory(path);
        SpscRing.create(directory, "ring", RingOptions.ofCapacity(4096));
        try (var producer = SpscRing.producer("ring", Attachment.standard().in(directory))) {
            producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
        }
        file = path.resolve("ring");
        sound = Files.readAllBytes(file);
    }

    @Test
    void anyBitOfTheHeaderThatFlippedIsNamed() throws IOException {
        var random = Seed.random("anyBitOfTheHeaderThatFlippedIsNamed");
        for (int offset = 12; offset < HEADER_LENGTH; offset += 1 + random.nextInt(64)) {
            int bit = random.nextInt(8);
            damage(offset, sound[offset] ^ 1 << bit);
            var inspection = inspect(ExitCode.DAMAGED);
            String where = offset < 508 ? "bit " + bit + " of byte " + offset : "one flipped bit of the checksum itself";
            assertThat(inspection.at("/region/faults").toString()).describedAs("bit %s of byte %s", bit, offset).contains(where);
            assertThat(inspection.at("/region/producers/closedInOrder").asInt()).describedAs("what can be told is told").isEqualTo(1);
        }
    }

    @Test
    void whateverTheHeaderSaysNothingBreaks() throws IOException {
        var random = Seed.random("whateverTheHeaderSaysNothingBreaks");
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = sound.clone();
            for (int i = 0; i <= random.nextInt(20); i++) {
                bytes[12 + random.nextInt(round % 2 == 0 ? HEADER_LENGTH - 12 : 3 * CONTROL_PAGE - 12)] = (byte) random.nextInt();
            }
            Files.write(file, Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length));
            assertThat(Slipring.run("inspect", "ring", "--dir", path.toString()).exitCode()).isIn(ExitCode.OK, ExitCode.DAMAGED);
            assertThat(Slipring.run("ls", "--dir", path.toString()).exitCode()).isEqualTo(ExitCode.OK);
            assertThat(Slipring.run("clean", "--dry-run", "--dir", path.toString()).exitCode()).isEqualTo(ExitCode.OK);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, FOREIGN", "7, FOREIGN", "8, DAMAGED", "100, DAMAGED", "511, DAMAGED", "512, DAMAGED", "65536, DAMAGED",
        "90111, DAMAGED", "135168, DAMAGED", "196608, DAMAGED"})
    void aFileThatWasCutShortIsToldByWhatIsLeft(int length, String verdict) throws IOException {
        Files.write(file, Arrays.copyOf(sound, length));
        var inspection = inspect(ExitCode.DAMAGED);
        assertThat(inspection.at("/region/verdict").asText()).isEqualTo(verdict);
        assertThat(inspection.at("/header").isEmpty()).isEqualTo(length < 8);
        assertThat(inspection.at("/region/producers").isMissingNode()).describedAs("who took part").isEqualTo(length < 90_111 - 4096);
        assertThat(inspection.at("/ring").isMissingNode()).describedAs("where they are").isEqualTo(length < 135_168);
        if (length >= 135_168) {
            assertThat(inspection.at("/region/depth").asInt()).isEqualTo(64);
            assertThat(Slipring.run("inspect", "ring", "--dir", path.toString()).out())
                .contains("the file has " + length + " bytes: it was cut short",
                    "DATA              196608 + 4096   <- the file ends before");
        }
    }

    @Test
    void positionsThatCannotBeAreSaidToBe() throws IOException {
        damage(CONTROL_PAGE + 0x5000, 3);
        assertThat(inspect(ExitCode.DAMAGED).at("/region/faults/0").asText())
            .isEqualTo("head is 3, expected a multiple of 64 from 0 on");
    }

    @Test
    void aJournalThatSomebodyDiedInIsShown() throws IOException {
        damage(CONTROL_PAGE + 0x4000, 1);
        assertThat(Slipring.run("inspect", "ring", "--dir", path.toString()).out())
            .contains("journal: PRODUCER CLOSED_IN_ORDER becomes 1, slot 0 becomes FREE");
    }

    @Test
    void ofADamagedTableTheWordIsNamedAndTheSoundSlotsAreShown() throws IOException {
        var here = Attachment.standard().in(new RegionDirectory(path));
        SlotTable.create(here.directory(), "table", SlotOptions.ofPayload(8).slots(4));
        try (var table = SlotTable.writer("table", here)) {
            table.writer(SlotKey.of("gyro")).write(new UnsafeBuffer(new byte[8]), 0, 8);
        }
        store("table", Area.PRODUCER, 0, 9);
        assertThat(Slipring.json(ExitCode.DAMAGED, "inspect", "table", "--dir", path.toString()).at("/table/added/0/key/name").asText())
            .isEqualTo("gyro");
        assertThat(Slipring.run("inspect", "table", "--dir", path.toString()).out()).contains("table  its header is sound",
            "the count of slots is 9, expected 0…4", "\"gyro\"                    version 1, 8 bytes");
        var slots = Slipring.run("slot", "table", "--dir", path.toString());
        assertThat(slots.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(slots.out()).contains("gyro", "the count of slots is 9, expected 0…4");
    }

    @Test
    void ofADamagedPoolTheWordIsNamedAndTheSoundFramesAreShown() {
        var here = Attachment.standard().in(new RegionDirectory(path));
        var format = PixelFormat.GREY.size(32, 32);
        FramePool.create(here.directory(), "pool", PoolOptions.of(4, format));
        var loan = new Loan();
        var lease = new Lease();
        try (var producer = FramePool.producer("pool", here);
            var consumer = FramePool.consumer("pool", here.as("viewer"), ConsumerPolicy.latest())) {
            assertThat(producer.tryLoan(format, loan)).isTrue();
            loan.publish();
            assertThat(consumer.next(lease)).isEqualTo(Delivery.FRAME);
            store("pool", Area.CONSUMER, 4, 0); // the generation of frame 0
            assertThat(Slipring.run("inspect", "pool", "--dir", path.toString()).out()).contains("pool  its header is sound",
                "frame 0 in generation 1, which comes after the frame's own, 0", "frame 0, sequence 0, is leased by slot 1");
        }
    }

    @Test
    void whatIsNoRegionIsSaidToBeNone() throws IOException {
        Files.writeString(file, "some text of somebody who knows nothing of regions");
        assertThat(inspect(ExitCode.DAMAGED).at("/region/faults/0").asText()).contains("is no Slipring region: expected magic");
        Files.delete(file);
        Files.createSymbolicLink(file, path.resolve("elsewhere"));
        assertThat(inspect(ExitCode.DAMAGED).at("/region/faults/0").asText()).contains("is a symbolic link, expected a regular file");
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(inspect(ExitCode.DAMAGED).at("/region/faults/0").asText()).contains("is a directory");
    }

    @Test
    void aRegionWithTwoNamesOrForOthersIsNotTrustedButShown() throws IOException {
        Files.createLink(path.resolve("other"), file);
        assertThat(inspect(ExitCode.ACCESS_DENIED).at("/region/faults/0").asText()).contains("has 2 names, expected 1");
        Files.delete(path.resolve("other"));
        Files.setAttribute(file, "unix:mode", 0644);
        var inspection = inspect(ExitCode.ACCESS_DENIED);
        assertThat(inspection.at("/region/faults/0").asText()).contains("with mode 0644, expected user");
        assertThat(inspection.at("/region/depth").asInt()).isEqualTo(64);
        assertThat(Slipring.run("clean", "--dir", path.toString()).out()).contains("kept  ring");
    }

    @Test
    void whoCameMeanwhileKeepsHisRegion() {
        var directory = new RegionDirectory(path);
        var looked = RegionInspection.of(directory, "ring");
        try (var reader = RingView.of("ring", RegionKind.SPSC_RING, Attachment.standard().in(directory), JoinAt.oldest())) {
            assertThatThrownBy(looked::remove).isInstanceOf(RoleTaken.class);
            assertThat(reader.position()).isZero();
        }
        assertThat(looked.remove()).isTrue();
    }

    @Test
    void whoTookTheNameMeanwhileKeepsIt() {
        var directory = new RegionDirectory(path);
        var looked = RegionInspection.of(directory, "ring");
        SpscRing.remove(directory, "ring");
        SpscRing.create(directory, "ring", RingOptions.ofCapacity(4096));
        assertThat(looked.remove()).isFalse();
        assertThat(file).exists();
        assertThat(RegionInspection.of(directory, "ring").remove()).isTrue();
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls --dir /dev/shm/slipring-test-nowhere", "inspect nothing --dir DIR"})
    void whatIsNotThereIsNotFound(String command) {
        var run = Slipring.run(command.replace("DIR", path.toString()).split(" ", -1));
        assertThat(run.exitCode()).describedAs("%s", run).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run.err()).startsWith("slipring: no ").contains("create", "is that directory shared");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lss", "ls --color", "inspect", "inspect ../ring --dir DIR", "ls --interval 0 --dir DIR", "size",
        "size ring --capacity 1000", "size ring --capacity much", "size broadcast --capacity 1k", "size slots --payload 4",
        "size frames --frames 4", "size frames --frames 4 --format nv12 --size 1919x1080", "size ring --capacity 1m --count 0"})
    void whatIsNoCommandIsAMistakeOfUsage(String command) {
        var run = Slipring.run(command.isEmpty() ? new String[0] : command.replace("DIR", path.toString()).split(" ", -1));
        assertThat(run.exitCode()).describedAs("%s", run).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).isNotBlank();
        assertThat(run.out()).isEmpty();
    }

    private void damage(int offset, int value) throws IOException {
        byte[] bytes = sound.clone();
        bytes[offset] = (byte) value;
        Files.write(file, bytes);
    }

    /** An int into a control area. */
    private void store(String name, Area area, int offset, int value) {
        for (var each : Slipring.json(ExitCode.OK, "inspect", name, "--dir", path.toString()).get("areas")) {
            if (each.get("area").asText().equals(area.name())) {
                try (var region = new RandomAccessFile(path.resolve(name).toFile(), "rw")) {
                    region.seek(each.get("offset").asLong() + offset);
                    region.writeInt(Integer.reverseBytes(value));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private JsonNode inspect(int exitCode) {
        return Slipring.json(exitCode, "inspect", "ring", "--dir", path.toString());
    }
}
