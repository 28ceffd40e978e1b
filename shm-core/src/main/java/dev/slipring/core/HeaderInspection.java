package dev.slipring.core;

import dev.slipring.core.RegionDescriptor.Extent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a header field by field, sound or not, and says of each what is wrong with it. Believes nothing: sizes are only shown. */
final class HeaderInspection {
    private static final int BITS = 8;

    private final UnsafeBuffer image;
    private final int length;
    private final long fileSize;
    private final List<HeaderField> fields = new ArrayList<>();

    /** @param length how many bytes of the image the file had */
    HeaderInspection(byte[] image, int length, long fileSize) {
        this.image = new UnsafeBuffer(image);
        this.length = length;
        this.fileSize = fileSize;
    }

    boolean hasMagic() {
        return length >= Long.BYTES && image.getLong(RegionDescriptor.MAGIC_OFFSET) == RegionDescriptor.MAGIC;
    }

    /** Whether the rest of the header and the areas are where this release knows them. */
    boolean hasKnownLayout() {
        return hasMagic() && length == RegionDescriptor.HEADER_LENGTH
            && image.getInt(RegionDescriptor.LAYOUT_MAJOR_OFFSET) == RegionDescriptor.LAYOUT_MAJOR;
    }

    /** Where the areas lie, by the header where it can be, else by the smaller pages and the file's own length. */
    Map<Area, Extent> extents() {
        int pages = image.getInt(RegionDescriptor.PAGE_ALIGNMENT_OFFSET);
        long alignment = isPageAlignment(pages) ? pages : RegionDescriptor.PAGE_ALIGNMENT;
        var kind = kind();
        long capacity = image.getLong(RegionDescriptor.CAPACITY_OFFSET);
        long data = capacity > 0 && capacity <= RegionKind.FRAME_POOL.maxCapacity() ? capacity : Math.max(0, fileSize - 3 * alignment);
        var extents = new EnumMap<Area, Extent>(Area.class);
        for (var area : Area.values()) {
            extents.put(area, RegionDescriptor.extent(kind == null ? RegionKind.SPSC_RING : kind, area, alignment, data));
        }
        return extents;
    }

    List<HeaderField> fields() {
        if (!hasMagic()) {
            return List.of();
        }
        fields.clear();
        add(RegionDescriptor.MAGIC_OFFSET, Long.BYTES, "magic", "SLIPRING", "");
        if (length >= RegionDescriptor.COMPAT_OFFSET) {
            number(RegionDescriptor.LAYOUT_MAJOR_OFFSET, "layout major", RegionDescriptor.LAYOUT_MAJOR);
            number(RegionDescriptor.HEADER_LENGTH_OFFSET, "header length", RegionDescriptor.HEADER_LENGTH);
        }
        if (hasKnownLayout()) {
            identity();
            geometry();
            origin();
            areas();
            checksum();
        }
        return List.copyOf(fields);
    }

    /** The one bit whose flip would explain a checksum that is wrong; the code has distance 4 here, so there is at most one. */
    @Nullable String flippedBit() {
        int stored = image.getInt(RegionDescriptor.CRC_OFFSET);
        if (!hasKnownLayout() || stored == RegionHeader.crc(image)) {
            return null;
        }
        for (int bit = 0; bit < RegionDescriptor.CRC_OFFSET * BITS; bit++) {
            flip(bit);
            boolean explains = RegionHeader.crc(image) == stored;
            flip(bit);
            if (explains) {
                return "one flipped bit explains the checksum: bit " + bit % BITS + " of byte " + bit / BITS + fieldAt(bit / BITS);
            }
        }
        return Integer.bitCount(stored ^ RegionHeader.crc(image)) == 1 ? "one flipped bit of the checksum itself explains it" : null;
    }

    private void flip(int bit) {
        image.putByte(bit / BITS, (byte) (image.getByte(bit / BITS) ^ 1 << bit % BITS));
    }

    private String fieldAt(int offset) {
        return fields().stream().filter(each -> each.offset() <= offset && offset < each.offset() + each.width())
            .map(each -> ", in the field \"" + each.name() + "\"").findFirst().orElse(", in no field");
    }

    private void identity() {
        hex(RegionDescriptor.COMPAT_OFFSET, "compat features", 0, "");
        hex(RegionDescriptor.READ_COMPAT_OFFSET, "read-compat features", ~RegionDescriptor.KNOWN_READ_COMPAT, "may only be watched");
        hex(RegionDescriptor.INCOMPAT_OFFSET, "incompat features", ~RegionDescriptor.KNOWN_INCOMPAT, "cannot be used by this release");
        int code = image.getInt(RegionDescriptor.KIND_OFFSET);
        var kind = kind();
        add(RegionDescriptor.KIND_OFFSET, Integer.BYTES, "kind", kind == null ? "" + code : code + " " + kind,
            kind == null ? "expected 1…" + RegionKind.values().length : "");
        int flags = image.getInt(RegionDescriptor.FLAGS_OFFSET);
        add(RegionDescriptor.FLAGS_OFFSET, Integer.BYTES, "flags", "0x" + Integer.toHexString(flags)
            + ((flags & RegionDescriptor.FLAG_PARKING) != 0 ? " parking" : ""), "");
        add(RegionDescriptor.EPOCH_OFFSET, Long.BYTES, "epoch", "0x" + Long.toHexString(image.getLong(RegionDescriptor.EPOCH_OFFSET)), "");
        var boot = bootId();
        add(RegionDescriptor.BOOT_ID_OFFSET, 2 * Long.BYTES, "boot id", boot.toString(),
            boot.equals(ThisProcess.BOOT_ID) ? "" : "this is boot " + ThisProcess.BOOT_ID + ": nobody of then is alive");
    }

