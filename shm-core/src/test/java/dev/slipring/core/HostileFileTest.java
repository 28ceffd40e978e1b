package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files as somebody hostile or a broken disk might leave them, by the thousand: each is refused with a typed error or read as what it says
 * it is, and no opening leaves anything behind. {@link HeaderForgeryTest} and {@link ForeignFileTest} look at each kind by itself.
 */
class HostileFileTest {
    private static final int ROUNDS = Integer.getInteger("slipring.hostile.rounds", 1_000);
    private static final int CHECK_LOCKS_EVERY = 100;
    private static final long[] EXTREMES = {0, 1, -1, 8, 63, 64, 511, 512, 4096, 65_536, 1L << 20, 1L << 31, 1L << 32, 1L << 40, 1L << 62,
        Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 65_535, -65_536};

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;
    private Path file;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
        file = meeting.create("region");
    }

    /** Damaged by chance, or forged with a right checksum; and cut short, grown, or left as long as it was. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aHeaderOfAnyContentInAFileOfAnyLengthIsRefusedOrReadAsWhatItSays() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        var random = Seed.random("aHeaderOfAnyContentInAFileOfAnyLengthIsRefusedOrReadAsWhatItSays");
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] header = header(sound, random);
            long length = random.nextInt(4) > 0 ? sound.length : length(sound.length, random);
            rewrite(header, length);
            read += openings(header, length, "round " + round);
            if (round % CHECK_LOCKS_EVERY == 0) {
                meeting.assertNothingLeftBut("region");
            }
        }
        meeting.assertNothingLeftBut("region");
        assertThat(read).as("some changes are harmless, most are not").isBetween(1, ROUNDS * 3 / 2);
        rewrite(sound, sound.length);
        meeting.producer("region").close();
    }

    /** The participants' table, counters and journal, consumer's words, waiters and checkpoints: one page, any bytes in it. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aControlPageOfAnyContentIsDamageOrIsGoneOnWith() throws IOException {
        byte[] sound = Files.readAllBytes(file);
        var random = Seed.random("aControlPageOfAnyContentIsDamageOrIsGoneOnWith");
        for (int round = 0; round < ROUNDS / 2; round++) {
            rewrite(sound, sound.length);
            scribble(random);
            for (var role : Role.values()) {
                try (var region = Region.attach("region", RegionKind.SPSC_RING, Access.JOIN, role, true, meeting.attachment);
                    var watcher = meeting.watcher("region")) {
                    region.participants().countTheDead();
                    assertThat(region.participants().list()).hasSize(1).isEqualTo(watcher.participants().list());
                    assertThat(region.participants().isDead(region.participants().slot(), region.participants().generation())).isFalse();
                } catch (RegionCorrupt | RegionFull expected) {
                    assertThat(expected).hasMessageContaining("region region");
                }
            }
            assertThat(meeting.descriptors()).isEmpty();
            if (round % CHECK_LOCKS_EVERY == 0) {
                meeting.assertNothingLeftBut("region");
            }
        }
        meeting.assertNothingLeftBut("region");
    }

    private static byte[] header(byte[] sound, SplittableRandom random) {
        var bytes = new UnsafeBuffer(new byte[RegionDescriptor.HEADER_LENGTH]);
        bytes.putBytes(0, sound, 0, RegionDescriptor.HEADER_LENGTH);
        int kind = random.nextInt(4);
        if (kind == 0) {
            random.nextBytes(bytes.byteArray());
            bytes.putLong(0, random.nextBoolean() ? RegionDescriptor.MAGIC : random.nextLong());
        }
        for (int change = kind == 0 ? 0 : 1 + random.nextInt(3); change > 0; change--) {
            int word = random.nextInt(RegionDescriptor.AREAS_OFFSET / 4 + 32);
            switch (random.nextInt(3)) {
                case 0 -> bytes.putByte(word * 4, (byte) random.nextInt());
                case 1 -> bytes.putInt(word * 4, random.nextInt(-2, 3) + (int) extreme(random));
                default -> bytes.putLong(word * 4 & -8, extreme(random));
            }
        }
        if (kind != 1) {
            bytes.putInt(RegionDescriptor.CRC_OFFSET, crc(bytes.byteArray()));
        }
        return bytes.byteArray();
    }

    private static long length(long sound, SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextLong(2 * sound);
            case 1 -> random.nextLong(RegionDescriptor.HEADER_LENGTH + 2);
            default -> sound + random.nextInt(-2, 3) * (random.nextBoolean() ? 1L : RegionDescriptor.PAGE_ALIGNMENT);
        };
    }

    private static long extreme(SplittableRandom random) {
        return EXTREMES[random.nextInt(EXTREMES.length)];
    }

    /** Opens it in every way; returns how often it was read, each time as what its header says. */
    private int openings(byte[] header, long length, String round) {
        int read = 0;
        for (var access : Access.values()) {
            try (var region = open(access)) {
                var says = new UnsafeBuffer(header);
                assertThat(region.header().epoch()).as(round).isEqualTo(says.getLong(RegionDescriptor.EPOCH_OFFSET));
                assertThat(region.header().fileLength()).as(round).isEqualTo(length);
                assertThat(says.getInt(RegionDescriptor.CRC_OFFSET)).as(round).isEqualTo(crc(header));
                for (var area : Area.values()) {
                    var view = region.view(area);
                    assertThat(view.capacity()).as(round).isEqualTo((int) says.getLong(RegionDescriptor.areaOffset(area) + Long.BYTES));
                    assertThat(view.getInt(view.capacity() - Integer.BYTES)).as(round).isNotEqualTo(42);
                }
                read++;
            } catch (RegionCorrupt | RegionIncompatible expected) {
                assertThat(expected).as(round).hasMessageContaining(file.toString());
            }
        }
        assertThat(meeting.descriptors()).as(round).isEmpty();
        return read;
    }

    private Region open(Access access) {
        return switch (access) {
            case WATCH -> meeting.watcher("region");
            case JOIN -> meeting.consumer("region");
            case OWN -> meeting.producer("region");
        };
    }

    private static int crc(byte[] header) {
        var crc = new CRC32C();
        crc.update(header, 0, RegionDescriptor.CRC_OFFSET);
        return (int) crc.getValue();
    }

    private void rewrite(byte[] start, long length) throws IOException {
        try (var whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(length);
            whole.write(start, 0, (int) Math.min(start.length, length));
        }
    }

    /** Any bytes all over the control page, or words that nearly make sense in its table and journal. */
    private void scribble(SplittableRandom random) throws IOException {
        byte[] page = new byte[ParticipantDescriptor.TABLE_LENGTH + 4 * 4096];
        var words = new UnsafeBuffer(page);
        if (random.nextInt(4) == 0) {
            random.nextBytes(page);
        }
        for (int change = random.nextInt(60); change >= 0; change--) {
            words.putInt(random.nextInt(page.length / 4) * 4, random.nextBoolean() ? random.nextInt(-2, 3) : random.nextInt());
        }
        int journal = ParticipantDescriptor.TABLE_LENGTH;
        words.putInt(journal + CountersDescriptor.JOURNAL_VALID_OFFSET, random.nextInt(2));
        words.putInt(journal + CountersDescriptor.JOURNAL_COUNT_OFFSET, random.nextInt(-1, 7));
        words.putLong(journal + CountersDescriptor.JOURNAL_VALUE_OFFSET, random.nextLong());
        words.putInt(journal + CountersDescriptor.JOURNAL_SLOT_OFFSET, random.nextInt(-1, 66));
        words.putInt(journal + CountersDescriptor.JOURNAL_STATE_OFFSET, random.nextInt(-1, 3));
        try (var whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.seek(RegionDescriptor.PAGE_ALIGNMENT);
            whole.write(page);
        }
    }
}
