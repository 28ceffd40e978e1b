package dev.slipring.cli.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.RegionKind;
import dev.slipring.core.Schema;
import dev.slipring.core.process.Layout;
import dev.slipring.core.process.Seed;
import dev.slipring.ring.RingOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that record writes and replay reads: what goes in comes out, and what is not as it was written is noticed. */
class RecordingTest {
    private static final RecordingHeader HEADER = new RecordingHeader("trades", RegionKind.BROADCAST_RING,
        new RingOptions(1 << 20, 64, 0, true, new Schema(100, 3, 1)), 0x1234_5678_9abc_def0L,
        Instant.parse("2026-11-21T15:30:00.123456789Z"));

    @TempDir
    private Path directory;

    @Test
    void whatGoesInComesOut() throws IOException {
        var file = write(RecordingEnd.SEALED);
        try (var reader = new RecordingReader(file)) {
            assertThat(reader.header()).isEqualTo(HEADER);
        }
        assertThat(read(file)).containsExactly("7 type 1 at 10: 010203", "gap 8-11 at 20", "12 type 0 at 20: ", "end SEALED 13 at 30");
    }

    /** docs/recording.md, byte for byte: what is written today must be readable for ever. */
    @Test
    void theBytesAreThoseOfTheDocument() throws IOException {
        var file = directory.resolve("sample");
        try (var writer = new RecordingWriter(file, false, HEADER)) {
            writer.message(1, 7, 10, new UnsafeBuffer("Hello world!".getBytes(StandardCharsets.US_ASCII)), 0, 12);
            writer.gap(8, 11, 20);
            writer.end(RecordingEnd.SEALED, 12, 30);
        }
        var document = Files.readString(Path.of("..", "docs", "recording.md"));
        assertThat(document).contains("```hexdump\n" + Layout.toHexdump(Files.readAllBytes(file)) + "\n```");
    }