    UUID bootId() {
        return new UUID(image.getLong(RegionDescriptor.BOOT_ID_OFFSET), image.getLong(RegionDescriptor.BOOT_ID_OFFSET + Long.BYTES));
    }

    private void geometry() {
        long position = image.getLong(RegionDescriptor.INITIAL_POSITION_OFFSET);
        long capacity = image.getLong(RegionDescriptor.CAPACITY_OFFSET);
        int alignment = image.getInt(RegionDescriptor.RECORD_ALIGNMENT_OFFSET);
        var kind = kind() == null ? RegionKind.FRAME_POOL : kind();
        add(RegionDescriptor.INITIAL_POSITION_OFFSET, Long.BYTES, "initial position", "" + position,
            faultOf(() -> new RegionSpec(kind, 1, 8, position, false, Schema.NONE)));
        add(RegionDescriptor.CAPACITY_OFFSET, Long.BYTES, "capacity", "" + capacity,
            faultOf(() -> new RegionSpec(kind, capacity, 8, 0, false, Schema.NONE)));
        add(RegionDescriptor.RECORD_ALIGNMENT_OFFSET, Integer.BYTES, "record alignment", "" + alignment,
            faultOf(() -> new RegionSpec(kind, 1, alignment, 0, false, Schema.NONE)));
        number(RegionDescriptor.MAX_PARTICIPANTS_OFFSET, "max participants", RegionDescriptor.MAX_PARTICIPANTS);
        int pages = image.getInt(RegionDescriptor.PAGE_ALIGNMENT_OFFSET);
        add(RegionDescriptor.PAGE_ALIGNMENT_OFFSET, Integer.BYTES, "page alignment", "" + pages, isPageAlignment(pages) ? ""
            : "expected " + RegionDescriptor.PAGE_ALIGNMENT + " or " + RegionDescriptor.HUGE_PAGE_ALIGNMENT);
        int id = image.getInt(RegionDescriptor.SCHEMA_ID_OFFSET);
        int version = image.getInt(RegionDescriptor.SCHEMA_VERSION_OFFSET);
        int least = image.getInt(RegionDescriptor.MIN_READER_VERSION_OFFSET);
        add(RegionDescriptor.SCHEMA_ID_OFFSET, Integer.BYTES, "schema id", "" + id, faultOf(() -> new Schema(id, 0, 0)));
        long expected = RegionDescriptor.fileLength(isPageAlignment(pages) ? pages : RegionDescriptor.PAGE_ALIGNMENT, capacity);
        long said = image.getLong(RegionDescriptor.FILE_LENGTH_OFFSET);
        add(RegionDescriptor.FILE_LENGTH_OFFSET, Long.BYTES, "file length", "" + said, lengthFault(said, expected));
        add(RegionDescriptor.SCHEMA_VERSION_OFFSET, Integer.BYTES, "schema version", "" + version,
            faultOf(() -> new Schema(0, version, 0)));
        add(RegionDescriptor.MIN_READER_VERSION_OFFSET, Integer.BYTES, "min reader version", "" + least,
            least >= 0 && least <= version ? "" : "expected 0…" + version);
    }

    private String lengthFault(long said, long expected) {
        if (said != expected) {
            return "expected " + expected + " by capacity and pages";
        }
        return fileSize == said ? "" : "the file has " + fileSize + " bytes: it was " + (fileSize < said ? "cut short" : "made longer");
    }

    private void origin() {
        long created = image.getLong(RegionDescriptor.CREATED_OFFSET);
        add(RegionDescriptor.CREATED_OFFSET, Long.BYTES, "created", Instant.EPOCH.plusNanos(created).toString(), "");
        add(RegionDescriptor.CREATOR_PID_OFFSET, Long.BYTES, "creator's pid", "" + image.getLong(RegionDescriptor.CREATOR_PID_OFFSET), "");
    }

    private void areas() {
        extents().forEach((area, expected) -> {
            int offset = RegionDescriptor.areaOffset(area);
            var found = new Extent(image.getLong(offset), image.getLong(offset + Long.BYTES));
            add(offset, 2 * Long.BYTES, "area " + area, found.offset() + " + " + found.length(),
                found.equals(expected) ? "" : "expected " + expected.offset() + " + " + expected.length());
        });
    }

    private void checksum() {
        int stored = image.getInt(RegionDescriptor.CRC_OFFSET);
        int computed = RegionHeader.crc(image);
        add(RegionDescriptor.CRC_OFFSET, Integer.BYTES, "CRC32C", "0x" + Integer.toHexString(stored),
            stored == computed ? "" : "expected 0x" + Integer.toHexString(computed));
    }

    private @Nullable RegionKind kind() {
        return RegionKind.of(image.getInt(RegionDescriptor.KIND_OFFSET)).orElse(null);
    }

    private static boolean isPageAlignment(int pages) {
        return pages == RegionDescriptor.PAGE_ALIGNMENT || pages == RegionDescriptor.HUGE_PAGE_ALIGNMENT;
    }

    private void number(int offset, String name, int expected) {
        int found = image.getInt(offset);
        add(offset, Integer.BYTES, name, "" + found, found == expected ? "" : "expected " + expected);
    }

    private void hex(int offset, String name, long unknown, String consequence) {
        long found = image.getLong(offset);
        add(offset, Long.BYTES, name, "0x" + Long.toHexString(found), (found & unknown) == 0 ? "" : consequence);
    }

    private void add(int offset, int width, String name, String value, String fault) {
        fields.add(new HeaderField(offset, width, name, value, fault));
    }

    /** What a constructor that checks has against these values. */
    private static String faultOf(Runnable check) {
        try {
            check.run();
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
