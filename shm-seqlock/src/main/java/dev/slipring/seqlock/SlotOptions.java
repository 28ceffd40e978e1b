package dev.slipring.seqlock;

import dev.slipring.core.RegionKind;
import dev.slipring.core.RegionSpec;
import dev.slipring.core.Schema;
import dev.slipring.core.Sharing;

/**
 * What the creator of a slot, or of a table of slots, decides for good. Immutable; each method gives a changed copy.
 *
 * @param payload longest value in bytes, 8…65536
 * @param cells   versions of a slot that are retained, the one in the making included: a power of two, 2…65536. More of them let slower
 *                readers finish, and look further back
 * @param slots   how many can be added, 1…65536; all together at most 1 GiB
 * @param parking whether readers may sleep in the kernel until a value changes; each write then looks whether somebody does
 * @param schema  the messages they carry
 * @param sharing who besides its owner may use them
 */
public record SlotOptions(int payload, int cells, int slots, boolean parking, Schema schema, Sharing sharing) {
    private static final int MIN_PAYLOAD = 8;
    private static final int MAX_PAYLOAD = 64 * 1024;
    private static final int MAX_COUNT = 64 * 1024;
    private static final long MAX_LENGTH = 1L << 30;
    private static final int RECORD_ALIGNMENT = 64;

    /** Checks the ranges. */
    public SlotOptions {
        if (payload < MIN_PAYLOAD || payload > MAX_PAYLOAD) {
            throw new IllegalArgumentException("payload=" + payload + " is outside " + MIN_PAYLOAD + "…" + MAX_PAYLOAD);
        }
        if (cells < 2 || cells > MAX_COUNT || Integer.bitCount(cells) != 1) {
            throw new IllegalArgumentException("cells=" + cells + " is not a power of two in 2…" + MAX_COUNT);
        }
        if (slots < 1 || slots > MAX_COUNT) {
            throw new IllegalArgumentException("slots=" + slots + " is outside 1…" + MAX_COUNT);
        }
        long length = new TableDescriptor(slots, cells, payload).dataLength();
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException(slots + " slots of " + cells + " cells of " + payload + " bytes take " + length
                + " bytes, more than " + MAX_LENGTH);
        }
    }

    /** Values of at most this many bytes, four cells, one slot, no parking, no schema, for this user alone. */
    public static SlotOptions ofPayload(int bytes) {
        return new SlotOptions(bytes, 4, 1, false, Schema.NONE, Sharing.PRIVATE);
    }

    /** Another number of retained versions. */
    public SlotOptions cells(int number) {
        return new SlotOptions(payload, number, slots, parking, schema, sharing);
    }

    /** Another number of slots. */
    public SlotOptions slots(int number) {
        return new SlotOptions(payload, cells, number, parking, schema, sharing);
    }

    /** With sleeping readers: {@link SlotReader#awaitNewer} of a subscriber then costs no processor time. */
    public SlotOptions withParking() {
        return new SlotOptions(payload, cells, slots, true, schema, sharing);
    }

    /** The messages the slots carry. */
    public SlotOptions with(Schema other) {
        return new SlotOptions(payload, cells, slots, parking, other, sharing);
    }

    /** Who besides its owner may use them; for a group's, the directory must be the group's too. */
    public SlotOptions with(Sharing other) {
        return new SlotOptions(payload, cells, slots, parking, schema, other);
    }

    /** What they take of {@code /dev/shm}, or of another directory without huge pages, in bytes. */
    public long regionBytes() {
        return spec().regionBytes();
    }

    /** What they take of a directory with huge pages of 2 MiB, in bytes. */
    public long hugePageBytes() {
        return spec().hugePageBytes();
    }

    TableDescriptor layout() {
        return new TableDescriptor(slots, cells, payload);
    }

    RegionSpec spec() {
        return new RegionSpec(RegionKind.SLOT_TABLE, layout().dataLength(), RECORD_ALIGNMENT, 0, parking, schema, sharing);
    }
}
