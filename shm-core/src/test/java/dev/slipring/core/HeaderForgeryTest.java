package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that a crash, a bit flip, another release or somebody hostile may have left. */
class HeaderForgeryTest {
    private static final long[] HOSTILE = {0, 1, -1, 63, 64, 4095, 4096, 65_536, 1L << 31, 1L << 32, 1L << 40, 1L << 62, Long.MAX_VALUE,
        Long.MIN_VALUE, Long.MAX_VALUE - 65_535, -65_536};

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;
    private Path file;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
        file = meeting.create("region");
    }

    @AfterEach
    void nothingIsLeft() {
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void anyByteThatFlipsIsNoticed() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        var random = Seed.random("anyByteThatFlipsIsNoticed");
        for (int offset = 0; offset < RegionDescriptor.HEADER_LENGTH; offset++) {
            int at = offset;
            meeting.damage("region", header -> flip(header, at, 1 + random.nextInt(255)));
            assertThat(openings()).describedAs("refusals with byte %s damaged", offset).isEqualTo(3);
            restore(sound);
        }
        meeting.producer("region").close();
    }

    @Test
    void anyTwoBytesThatFlipAreNoticed() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        var random = Seed.random("anyTwoBytesThatFlipAreNoticed");
        for (int i = 0; i < 500; i++) {
            int first = random.nextInt(RegionDescriptor.HEADER_LENGTH);
            int second = (first + 1 + random.nextInt(RegionDescriptor.HEADER_LENGTH - 1)) % RegionDescriptor.HEADER_LENGTH;
            meeting.damage("region", header -> {
                flip(header, first, 1 + random.nextInt(255));
                flip(header, second, 1 + random.nextInt(255));
            });
            assertThat(openings()).describedAs("refusals with bytes %s and %s damaged", first, second).isEqualTo(3);
            restore(sound);
        }
        meeting.producer("region").close();
    }

    @Test
    void aDamagedHeaderIsSaidToBeDamaged() {
        meeting.damage("region", header -> header.putLong(RegionDescriptor.CAPACITY_OFFSET, 8192));
        assertThatExceptionOfType(RegionCorrupt.class).isThrownBy(() -> meeting.watcher("region"))
            .withMessageMatching("\\Q" + file + "\\E is damaged: header CRC32C should be 0x[0-9a-f]+, found 0x[0-9a-f]+; remove it and "
                + "create it anew");
    }

    @Test
    void whatHasNoMagicIsNoRegion() {
        meeting.forge("region", header -> header.putLong(RegionDescriptor.MAGIC_OFFSET, 0x0123_4567_89ab_cdefL));
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.watcher("region"))
            .withMessage("%s is no Slipring region: expected magic 0x474e495250494c53, found 0x123456789abcdef; use another name", file);
    }

    @Test
    void anotherLayoutIsNotGuessedAt() {
        meeting.forge("region", header -> header.putInt(RegionDescriptor.LAYOUT_MAJOR_OFFSET, 2));
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.watcher("region"))
            .withMessage("%s: expected layout major 1, found 2; use the Slipring release that wrote it", file);
    }

    @Test
    void anotherLayoutIsNamedEvenWhenItsChecksumStandsElsewhere() {
        meeting.damage("region", header -> header.putInt(RegionDescriptor.LAYOUT_MAJOR_OFFSET, 2));
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.watcher("region"))
            .withMessageContaining("expected layout major 1, found 2");
    }

    @Test
    void aHeaderOfAnotherLengthIsRefused() {
        meeting.forge("region", header -> header.putInt(RegionDescriptor.HEADER_LENGTH_OFFSET, 1024));
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.watcher("region"))
            .withMessageContaining("expected header length 512, found 1024");
    }

    @Test
    void anUnknownKindIsRefused() {
        meeting.forge("region", header -> header.putInt(RegionDescriptor.KIND_OFFSET, 99));
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.watcher("region"))
            .withMessage("%s is of kind 99, which this release does not know; use a newer release", file);
    }

    @Test
    void anUnknownCompatibleFeatureIsIgnored() {
        meeting.forge("region", header -> header.putLong(RegionDescriptor.COMPAT_OFFSET, -1));
        meeting.producer("region").close();
        meeting.watcher("region").close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 17, Long.MIN_VALUE})
    void withAnUnknownReadCompatibleFeatureOneMayWatchOnly(long feature) {
        meeting.forge("region", header -> header.putLong(RegionDescriptor.READ_COMPAT_OFFSET, feature));
        var expected = file + " has features with which this release may only watch: known 0x0, unknown 0x" + Long.toHexString(feature)
            + "; use a newer release";
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.producer("region")).withMessage(expected);
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.consumer("region")).withMessage(expected);
        meeting.watcher("region").close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 40, Long.MIN_VALUE})
    void withAnUnknownIncompatibleFeatureNobodyMayEnter(long feature) {
        meeting.forge("region", header -> header.putLong(RegionDescriptor.INCOMPAT_OFFSET, feature));
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.watcher("region"))
            .withMessage("%s needs features this release does not know: known 0x0, unknown 0x%x; use a newer release", file, feature);
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.producer("region"));
    }

    @Test
    void hostileSizesWithARightChecksumAreRefused() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        for (int offset = RegionDescriptor.AREAS_OFFSET; offset < RegionDescriptor.AREAS_OFFSET + 8 * 16; offset += Long.BYTES) {
            assertHostileValuesRefused(sound, offset);
        }
        assertHostileValuesRefused(sound, RegionDescriptor.FILE_LENGTH_OFFSET);
        assertHostileValuesRefused(sound, RegionDescriptor.CAPACITY_OFFSET);
    }

    @Test
    void hostileFieldsWithARightChecksumAreRefused() {
        assertForgedIntRefused(RegionDescriptor.RECORD_ALIGNMENT_OFFSET, 0);
        assertForgedIntRefused(RegionDescriptor.RECORD_ALIGNMENT_OFFSET, 16);
        assertForgedIntRefused(RegionDescriptor.RECORD_ALIGNMENT_OFFSET, 64);
        assertForgedIntRefused(RegionDescriptor.MAX_PARTICIPANTS_OFFSET, 128);
        assertForgedIntRefused(RegionDescriptor.PAGE_ALIGNMENT_OFFSET, 0);
        assertForgedIntRefused(RegionDescriptor.PAGE_ALIGNMENT_OFFSET, 4096);
        assertForgedIntRefused(RegionDescriptor.PAGE_ALIGNMENT_OFFSET, RegionDescriptor.HUGE_PAGE_ALIGNMENT);
        assertForgedIntRefused(RegionDescriptor.SCHEMA_ID_OFFSET, -1);
        assertForgedIntRefused(RegionDescriptor.SCHEMA_VERSION_OFFSET, 65_536);
        assertForgedIntRefused(RegionDescriptor.MIN_READER_VERSION_OFFSET, 1);
        assertForgedIntRefused(RegionDescriptor.INITIAL_POSITION_OFFSET, 8);
        assertForgedIntRefused(RegionDescriptor.INITIAL_POSITION_OFFSET + Integer.BYTES, -1);
    }

    @Test
    void sizesThatAgreeWithEachOtherButNotWithTheFileAreRefused() {
        meeting.forge("region", header -> {
            header.putLong(RegionDescriptor.CAPACITY_OFFSET, 1L << 30);
            header.putLong(RegionDescriptor.areaOffset(Area.DATA) + Long.BYTES, 1L << 30);
            header.putLong(RegionDescriptor.FILE_LENGTH_OFFSET, 3L * RegionDescriptor.PAGE_ALIGNMENT + (1L << 30));
        });
        assertThatExceptionOfType(RegionCorrupt.class).isThrownBy(() -> meeting.watcher("region"))
            .withMessage("%s is damaged: file length should be 1073938432, found 1073938432 in the header, 262144 on the file system; "
                + "remove it and create it anew", file);
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 100, 511, 512, 65_536, 196_608, 262_143})
    void aFileCutShortIsDamaged(long length) throws IOException {
        setLength(length);
        assertThatExceptionOfType(RegionCorrupt.class).isThrownBy(() -> meeting.producer("region"))
            .withMessageStartingWith(file + " is damaged: ").withMessageContaining(Long.toString(length));
        assertThat(openings()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {262_145, 524_288, 1L << 33})
    void aFileThatGrewIsDamaged(long length) throws IOException {
        setLength(length);
        assertThatExceptionOfType(RegionCorrupt.class).isThrownBy(() -> meeting.producer("region"))
            .withMessageContaining(length + " on the file system");
        assertThat(openings()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7})
    void anEmptyFileIsNoRegion(long length) throws IOException {
        setLength(length);
        assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(() -> meeting.watcher("region"))
            .withMessage("%s is no Slipring region: expected magic 0x474e495250494c53, found a file of %s bytes; use another name", file,
                length);
    }

    private void assertHostileValuesRefused(byte[] sound, int offset) throws IOException {
        for (long value : HOSTILE) {
            meeting.forge("region", header -> {
                if (header.getLong(offset) == value) {
                    flip(header, offset, 1);
                } else {
                    header.putLong(offset, value);
                }
            });
            assertThatExceptionOfType(RegionCorrupt.class).describedAs("%s at offset %s", value, offset)
                .isThrownBy(() -> meeting.producer("region"));
            assertThat(openings()).isEqualTo(3);
            restore(sound);
        }
    }

    private void assertForgedIntRefused(int offset, int value) {
        int[] before = new int[1];
        meeting.forge("region", header -> {
            before[0] = header.getInt(offset);
            header.putInt(offset, value);
        });
        if (before[0] != value) {
            assertThat(openings()).describedAs("refusals with %s at offset %s", value, offset).isEqualTo(3);
        }
        meeting.forge("region", header -> header.putInt(offset, before[0]));
        meeting.producer("region").close();
    }

    /** Opens it in every way; returns how many were refused, each by a typed error. */
    private int openings() {
        int refused = 0;
        for (var opening : List.<Function<String, Region>>of(meeting::producer, meeting::consumer, meeting::watcher)) {
            var thrown = catchThrowable(() -> opening.apply("region").close());
            if (thrown != null) {
                assertThat(thrown).isInstanceOfAny(RegionCorrupt.class, RegionIncompatible.class);
                refused++;
            }
        }
        assertThat(meeting.descriptors()).isEmpty();
        return refused;
    }

    private static void flip(UnsafeBuffer header, int offset, int bits) {
        header.putByte(offset, (byte) (header.getByte(offset) ^ bits));
    }

    private void restore(byte[] sound) throws IOException {
        try (var whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.write(sound, 0, RegionDescriptor.HEADER_LENGTH);
        }
    }

    private void setLength(long length) throws IOException {
        try (var whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(length);
        }
    }
}
