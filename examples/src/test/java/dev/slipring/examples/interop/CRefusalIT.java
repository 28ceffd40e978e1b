package dev.slipring.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Schema;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in C refuse what an attacher must refuse, as the specification lists it: in one line, and without harm. */
class CRefusalIT {
    private static final int HEADER = 512;
    private static final int CRC = 508;
    private static final int CONSUMER = 0x1_5000;
    private static final int PRODUCER = 0x2_0000;
    private static final int DATA = 0x3_0000;

    @TempDir(factory = SharedMemory.class)
    private Path shared;
    private Path reader = Path.of("");
    private Path sender = Path.of("");
    private Path mpscSender = Path.of("");
    private byte[] broadcast = {};
    private byte[] spsc = {};
    private byte[] mpsc = {};

    @BeforeEach
    void compile() throws IOException {
        reader = CPrograms.compiled("print-broadcast");
        sender = CPrograms.compiled("send-spsc");
        mpscSender = CPrograms.compiled("send-mpsc");
        var directory = new RegionDirectory(shared);
        BroadcastRing.create(directory, "broadcast", RingOptions.ofCapacity(4096).with(new Schema(7, 3, 2)));
        SpscRing.create(directory, "spsc", RingOptions.ofCapacity(4096));
        MpscRing.create(directory, "mpsc", RingOptions.ofCapacity(4096));
        broadcast = Files.readAllBytes(shared.resolve("broadcast"));
        spsc = Files.readAllBytes(shared.resolve("spsc"));
        mpsc = Files.readAllBytes(shared.resolve("mpsc"));
    }

    @Test
    void whatIsDamagedForgedOrForeignIsRefused() throws IOException {
        assertThat(CPrograms.run(reader, "", write(broadcast)).lines()).as("as it is").containsExactly("empty");
        for (int at = 0; at < HEADER; at += 13) {
            byte[] flipped = broadcast.clone();
            flipped[at] ^= 0x10;
            refused("a bit of byte " + at, write(flipped));
        }
        refused("incompat feature", forged(image -> image.putLong(32, 1)));
        refused("another layout", forged(image -> image.putInt(8, 2)));
        refused("another kind", forged(image -> image.putInt(40, 1)));
        refused("capacity that is no power of two", forged(image -> image.putLong(80, 4096 + 64)));
        refused("huge capacity", forged(image -> image.putLong(80, 1L << 62)));
        refused("alignment", forged(image -> image.putInt(88, 16)));
        refused("page alignment", forged(image -> image.putInt(96, 4096)));
        refused("participants", forged(image -> image.putInt(92, 1 << 20)));
        refused("area elsewhere", forged(image -> image.putLong(144 + 16 * 7, 1L << 40)));
        refused("longer area", forged(image -> image.putLong(144 + 16 * 7 + 8, 1L << 40)));
        refused("file length", forged(image -> image.putLong(104, 1L << 40)));
        refused("boot", forged(image -> image.putLong(56, image.getLong(56) ^ 1)));
        refused("boot, the other half", forged(image -> image.putLong(64, image.getLong(64) ^ 1)));
        refused("initial position", forged(image -> image.putLong(72, -64)));
        refused("min reader version", forged(image -> image.putInt(116, 4)));
        refused("cut short", write(Arrays.copyOf(broadcast, broadcast.length - 4096)));
        refused("grown", write(Arrays.copyOf(broadcast, broadcast.length + 4096)));
        refused("empty", write(new byte[0]));
        refused("half a header", write(Arrays.copyOf(broadcast, 300)));
    }

    @Test
    void aFeatureThatReadersNeedNotKnowKeepsWritersOut() throws IOException {
        for (var each : Map.of(sender, spsc, mpscSender, mpsc).entrySet()) {
            refused(each.getKey(), "read-compat feature", "", write(sign(each.getValue(), header -> header.putLong(24, 1))));
            byte[] compatible = sign(each.getValue(), header -> header.putLong(16, 1));
            assertThat(CPrograms.run(each.getKey(), "", write(compatible)).status()).as("compat").isZero();
        }
        assertThat(CPrograms.run(reader, "", forged(header -> header.putLong(24, 1))).status()).as("reader").isZero();
    }

    @Test
    void onlyARegularFileOfOneNameThatIsClosedToOthersIsOpened() throws IOException {
        var file = Path.of(write(broadcast));
        refused("missing", shared.resolve("missing").toString());
        refused("link", Files.createSymbolicLink(shared.resolve("link"), file).toString());
        refused("directory", shared.toString());
        var second = Files.createLink(shared.resolve("second"), file);
        refused("two names", file.toString());
        Files.delete(second);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        refused("open to others", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(CPrograms.run(reader, "", file.toString()).status()).as("shared with a group").isZero();
    }

    @Test
    void oneProducerOfManyDoesNotFollowWordsThatCannotBe() throws IOException {
        damaged("padding beyond the end", DATA, 1L << 30 | 8192);
        damaged("a claim of nothing", DATA, 2L << 30);
        damaged("a message of nothing", DATA, 7L << 32);
        damaged("consumed in the middle of a record", CONSUMER + 8, 8);
        damaged("consumed before the beginning", CONSUMER + 8, -64);
        damaged("head in the middle of a record", CONSUMER, 8);
        refused(mpscSender, "records that share a cache line", "", write(sign(mpsc, header -> header.putInt(88, 8))));
        for (long hint : new long[] {8, -64, 1L << 40, Long.MIN_VALUE}) {
            assertThat(CPrograms.run(mpscSender, "x", write(changed(PRODUCER, hint))).lines()).as("a hint of " + hint + " is none")
                .containsExactly("attached", "sent 1");
        }
    }

    /** Sends one message more than the ring holds. */
    private void damaged(String what, int offset, long word) throws IOException {
        refused(mpscSender, what, "x\n".repeat(4096 / 64 + 1), write(changed(offset, word)));
    }

    private byte[] changed(int offset, long word) {
        return ByteBuffer.wrap(mpsc.clone()).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, word).array();
    }

    private void refused(String what, String file) throws IOException {
        refused(reader, what, "", file);
    }

    private static void refused(Path program, String what, String input, String file) throws IOException {
        var run = CPrograms.run(program, input, file);
        assertThat(run.status()).as(what + ": " + run.lines()).isEqualTo(1);
        assertThat(run.lines()).as(what).filteredOn(line -> !line.equals("attached")).singleElement().asString().contains(file);
    }

    private String forged(Consumer<ByteBuffer> change) throws IOException {
        return write(sign(broadcast, change));
    }

    /** A changed image whose checksum is right. */
    private static byte[] sign(byte[] image, Consumer<ByteBuffer> change) {
        var header = ByteBuffer.wrap(image.clone()).order(ByteOrder.LITTLE_ENDIAN);
        change.accept(header);
        var crc = new CRC32C();
        crc.update(header.array(), 0, CRC);
        header.putInt(CRC, (int) crc.getValue());
        return header.array();
    }

    private String write(byte[] image) throws IOException {
        var file = shared.resolve("image");
        Files.deleteIfExists(file);
        Files.write(file, image);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }
}