    @Test
    void messagesLongerThanTheBuffersComeOutToo() throws IOException {
        var file = directory.resolve("long");
        var random = Seed.random("RecordingTest");
        var lengths = new int[60];
        try (var writer = new RecordingWriter(file, false, new RecordingHeader("big", RegionKind.SPSC_RING,
            RingOptions.ofCapacity(1 << 23), 1, Instant.EPOCH))) {
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = random.nextInt(i % 10 == 0 ? 1 << 20 : 1 << 14);
                byte[] bytes = new byte[lengths[i]];
                Arrays.fill(bytes, (byte) i);
                writer.message(i, i, i, new UnsafeBuffer(bytes), 0, bytes.length);
            }
            writer.end(RecordingEnd.COUNT, lengths.length, lengths.length);
        }
        try (var reader = new RecordingReader(file)) {
            for (int i = 0; i < lengths.length; i++) {
                var message = (RecordingReader.Message) reader.next();
                assertThat(message.bytes().capacity()).isEqualTo(lengths[i]);
                byte[] bytes = new byte[lengths[i]];
                message.bytes().getBytes(0, bytes);
                for (byte each : bytes) {
                    assertThat(each == (byte) i).isTrue();
                }
            }
            assertThat(reader.next()).isInstanceOf(RecordingReader.End.class);
        }
    }

    @Test
    void whereverItWasCutEverythingBeforeComesOutAndTheCutIsSaid() throws IOException {
        byte[] whole = Files.readAllBytes(write(RecordingEnd.COUNT));
        var all = read(directory.resolve("recording"));
        var cut = directory.resolve("cut");
        int most = 0;
        for (int length = 0; length < whole.length; length++) {
            Files.write(cut, Arrays.copyOf(whole, length));
            var read = new ArrayList<String>();
            assertThatThrownBy(() -> read(cut, read)).as("cut at %d", length).isInstanceOf(RecordingDamaged.class)
                .hasMessageMatching(length < 8 ? ".*no recording.*" : length < RecordingDescriptor.HEADER_LENGTH ? ".*ends after " + length
                    + ".*" : ".*was cut short at byte " + length + ".*");
            assertThat(read.size()).isBetween(most, most + 1);
            assertThat(read).isEqualTo(all.subList(0, read.size()));
            most = read.size();
        }
        assertThat(most).isEqualTo(3);
    }

    @Test
    void everyChangedByteIsNoticedAndNothingBehindItComesOut() throws IOException {
        var random = Seed.random("RecordingTest");
        byte[] whole = Files.readAllBytes(write(RecordingEnd.COUNT));
        var all = read(directory.resolve("recording"));
        var changed = directory.resolve("changed");
        for (int at = 0; at < whole.length; at++) {
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) random.nextInt(1, 256);
            Files.write(changed, bytes);
            var read = new ArrayList<String>();
            assertThatThrownBy(() -> read(changed, read)).as("byte %d", at).isInstanceOf(RecordingDamaged.class);
            assertThat(read).isEqualTo(all.subList(0, read.size()));
        }
    }

    @Test
    void whatIsNotInOrderIsDamage() throws IOException {
        var file = directory.resolve("disorder");
        for (int mistake = 0; mistake < 4; mistake++) {
            try (var writer = new RecordingWriter(file, true, HEADER)) {
                writer.message(1, 5, 100, new UnsafeBuffer(new byte[1]), 0, 1);
                switch (mistake) {
                    case 0 -> writer.message(1, 7, 100, new UnsafeBuffer(new byte[1]), 0, 1);
                    case 1 -> writer.message(1, 6, 99, new UnsafeBuffer(new byte[1]), 0, 1);
                    case 2 -> writer.gap(6, 5, 100);
                    default -> writer.message(1, 6, 100, new UnsafeBuffer(new byte[1 << 18]), 0, 1 << 18);
                }
            }
            var read = new ArrayList<String>();
            assertThatThrownBy(() -> read(file, read)).as("%d", mistake).isInstanceOf(RecordingDamaged.class)
                .hasMessageContaining("entry 1");
            assertThat(read).hasSize(1);
        }
    }

    @Test
    void whatStandsBehindTheEndIsDamage() throws IOException {
        var file = write(RecordingEnd.COUNT);
        Files.write(file, new byte[1], StandardOpenOption.APPEND);
        var read = new ArrayList<String>();
        assertThatThrownBy(() -> read(file, read)).isInstanceOf(RecordingDamaged.class).hasMessageContaining("nothing behind it");
    }

    @Test
    void aFileThatIsThereIsNotReplacedUnasked() throws IOException {
        write(RecordingEnd.COUNT);
        assertThatThrownBy(() -> write(RecordingEnd.COUNT)).isInstanceOf(FileAlreadyExistsException.class);
    }

    private Path write(RecordingEnd why) throws IOException {
        var file = directory.resolve("recording");
        try (var writer = new RecordingWriter(file, false, HEADER)) {
            writer.message(1, 7, 10, new UnsafeBuffer(new byte[] {0, 1, 2, 3}), 1, 3);
            writer.gap(8, 11, 20);
            writer.message(0, 12, 20, new UnsafeBuffer(new byte[0]), 0, 0);
            writer.end(why, 13, 30);
        }
        return file;
    }

    private static List<String> read(Path file) throws IOException {
        var read = new ArrayList<String>();
        read(file, read);
        return read;
    }

    private static void read(Path file, List<String> read) throws IOException {
        try (var reader = new RecordingReader(file)) {
            while (true) {
                switch (reader.next()) {
                    case RecordingReader.Message message -> {
                        var text = new StringBuilder();
                        for (int i = 0; i < message.bytes().capacity(); i++) {
                            text.append(String.format("%02x", message.bytes().getByte(i)));
                        }
                        read.add(message.sequence() + " type " + message.type() + " at " + message.arrivalNs() + ": " + text);
                    }
                    case RecordingReader.Gap gap -> read.add("gap " + gap.first() + "-" + gap.last() + " at " + gap.arrivalNs());
                    case RecordingReader.End end -> {
                        read.add("end " + end.why() + " " + end.sequence() + " at " + end.arrivalNs());
                        return;
                    }
                }
            }
        }
    }
}
