package dev.slipring.ring;

import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionKind;
import dev.slipring.core.RegionSpec;
import dev.slipring.core.Schema;
import dev.slipring.core.Sharing;
import java.util.function.Function;

/**
 * What the creator of a ring decides, for good. Immutable; each method gives a changed copy.
 *
 * @param capacity        bytes, a power of two, 16 record alignments … 1 GiB
 * @param recordAlignment 64: a small message costs one cache line transfer; 8: more of them fit
 * @param initialPosition first position; 0 but for tests
 * @param parking         whether waiting processes may sleep in the kernel; costs who publishes a fence
 * @param schema          the messages the ring carries
 * @param sharing         who besides its owner may use it
 */
public record RingOptions(int capacity, int recordAlignment, long initialPosition, boolean parking, Schema schema,
    Sharing sharing) {
    private static final int MAX_CAPACITY = 1 << 30;
    private static final int MIN_RECORDS = 16;

    /** Checks the ranges; what the region checks itself is left to it. */
    public RingOptions {
        if (capacity > MAX_CAPACITY || Integer.bitCount(capacity) != 1 || capacity < MIN_RECORDS * recordAlignment) {
            throw new IllegalArgumentException("capacity=" + capacity + " is not a power of two in " + MIN_RECORDS * recordAlignment + "…"
                + MAX_CAPACITY);
        }
    }

    /** A ring of its owner's alone. */
    public RingOptions(int capacity, int recordAlignment, long initialPosition, boolean parking, Schema schema) {
        this(capacity, recordAlignment, initialPosition, parking, schema, Sharing.PRIVATE);
    }

    /**
     * What a ring's header must say, or its creator did not follow these rules.
     *
     * @throws RegionCorrupt for a capacity or a record alignment that no ring of its kind has
     */
    private static void requireRing(String name, RegionHeader header) {
        try {
            var options = new RingOptions(Math.toIntExact(header.capacity()), header.recordAlignment(), header.initialPosition(),
                header.parking(), header.schema());
            switch (header.kind()) {
                case MPSC_RING -> MpscRing.requireSuited(options);
                case BROADCAST_RING -> BroadcastRing.requireSuited(options);
                default -> { }
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new RegionCorrupt("ring " + name + " is damaged: " + e.getMessage() + "; remove it and create it anew");
        }
    }

    /** What a region of that kind must be to hold such a ring. */
    RegionSpec spec(RegionKind kind) {
        return new RegionSpec(kind, capacity, recordAlignment, initialPosition, parking, schema, sharing);
    }

    /** What a ring of this takes of {@code /dev/shm}, or of another directory without huge pages, in bytes. */
    public long regionBytes() {
        return spec(RegionKind.SPSC_RING).regionBytes();
    }

    /** What a ring of this takes of a directory with huge pages of 2 MiB, in bytes. */
    public long hugePageBytes() {
        return spec(RegionKind.SPSC_RING).hugePageBytes();
    }

    /** Makes a side of a ring over a region just attached to; gives it up when that fails. */
    static <T> T attach(Region region, Function<Region, T> side) {
        try {
            requireRing(region.name(), region.header());
            return side.apply(region);
        } catch (Throwable e) {
            region.abandon();
            throw e;
        }
    }

    /** A ring of this many bytes, with 64-byte alignment and no schema. */
    public static RingOptions ofCapacity(int bytes) {
        return new RingOptions(bytes, 64, 0, false, Schema.NONE);
    }

    /** 8 or 64 bytes. */
    public RingOptions alignedTo(int bytes) {
        return new RingOptions(capacity, bytes, initialPosition, parking, schema, sharing);
    }

    /** Another first position: a multiple of 64, at most 2^63 - 2^40. For tests. */
    public RingOptions startingAt(long position) {
        return new RingOptions(capacity, recordAlignment, position, parking, schema, sharing);
    }

    /** Waiting processes may sleep in the kernel; whoever publishes, or gives back space, looks whether one does. */
    public RingOptions withParking() {
        return new RingOptions(capacity, recordAlignment, initialPosition, true, schema, sharing);
    }

    /** The messages the ring carries. */
    public RingOptions with(Schema other) {
        return new RingOptions(capacity, recordAlignment, initialPosition, parking, other, sharing);
    }

    /** Who besides its owner may use the ring; for a group's, the directory must be the group's too. */
    public RingOptions with(Sharing other) {
        return new RingOptions(capacity, recordAlignment, initialPosition, parking, schema, other);
    }
}
