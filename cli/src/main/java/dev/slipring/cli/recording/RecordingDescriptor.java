package dev.slipring.cli.recording;

/**
 * Layout of a recording: a header, entries one behind the other, and at last an END. Little-endian; no alignment.
 *
 * <pre>
 *  Header
 *      +0   magic: the bytes "SLIPREC" and 0
 *      +8   version of this layout, 1 (4)
 *     +12   kind of the ring (4), as docs/layout.md numbers them
 *     +16   schema id, version, minReaderVersion (4 each)
 *     +28   record alignment (4)
 *     +32   capacity (8)
 *     +40   epoch of the ring (8)
 *     +48   when it began, ns since 1970-01-01T00:00:00Z (8)
 *     +56   flags (4): bit 0, the ring had parking
 *     +60   length of the ring's name (4), 1…128
 *     +64   the name, ASCII, zeros up to 128
 *    +192   CRC32C of all before (4)
 *    +196
 *
 *  Entry
 *      +0   length of the payload (4)
 *      +4   type of the message (4), 0 or more; or -1, GAP; or -2, END
 *      +8   sequence (8): of the message; of a gap's first message; of the message that would have been next
 *     +16   when it arrived, ns after the beginning (8); never before the entry before
 *     +24   payload: the message; of a gap, the last message's sequence (8); of an END, why it ended (4), see {@link RecordingEnd}
 *           CRC32C of all before in this entry (4)
 * </pre>
 *
 * <p>Each sequence is that behind the one before: what is missing stands there as a gap. A file without an END was cut short.
 */
public final class RecordingDescriptor {
    public static final long MAGIC = 0x43_4552_5049_4c53L;
    public static final int VERSION = 1;

    public static final int MAGIC_OFFSET = 0;
    public static final int VERSION_OFFSET = 8;
    public static final int KIND_OFFSET = 12;
    public static final int SCHEMA_ID_OFFSET = 16;
    public static final int SCHEMA_VERSION_OFFSET = 20;
    public static final int MIN_READER_VERSION_OFFSET = 24;
    public static final int ALIGNMENT_OFFSET = 28;
    public static final int CAPACITY_OFFSET = 32;
    public static final int EPOCH_OFFSET = 40;
    public static final int BEGAN_OFFSET = 48;
    public static final int FLAGS_OFFSET = 56;
    public static final int NAME_LENGTH_OFFSET = 60;
    public static final int NAME_OFFSET = 64;
    public static final int MAX_NAME_LENGTH = 128;
    public static final int HEADER_CRC_OFFSET = 192;
    public static final int HEADER_LENGTH = 196;
    public static final int FLAG_PARKING = 1;

    public static final int LENGTH_OFFSET = 0;
    public static final int TYPE_OFFSET = 4;
    public static final int SEQUENCE_OFFSET = 8;
    public static final int ARRIVAL_OFFSET = 16;
    public static final int ENTRY_LENGTH = 24;
    public static final int CRC_LENGTH = 4;

    public static final int GAP = -1;
    public static final int END = -2;

    private RecordingDescriptor() {
    }
}
