package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Sandbox;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotTable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The verbs on a directory in which some live, some are stopped, some were killed and some have left; started once for all of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VerbsIT {
    private static final List<String> KINDS = List.of("broadcast", "frames", "mpsc", "slots", "spsc");

    @TempDir(factory = SharedMemory.class)
    private static Path path;
    private static final List<JavaProcess> PROCESSES = new ArrayList<>();

    @BeforeAll
    static void settle() {
        for (String prefix : List.of("live-", "stopped-", "killed-", "left-")) {
            PROCESSES.add(JavaProcess.start(Town.class, path.toString(), prefix, "PRIVATE"));
        }
        PROCESSES.forEach(each -> each.awaitLine("ready"));
        PROCESSES.get(1).stop();
        PROCESSES.get(2).kill();
        PROCESSES.get(3).tell("close");
        PROCESSES.get(3).awaitLine("closed");
        Await.until("the kernel has let the locks of the killed go", () ->
            standing("killed-spsc", "producers").equals("DEAD") && standing("killed-frames", "consumers").equals("DEAD"));
    }

    @AfterAll
    static void leave() {
        PROCESSES.forEach(JavaProcess::close);
    }

    @Test
    @Order(1)
    void lsTellsWhoLivesWhoIsStoppedWhoDiedAndWhoLeft() {
        var regions = Slipring.json(ExitCode.OK, "ls", "--dir", path.toString()).get("regions");
        assertThat(regions).hasSize(4 * KINDS.size());
        for (String kind : KINDS) {
            for (var each : Map.of("live-", "ALIVE", "stopped-", "ALIVE", "killed-", "DEAD", "left-", "CLOSED").entrySet()) {
                var region = Slipring.named(regions, each.getKey() + kind);
                assertThat(region.at("/verdict").asText()).isEqualTo("SOUND");
                assertThat(region.at("/producers/standing").asText()).describedAs("%s", region).isEqualTo(each.getValue());
                assertThat(region.at("/open").asBoolean()).isEqualTo(each.getValue().equals("ALIVE"));
                boolean hasConsumers = !kind.equals("mpsc") && !kind.equals("slots");
                assertThat(region.at("/consumers/standing").asText()).describedAs("%s", region)
                    .isEqualTo(hasConsumers ? each.getValue() : kind.equals("mpsc") ? "NEVER" : "");
            }
            assertThat(Slipring.named(regions, "live-" + kind).at("/producers/participants/0/stopped").asBoolean()).isFalse();
            assertThat(Slipring.named(regions, "stopped-" + kind).at("/producers/participants/0/stopped").asBoolean()).isTrue();
            assertThat(Slipring.named(regions, "live-" + kind).at("/producers/participants/0/pid").asLong())
                .isEqualTo(PROCESSES.getFirst().pid());
        }
        var spsc = Slipring.named(regions, "live-spsc");
        assertThat(spsc.at("/schema/id").asInt()).isEqualTo(Town.SCHEMA.id());
        assertThat(spsc.at("/depth").asLong()).describedAs("%s messages of 64 bytes", Town.MESSAGES).isEqualTo(64 * Town.MESSAGES);
        assertThat(Slipring.named(regions, "live-mpsc").at("/producers/participants")).hasSize(2);
    }

    @Test
    @Order(2)
    void lsSaysTheSameInLinesOfText() {
        var run = Slipring.run("ls", "--dir", path.toString(), "--interval", "0.01");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines()).hasSize(1 + 4 * KINDS.size())
            .anyMatch(line -> line.matches("live-spsc +spsc +7 v3 +256K +" + PROCESSES.getFirst().pid() + " town +"
                + PROCESSES.getFirst().pid() + " town +640 +0/s"))
            .anyMatch(line -> line.matches("stopped-slots +slots +- +256K +" + PROCESSES.get(1).pid() + " stopped town +1 slots +0/s"))
            .anyMatch(line -> line.matches("killed-mpsc +mpsc +- +256K +dead +- +640 +0/s"))
            .anyMatch(line -> line.matches("left-frames +frames +- +512K +closed +closed +0 frames +0/s"));
    }

    @Test
    @Order(3)
    void inspectShowsPositionsGatesSlotsAndWhoHasWhichFrame() {
        var spsc = inspect(ExitCode.OK, "live-spsc");
        assertThat(position(spsc, "position")).isEqualTo(64 * Town.MESSAGES);
        assertThat(position(spsc, "head")).isZero();
        assertThat(spsc.at("/header")).hasSizeGreaterThan(25).allMatch(field -> field.get("fault").asText().isEmpty());
        assertThat(spsc.at("/areas")).hasSize(8);
        var broadcast = inspect(ExitCode.OK, "stopped-broadcast");
        assertThat(broadcast.at("/ring/gates/0/lag").asLong()).isPositive().isEqualTo(position(broadcast, "tail"));
        var slots = inspect(ExitCode.OK, "live-slots").at("/table");
        assertThat(slots.at("/added/0/key/name").asText()).isEqualTo("gyro");
        assertThat(slots.at("/added/0/version").asInt()).isEqualTo(2);
        assertThat(slots.at("/added/0/ownerDead").asBoolean()).isFalse();
        assertThat(inspect(ExitCode.OK, "killed-slots").at("/table/added/0/ownerDead").asBoolean()).isTrue();
        assertThat(inspect(ExitCode.OK, "stopped-frames").at("/pool/leases/0/slot").asInt()).isEqualTo(1);
        var killed = inspect(ExitCode.OK, "killed-spsc");
        assertThat(killed.at("/participants")).hasSize(2).allMatch(each -> each.get("life").asText().equals("DEAD"));
        assertThat(killed.at("/region/producers/uncounted").asInt()).isEqualTo(1);
        assertThat(Slipring.run("inspect", "--dir", path.toString(), "stopped-frames").out())
            .contains("frame 0, sequence 0, is leased by slot 1", "stopped  pid " + PROCESSES.get(1).pid() + " \"viewer\"");
    }

    @Test
    @Order(4)
    void whoLooksOnChangesNoByteAndIsSeenByNobody() throws IOException {
        var before = checksums();
        Slipring.run("ls", "--dir", path.toString(), "--interval", "0.01");
        for (String name : before.keySet()) {
            assertThat(inspect(ExitCode.OK, name).at("/region/name").asText()).isEqualTo(name);
        }
        Slipring.run("clean", "--dry-run", "--dir", path.toString());
        Slipring.run("doctor", "--dir", path.toString());
        assertThat(checksums()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void fromAnotherPidNamespaceTheSameLive() {
        var inside = new ArrayList<>(Sandbox.pidNamespace());
        try (var looking = JavaProcess.start(inside, Main.class, "ls", "--dir", path.toString())) {
            looking.awaitExit();
            assertThat(looking.everything())
                .anyMatch(line -> line.matches("live-spsc .* " + PROCESSES.getFirst().pid() + "\\* town .*"))
                .anyMatch(line -> line.matches("stopped-mpsc .* 2: " + PROCESSES.get(1).pid() + "\\* first, … .*"))
                .anyMatch(line -> line.matches("killed-spsc .* dead +dead .*"));
        }
        try (var town = JavaProcess.start(inside, Town.class, path.toString(), "inside-", "PRIVATE")) {
            town.awaitLine("ready");
            assertThat(standing("inside-spsc", "producers")).isEqualTo("ALIVE");
            assertThat(inspect(ExitCode.OK, "inside-spsc").at("/participants/0/pid").asInt()).describedAs("in its namespace").isEqualTo(1);
            assertThat(Slipring.run("clean", "--dry-run", "--dir", path.toString()).out()).contains("kept  inside-spsc");
            town.kill();
            Await.until("the kernel lets the lock go", () -> standing("inside-spsc", "producers").equals("DEAD"));
        }
    }

    @Test
    @Order(6)
    void cleanRemovesExactlyTheDead() throws IOException {
        var directory = new RegionDirectory(path);
        SpscRing.create(directory, "unused", RingOptions.ofCapacity(4096));
        Files.writeString(path.resolve("notes.txt"), "not a region");
        Files.createSymbolicLink(path.resolve("link"), path.resolve("killed-spsc"));
        Files.createDirectory(path.resolve("folder"));
        copy("killed-spsc", "old-boot", 56);
        copy("killed-mpsc", "other-release", 8);
        flip("killed-mpsc", 80); // damaged, and nobody has it open
        var stay = new ArrayList<>(List.of("unused", "notes.txt", "link", "folder", "other-release", "watched-mpsc"));
        KINDS.forEach(kind -> stay.addAll(List.of("live-" + kind, "stopped-" + kind)));
        MpscRing.create(directory, "watched-mpsc", RingOptions.ofCapacity(4096));
        MpscRing.producer("watched-mpsc", Attachment.standard().in(directory)).close();
        try (var damaged = MpscRing.producer("watched-mpsc", Attachment.standard().in(directory))) {
            flip("watched-mpsc", 300);
            flip("stopped-slots", 300);
            var before = names();
            var plan = Slipring.json(ExitCode.OK, "clean", "--dry-run", "--dir", path.toString());
            assertThat(names()).isEqualTo(before);
            var done = Slipring.json(ExitCode.OK, "clean", "--dir", path.toString());
            assertThat(names()).containsExactlyInAnyOrderElementsOf(stay);
            assertThat(done.get("removed").asInt()).isEqualTo(plan.get("removed").asInt()).isEqualTo(before.size() - stay.size());
            assertThat(reason(done, "live-spsc")).startsWith("in use: producer " + PROCESSES.getFirst().pid() + " town");
            assertThat(reason(done, "stopped-spsc")).startsWith("in use: producer " + PROCESSES.get(1).pid() + " stopped town");
            assertThat(reason(done, "killed-spsc")).isEqualTo("nobody has it open; producers: dead, consumers: dead, 640 bytes unread");
            assertThat(reason(done, "left-spsc")).startsWith("nobody has it open; producers: closed, consumers: closed");
            assertThat(reason(done, "killed-mpsc")).contains("nobody has it open, and it is damaged", "header CRC32C");
            assertThat(reason(done, "watched-mpsc")).startsWith("in use: producer ").contains("header CRC32C");
            assertThat(reason(done, "old-boot")).isEqualTo("of an earlier boot: nobody of then is alive");
            assertThat(reason(done, "other-release")).contains("expected layout major 1");
            assertThat(reason(done, "link")).contains("is a symbolic link");
            assertThat(reason(done, "notes.txt")).contains("is no Slipring region");
            assertThat(reason(done, "unused")).contains("nobody has used it yet");
            assertThat(damaged.position()).describedAs("whoever has it open goes on").isZero();
        }
        try (var reader = SlotTable.reader("live-slots", Attachment.standard().in(directory))) {
            assertThat(reader.count()).describedAs("what lives goes on").isEqualTo(1);
        }
        assertThat(Slipring.run("clean", "--unused", "--dir", path.toString()).out()).contains("removed  unused");
    }

    private static JsonNode inspect(int exitCode, String name) {
        return Slipring.json(exitCode, "inspect", name, "--dir", path.toString());
    }

    private static String standing(String name, String side) {
        return inspect(ExitCode.OK, name).at("/region/" + side + "/standing").asText();
    }

    private static long position(JsonNode inspection, String name) {
        return Slipring.named(inspection.at("/ring/positions"), name).get("value").asLong();
    }

    private static String reason(JsonNode report, String name) {
        return Slipring.named(report.get("files"), name).get("reason").asText();
    }

    private static List<String> names() throws IOException {
        try (var files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    private static Map<String, Long> checksums() throws IOException {
        var sums = new TreeMap<String, Long>();
        for (String name : names()) {
            var crc = new CRC32C();
            crc.update(Files.readAllBytes(path.resolve(name)));
            sums.put(name, crc.getValue());
        }
        return sums;
    }

    /** A copy with one byte of its header changed, and the checksum made right again. */
    private static void copy(String from, String to, int offset) throws IOException {
        Files.copy(path.resolve(from), path.resolve(to));
        byte[] header = new byte[512];
        try (var file = new RandomAccessFile(path.resolve(to).toFile(), "rw")) {
            file.readFully(header);
            header[offset] ^= 0x10;
            var crc = new CRC32C();
            crc.update(header, 0, 508);
            file.seek(0);
            file.write(header);
            file.seek(508);
            file.writeInt(Integer.reverseBytes((int) crc.getValue()));
        }
    }

    private static void flip(String name, int offset) {
        try (var file = new RandomAccessFile(path.resolve(name).toFile(), "rw")) {
            file.seek(offset);
            int value = file.read();
            file.seek(offset);
            file.write(value ^ 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
