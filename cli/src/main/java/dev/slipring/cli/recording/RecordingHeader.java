package dev.slipring.cli.recording;

import static dev.slipring.cli.recording.RecordingDescriptor.ALIGNMENT_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.BEGAN_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.CAPACITY_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.EPOCH_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.FLAGS_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.FLAG_PARKING;
import static dev.slipring.cli.recording.RecordingDescriptor.HEADER_CRC_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.HEADER_LENGTH;
import static dev.slipring.cli.recording.RecordingDescriptor.KIND_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.MAGIC;
import static dev.slipring.cli.recording.RecordingDescriptor.MAGIC_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.MAX_NAME_LENGTH;
import static dev.slipring.cli.recording.RecordingDescriptor.MIN_READER_VERSION_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.NAME_LENGTH_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.NAME_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.SCHEMA_ID_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.SCHEMA_VERSION_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.VERSION;
import static dev.slipring.cli.recording.RecordingDescriptor.VERSION_OFFSET;

import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Schema;
import dev.slipring.ring.RingOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * What a recording says of the ring it was made of.
 *
 * @param name  of the ring
 * @param kind  of the ring
 * @param ring  what another one would have to be like
 * @param epoch which life of the ring
 * @param began when
 */
public record RecordingHeader(String name, RegionKind kind, RingOptions ring, long epoch, Instant began) {
    public static RecordingHeader of(String name, RegionHeader header, Instant began) {
        return new RecordingHeader(name, header.kind(), new RingOptions((int) header.capacity(), header.recordAlignment(), 0,
            header.parking(), header.schema()), header.epoch(), began);
    }

    /** @param bytes little-endian, as long as a header, all zeros */
    public void writeTo(ByteBuffer bytes) {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        bytes.putLong(MAGIC_OFFSET, MAGIC).putInt(VERSION_OFFSET, VERSION).putInt(KIND_OFFSET, kind.code())
            .putInt(SCHEMA_ID_OFFSET, ring.schema().id()).putInt(SCHEMA_VERSION_OFFSET, ring.schema().version())
            .putInt(MIN_READER_VERSION_OFFSET, ring.schema().minReaderVersion()).putInt(ALIGNMENT_OFFSET, ring.recordAlignment())
            .putLong(CAPACITY_OFFSET, ring.capacity()).putLong(EPOCH_OFFSET, epoch)
            .putLong(BEGAN_OFFSET, TimeUnit.SECONDS.toNanos(began.getEpochSecond()) + began.getNano())
            .putInt(FLAGS_OFFSET, ring.parking() ? FLAG_PARKING : 0).putInt(NAME_LENGTH_OFFSET, ascii.length).put(NAME_OFFSET, ascii);
        bytes.putInt(HEADER_CRC_OFFSET, crc(bytes));
    }

    /**
     * Reads a header.
     *
     * @param bytes what the file begins with, little-endian, at most as long as a header
     * @throws RecordingDamaged when it is none
     */
    public static RecordingHeader read(ByteBuffer bytes) throws RecordingDamaged {
        if (bytes.remaining() < Long.BYTES || bytes.getLong(MAGIC_OFFSET) != MAGIC) {
            throw new RecordingDamaged("it is no recording: expected it to begin with SLIPREC");
        }
        if (bytes.remaining() < HEADER_LENGTH) {
            throw new RecordingDamaged("it ends after " + bytes.remaining() + " bytes, within its header of " + HEADER_LENGTH);
        }
        if (bytes.getInt(VERSION_OFFSET) != VERSION) {
            throw new RecordingDamaged("it is a recording of version " + bytes.getInt(VERSION_OFFSET) + ", this release reads version "
                + VERSION);
        }
        if (bytes.getInt(HEADER_CRC_OFFSET) != crc(bytes)) {
            throw new RecordingDamaged("its header is damaged: the checksum is wrong");
        }
        try {
            var kind = RegionKind.of(bytes.getInt(KIND_OFFSET)).orElseThrow(() -> new IllegalArgumentException("an unknown kind"));
            var schema = new Schema(bytes.getInt(SCHEMA_ID_OFFSET), bytes.getInt(SCHEMA_VERSION_OFFSET),
                bytes.getInt(MIN_READER_VERSION_OFFSET));
            var ring = new RingOptions(Math.toIntExact(bytes.getLong(CAPACITY_OFFSET)), bytes.getInt(ALIGNMENT_OFFSET), 0,
                (bytes.getInt(FLAGS_OFFSET) & FLAG_PARKING) != 0, schema);
            return new RecordingHeader(name(bytes), kind, ring, bytes.getLong(EPOCH_OFFSET),
                Instant.ofEpochSecond(0, bytes.getLong(BEGAN_OFFSET)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new RecordingDamaged("its header says what cannot be: " + e.getMessage());
        }
    }

    private static String name(ByteBuffer bytes) {
        int length = bytes.getInt(NAME_LENGTH_OFFSET);
        if (length < 1 || length > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("a name of " + length + " bytes");
        }
        byte[] ascii = new byte[length];
        bytes.get(NAME_OFFSET, ascii);
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    private static int crc(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(HEADER_CRC_OFFSET));
        return (int) crc.getValue();
    }
}
