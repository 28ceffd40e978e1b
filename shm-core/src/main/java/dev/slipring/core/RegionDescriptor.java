package dev.slipring.core;

/**
 * Layout of a region file and of its header. All words are little-endian. Nothing here changes after creation, and no later layout may
 * move what stands in the first 16 bytes.
 *
 * <pre>
 *  file     0        64 KiB                                             128 KiB    192 KiB
 *           +--------+--------------------------------------------------+----------+------------ - - -
 *           | HEADER | PARTICIPANTS COUNTERS CONSUMER WAITERS CHECKPNTS | PRODUCER | DATA
 *           +--------+--------------------------------------------------+----------+------------ - - -
 *  writable  nobody    JOIN and OWN                                       OWN        OWN
 *
 *  In a frame pool the CONSUMER area is the second half of the 64 KiB that begin with PARTICIPANTS.
 *
 *  header   0               4               8               12
 *      +0   +---------------+---------------+---------------+---------------+
 *           |          magic "SLIPRING"     | layout major  | header length |
 *     +16   +-------------------------------+-------------------------------+
 *           |       compat features         |     read-compat features      |
 *     +32   +-------------------------------+---------------+---------------+
 *           |      incompat features        |     kind      |     flags     |
 *     +48   +-------------------------------+---------------+---------------+
 *           |            epoch              |    boot id, high 64 bits      |
 *     +64   +-------------------------------+-------------------------------+
 *           |    boot id, low 64 bits       |       initial position        |
 *     +80   +-------------------------------+---------------+---------------+
 *           |           capacity            | record align. | max participts|
 *     +96   +---------------+---------------+---------------+---------------+
 *           | page alignm.  |   schema id   |        file length            |
 *    +112   +---------------+---------------+-------------------------------+
 *           | schema version| min reader v. |  created, ns since 1970-01-01 |
 *    +128   +---------------+---------------+-------------------------------+
 *           | creator's process id          |           reserved            |
 *    +144   +-------------------------------+-------------------------------+
 *           | offset of area 0 (HEADER)     | length of area 0              |
 *           | ... one such line for each of the 8 areas, in Area's order    |
 *    +272   +-------------------------------+-------------------------------+
 *           | zeros                                                         |
 *    +508   |                                               +---------------+
 *           |                                               | CRC32C [0,508)|
 *    +512   +-----------------------------------------------+---------------+
 * </pre>
 */
final class RegionDescriptor {
    /** "SLIPRING" as a little-endian word. */
    static final long MAGIC = 0x474e_4952_5049_4c53L;
    static final int LAYOUT_MAJOR = 1;
    static final int HEADER_LENGTH = 512;
    static final int MAX_PARTICIPANTS = 64;
    static final int PAGE_ALIGNMENT = 64 * 1024;
    static final int HUGE_PAGE_ALIGNMENT = 2 * 1024 * 1024;

    /** Feature bits this layout knows: none yet. An unknown compat bit is ignored, a read-compat one allows watching only. */
    static final long KNOWN_READ_COMPAT = 0;
    static final long KNOWN_INCOMPAT = 0;

    static final int FLAG_PARKING = 1;

    static final int MAGIC_OFFSET = 0;
    static final int LAYOUT_MAJOR_OFFSET = 8;
    static final int HEADER_LENGTH_OFFSET = 12;
    static final int COMPAT_OFFSET = 16;
    static final int READ_COMPAT_OFFSET = 24;
    static final int INCOMPAT_OFFSET = 32;
    static final int KIND_OFFSET = 40;
    static final int FLAGS_OFFSET = 44;
    static final int EPOCH_OFFSET = 48;
    static final int BOOT_ID_OFFSET = 56;
    static final int INITIAL_POSITION_OFFSET = 72;
    static final int CAPACITY_OFFSET = 80;
    static final int RECORD_ALIGNMENT_OFFSET = 88;
    static final int MAX_PARTICIPANTS_OFFSET = 92;
    static final int PAGE_ALIGNMENT_OFFSET = 96;
    static final int SCHEMA_ID_OFFSET = 100;
    static final int FILE_LENGTH_OFFSET = 104;
    static final int SCHEMA_VERSION_OFFSET = 112;
    static final int MIN_READER_VERSION_OFFSET = 116;
    static final int CREATED_OFFSET = 120;
    static final int CREATOR_PID_OFFSET = 128;
    static final int AREAS_OFFSET = 144;
    static final int AREA_ENTRY_LENGTH = 16;
    static final int CRC_OFFSET = 508;

    private static final int SMALL_AREA_LENGTH = 4096;
    /** A frame pool's consumers need more words: the second half of the 64 KiB. */
    private static final int FRAME_WORDS_OFFSET = 32 * 1024;
    private static final int FRAME_WORDS_LENGTH = 32 * 1024;

    private RegionDescriptor() {
    }

    static int areaOffset(Area area) {
        return AREAS_OFFSET + area.ordinal() * AREA_ENTRY_LENGTH;
    }

    /** Where an area lies in a file with these pages. The control areas share one page; header, producer and data have their own. */
    static Extent extent(RegionKind kind, Area area, long pageAlignment, long dataLength) {
        return switch (area) {
            case HEADER -> new Extent(0, HEADER_LENGTH);
            case PARTICIPANTS -> new Extent(pageAlignment, ParticipantDescriptor.TABLE_LENGTH);
            case COUNTERS -> smallArea(pageAlignment, 0);
            case CONSUMER -> kind == RegionKind.FRAME_POOL ? new Extent(pageAlignment + FRAME_WORDS_OFFSET, FRAME_WORDS_LENGTH)
                : smallArea(pageAlignment, 1);
            case WAITERS -> smallArea(pageAlignment, 2);
            case CHECKPOINTS -> smallArea(pageAlignment, 3);
            case PRODUCER -> new Extent(2 * pageAlignment, SMALL_AREA_LENGTH);
            case DATA -> new Extent(3 * pageAlignment, dataLength);
        };
    }

    static long fileLength(long pageAlignment, long dataLength) {
        return 3 * pageAlignment + alignUp(dataLength, pageAlignment);
    }

    static long alignUp(long value, long alignment) {
        return (value + alignment - 1) & -alignment;
    }

    private static Extent smallArea(long pageAlignment, int index) {
        return new Extent(pageAlignment + ParticipantDescriptor.TABLE_LENGTH + (long) index * SMALL_AREA_LENGTH, SMALL_AREA_LENGTH);
    }

    /** A range of the file, in bytes. */
    record Extent(long offset, long length) {
    }
}
