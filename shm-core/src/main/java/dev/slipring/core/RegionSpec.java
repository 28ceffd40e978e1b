package dev.slipring.core;

/**
 * What the creator of a region decides, for good.
 *
 * @param kind            what it holds
 * @param capacity        bytes of data, as the kind counts them
 * @param recordAlignment 8 or 64
 * @param initialPosition first position, 0 but for tests; a multiple of 64, at most 2^63 - 2^40
 * @param parking         whether participants may sleep in the kernel on its waiter words
 * @param schema          the messages it carries
 * @param sharing         who besides its owner may use it
 */
public record RegionSpec(RegionKind kind, long capacity, int recordAlignment, long initialPosition, boolean parking, Schema schema,
    Sharing sharing) {
    private static final long MAX_INITIAL_POSITION = Long.MAX_VALUE - (1L << 40) + 1;

    /** Checks what does not depend on the kind. */
    public RegionSpec {
        if (recordAlignment != 8 && recordAlignment != 64) {
            throw new IllegalArgumentException("recordAlignment=" + recordAlignment + " is neither 8 nor 64");
        }
        if (initialPosition < 0 || initialPosition > MAX_INITIAL_POSITION || initialPosition % 64 != 0) {
            throw new IllegalArgumentException("initialPosition=" + initialPosition + " is not a multiple of 64 in 0…"
                + MAX_INITIAL_POSITION);
        }
        if (capacity <= 0 || capacity > kind.maxCapacity()) {
            throw new IllegalArgumentException("capacity=" + capacity + " is outside 1…" + kind.maxCapacity());
        }
    }

    /** A region of its owner's alone. */
    public RegionSpec(RegionKind kind, long capacity, int recordAlignment, long initialPosition, boolean parking, Schema schema) {
        this(kind, capacity, recordAlignment, initialPosition, parking, schema, Sharing.PRIVATE);
    }

    /** What a region of this takes of a directory that gives pages of 4 KiB to 64 KiB, such as {@code /dev/shm}, in bytes. */
    public long regionBytes() {
        return RegionDescriptor.fileLength(RegionDescriptor.PAGE_ALIGNMENT, capacity);
    }

    /** What a region of this takes of a directory with huge pages of 2 MiB, in bytes. */
    public long hugePageBytes() {
        return RegionDescriptor.fileLength(RegionDescriptor.HUGE_PAGE_ALIGNMENT, capacity);
    }

    /** The same, for others too. */
    public RegionSpec with(Sharing other) {
        return new RegionSpec(kind, capacity, recordAlignment, initialPosition, parking, schema, other);
    }
}
