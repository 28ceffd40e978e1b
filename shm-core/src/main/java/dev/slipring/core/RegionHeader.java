package dev.slipring.core;

import static dev.slipring.core.RegionDescriptor.BOOT_ID_OFFSET;
import static dev.slipring.core.RegionDescriptor.CAPACITY_OFFSET;
import static dev.slipring.core.RegionDescriptor.CRC_OFFSET;
import static dev.slipring.core.RegionDescriptor.CREATED_OFFSET;
import static dev.slipring.core.RegionDescriptor.CREATOR_PID_OFFSET;
import static dev.slipring.core.RegionDescriptor.EPOCH_OFFSET;
import static dev.slipring.core.RegionDescriptor.FILE_LENGTH_OFFSET;
import static dev.slipring.core.RegionDescriptor.FLAGS_OFFSET;
import static dev.slipring.core.RegionDescriptor.FLAG_PARKING;
import static dev.slipring.core.RegionDescriptor.HEADER_LENGTH;
import static dev.slipring.core.RegionDescriptor.HEADER_LENGTH_OFFSET;
import static dev.slipring.core.RegionDescriptor.HUGE_PAGE_ALIGNMENT;
import static dev.slipring.core.RegionDescriptor.INCOMPAT_OFFSET;
import static dev.slipring.core.RegionDescriptor.INITIAL_POSITION_OFFSET;
import static dev.slipring.core.RegionDescriptor.KIND_OFFSET;
import static dev.slipring.core.RegionDescriptor.KNOWN_INCOMPAT;
import static dev.slipring.core.RegionDescriptor.KNOWN_READ_COMPAT;
import static dev.slipring.core.RegionDescriptor.LAYOUT_MAJOR;
import static dev.slipring.core.RegionDescriptor.LAYOUT_MAJOR_OFFSET;
import static dev.slipring.core.RegionDescriptor.MAGIC;
import static dev.slipring.core.RegionDescriptor.MAGIC_OFFSET;
import static dev.slipring.core.RegionDescriptor.MAX_PARTICIPANTS;
import static dev.slipring.core.RegionDescriptor.MAX_PARTICIPANTS_OFFSET;
import static dev.slipring.core.RegionDescriptor.MIN_READER_VERSION_OFFSET;
import static dev.slipring.core.RegionDescriptor.PAGE_ALIGNMENT;
import static dev.slipring.core.RegionDescriptor.PAGE_ALIGNMENT_OFFSET;
import static dev.slipring.core.RegionDescriptor.READ_COMPAT_OFFSET;
import static dev.slipring.core.RegionDescriptor.RECORD_ALIGNMENT_OFFSET;
import static dev.slipring.core.RegionDescriptor.SCHEMA_ID_OFFSET;
import static dev.slipring.core.RegionDescriptor.SCHEMA_VERSION_OFFSET;
import static dev.slipring.core.RegionDescriptor.areaOffset;

import dev.slipring.core.RegionDescriptor.Extent;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The header of a region, read once and checked; nothing in it is read from shared memory again.
 *
 * @param kind            what the region holds
 * @param parking         whether participants may sleep on its waiter words
 * @param epoch           random identity of this life of the region
 * @param bootId          the boot in which it was created
 * @param initialPosition first position of the flow
 * @param capacity        bytes of data, as the kind counts them
 * @param recordAlignment 8 or 64
 * @param pageAlignment   alignment of what has its own protection: 64 KiB, or 2 MiB on huge pages
 * @param schema          the messages it carries
 * @param createdNs       wall time of creation, ns since 1970-01-01
 * @param creatorPid      process that created it, in its own PID namespace
 */
public record RegionHeader(RegionKind kind, boolean parking, long epoch, UUID bootId, long initialPosition, long capacity,
    int recordAlignment, int pageAlignment, Schema schema, long createdNs, long creatorPid) {

    Extent extent(Area area) {
        return RegionDescriptor.extent(kind, area, pageAlignment, capacity);
    }

    long fileLength() {
        return RegionDescriptor.fileLength(pageAlignment, capacity);
    }

    /** Stores the header; the magic, without which it is nobody's region, comes last. */
    void writeTo(Memory memory) {
        var image = new UnsafeBuffer(new byte[HEADER_LENGTH]);
        encode(image);
        memory.copyIn(Long.BYTES, image, Long.BYTES, HEADER_LENGTH - Long.BYTES);
        memory.putLongRelease(MAGIC_OFFSET, MAGIC); // pairs with: nobody yet; the name that linkat gives orders it all
    }

    private void encode(UnsafeBuffer image) {
        image.putLong(MAGIC_OFFSET, MAGIC);
        image.putInt(LAYOUT_MAJOR_OFFSET, LAYOUT_MAJOR);
        image.putInt(HEADER_LENGTH_OFFSET, HEADER_LENGTH);
        image.putInt(KIND_OFFSET, kind.code());
        image.putInt(FLAGS_OFFSET, parking ? FLAG_PARKING : 0);
        image.putLong(EPOCH_OFFSET, epoch);
        image.putLong(BOOT_ID_OFFSET, bootId.getMostSignificantBits());
        image.putLong(BOOT_ID_OFFSET + Long.BYTES, bootId.getLeastSignificantBits());
        image.putLong(INITIAL_POSITION_OFFSET, initialPosition);
        image.putLong(CAPACITY_OFFSET, capacity);
        image.putInt(RECORD_ALIGNMENT_OFFSET, recordAlignment);
        image.putInt(MAX_PARTICIPANTS_OFFSET, MAX_PARTICIPANTS);
        image.putInt(PAGE_ALIGNMENT_OFFSET, pageAlignment);
        image.putInt(SCHEMA_ID_OFFSET, schema.id());
        image.putLong(FILE_LENGTH_OFFSET, fileLength());
        image.putInt(SCHEMA_VERSION_OFFSET, schema.version());
        image.putInt(MIN_READER_VERSION_OFFSET, schema.minReaderVersion());
        image.putLong(CREATED_OFFSET, createdNs);
        image.putLong(CREATOR_PID_OFFSET, creatorPid);
        for (var area : Area.values()) {
            image.putLong(areaOffset(area), extent(area).offset());
            image.putLong(areaOffset(area) + Long.BYTES, extent(area).length());
        }
        image.putInt(CRC_OFFSET, crc(image));
    }

    /**
     * Decodes and checks the first bytes of a file.
     *
     * @param image  what was read, possibly short
     * @param length how much was read
     * @param file   for the message
     * @param access how the region is to be used
     */
    static RegionHeader decode(byte[] image, int length, long fileSize, String file, Access access) {
        var bytes = new UnsafeBuffer(image);
        if (length < Long.BYTES || bytes.getLong(MAGIC_OFFSET) != MAGIC) {
            throw new RegionIncompatible(file + " is no Slipring region: expected magic " + hex(MAGIC) + ", found "
                + (length < Long.BYTES ? "a file of " + length + " bytes" : hex(bytes.getLong(MAGIC_OFFSET))) + "; use another name");
        }
        if (length < HEADER_LENGTH) {
            throw corrupt(file, "header", HEADER_LENGTH + " bytes", "a file of " + length);
        }
        requireSame(file, "layout major", LAYOUT_MAJOR, bytes.getInt(LAYOUT_MAJOR_OFFSET), "use the Slipring release that wrote it");
        int stored = bytes.getInt(CRC_OFFSET);
        int computed = crc(bytes);
        if (stored != computed) {
            throw corrupt(file, "header CRC32C", hex(computed), hex(stored));
        }
        checkFeatures(bytes, file, access);
        var header = fields(bytes, file);
        header.checkSizes(bytes, fileSize, file);
        return header;
    }

    private static void checkFeatures(DirectBuffer bytes, String file, Access access) {
        long unknown = bytes.getLong(INCOMPAT_OFFSET) & ~KNOWN_INCOMPAT;
        if (unknown != 0) {
            throw new RegionIncompatible(file + " needs features this release does not know: known " + hex(KNOWN_INCOMPAT) + ", unknown "
                + hex(unknown) + "; use a newer release");
        }
        long watchOnly = bytes.getLong(READ_COMPAT_OFFSET) & ~KNOWN_READ_COMPAT;
        if (watchOnly != 0 && access != Access.WATCH) {
            throw new RegionIncompatible(file + " has features with which this release may only watch: known " + hex(KNOWN_READ_COMPAT)
                + ", unknown " + hex(watchOnly) + "; use a newer release");
        }
    }

    /** The header as its fields say, each in its range; whether they are true is another question. */
    static RegionHeader fields(DirectBuffer bytes, String file) {
        int code = bytes.getInt(KIND_OFFSET);
        var kind = RegionKind.of(code).orElseThrow(() ->
            new RegionIncompatible(file + " is of kind " + code + ", which this release does not know; use a newer release"));
        requireSame(file, "header length", HEADER_LENGTH, bytes.getInt(HEADER_LENGTH_OFFSET), "use the release that wrote it");
        requireSame(file, "participant slots", MAX_PARTICIPANTS, bytes.getInt(MAX_PARTICIPANTS_OFFSET), "use the release that wrote it");
        int pages = bytes.getInt(PAGE_ALIGNMENT_OFFSET);
        if (pages != PAGE_ALIGNMENT && pages != HUGE_PAGE_ALIGNMENT) {
            throw corrupt(file, "page alignment", PAGE_ALIGNMENT + " or " + HUGE_PAGE_ALIGNMENT, Integer.toString(pages));
        }
        try {
            var schema = new Schema(bytes.getInt(SCHEMA_ID_OFFSET), bytes.getInt(SCHEMA_VERSION_OFFSET),
                bytes.getInt(MIN_READER_VERSION_OFFSET));
            var spec = new RegionSpec(kind, bytes.getLong(CAPACITY_OFFSET), bytes.getInt(RECORD_ALIGNMENT_OFFSET),
                bytes.getLong(INITIAL_POSITION_OFFSET), (bytes.getInt(FLAGS_OFFSET) & FLAG_PARKING) != 0, schema);
            return new RegionHeader(kind, spec.parking(), bytes.getLong(EPOCH_OFFSET),
                new UUID(bytes.getLong(BOOT_ID_OFFSET), bytes.getLong(BOOT_ID_OFFSET + Long.BYTES)), spec.initialPosition(),
                spec.capacity(), spec.recordAlignment(), pages, schema, bytes.getLong(CREATED_OFFSET), bytes.getLong(CREATOR_PID_OFFSET));
        } catch (IllegalArgumentException e) {
            throw corrupt(file, "header fields", "values in range", String.valueOf(e.getMessage()));
        }
    }

    private void checkSizes(DirectBuffer bytes, long fileSize, String file) {
        for (var area : Area.values()) {
            var found = new Extent(bytes.getLong(areaOffset(area)), bytes.getLong(areaOffset(area) + Long.BYTES));
            if (!found.equals(extent(area))) {
                throw corrupt(file, area + " area", extent(area).toString(), found.toString());
            }
        }
        if (bytes.getLong(FILE_LENGTH_OFFSET) != fileLength() || fileSize != fileLength()) {
            throw corrupt(file, "file length", Long.toString(fileLength()), bytes.getLong(FILE_LENGTH_OFFSET) + " in the header, "
                + fileSize + " on the file system");
        }
    }

    /** Refuses a region from before the last boot, of another kind, or with other messages. */
    void requireUsable(String file, RegionKind expectedKind, Schema mine) {
        if (!bootId.equals(ThisProcess.BOOT_ID)) {
            throw new RegionIncompatible(file + " was created in boot " + bootId + ", this is boot " + ThisProcess.BOOT_ID
                + ": nobody of then is alive; remove it and create it anew");
        }
        if (kind != expectedKind) {
            throw new RegionIncompatible(file + " is a " + kind + ", expected a " + expectedKind + ": use another name");
        }
        if (schema.id() != mine.id()) {
            throw new RegionIncompatible(file + " carries " + schema + ", this side uses " + mine
                + ": attach with the schema it was created with");
        }
        if (mine.version() < schema.minReaderVersion()) {
            throw new RegionIncompatible(file + " carries " + schema + ", this side knows version " + mine.version()
                + " only: upgrade this side");
        }
    }

    private static void requireSame(String file, String what, int expected, int found, String next) {
        if (expected != found) {
            throw new RegionIncompatible(file + ": expected " + what + " " + expected + ", found " + found + "; " + next);
        }
    }

    private static RegionCorrupt corrupt(String file, String what, String expected, String found) {
        return new RegionCorrupt(file + " is damaged: " + what + " should be " + expected + ", found " + found
            + "; remove it and create it anew");
    }

    static int crc(DirectBuffer image) {
        var crc = new CRC32C();
        crc.update(image.byteArray(), 0, CRC_OFFSET);
        return (int) crc.getValue();
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
