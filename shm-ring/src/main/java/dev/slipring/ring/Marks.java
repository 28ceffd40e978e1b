package dev.slipring.ring;

import dev.slipring.core.Memory;
import dev.slipring.core.ReadMemory;

/**
 * Where one can begin to read a broadcast ring: the first record of each 64th of it. A mark is one word, stored after its record was
 * published, so it never points at anything but the start of a record; whether that record is still there, the reader validates.
 */
final class Marks {
    /** No mark is as new as that. */
    static final long NONE = -1;

    private final ReadMemory words;
    private final int capacity;
    private final int segmentLength;

    Marks(ReadMemory producerWords, int capacity) {
        words = producerWords;
        this.capacity = capacity;
        segmentLength = capacity / BroadcastDescriptor.SEGMENTS;
    }

    int segmentLength() {
        return segmentLength;
    }

    /** Which 64th of the ring this is, counted through all laps. */
    long segment(long position) {
        return position / segmentLength;
    }

    void store(Memory producerWords, long position) {
        int segment = (int) segment(position) & BroadcastDescriptor.SEGMENTS - 1;
        producerWords.putLongRelease(BroadcastDescriptor.markOffset(segment), BroadcastDescriptor.set(position)); // pairs with: load
    }

    /** The mark of one 64th if it is at {@code from} or behind it, else NONE. */
    long load(int segment, long from) {
        long word = words.getLongAcquire(BroadcastDescriptor.markOffset(segment)); // pairs with: store
        long position = BroadcastDescriptor.position(word);
        boolean usable = BroadcastDescriptor.isSet(word) && position - from >= 0 && position - from <= 2L * capacity
            && position % BroadcastDescriptor.ALIGNMENT == 0;
        return usable ? position : NONE;
    }

    /** The first at {@code from} or behind it, else NONE. */
    long first(long from) {
        long first = NONE;
        for (int segment = 0; segment < BroadcastDescriptor.SEGMENTS; segment++) {
            long position = load(segment, from);
            if (position != NONE && (first == NONE || position < first)) {
                first = position;
            }
        }
        return first;
    }

    /** The last at {@code from} or behind it, else NONE. */
    long last(long from) {
        long last = NONE;
        for (int segment = 0; segment < BroadcastDescriptor.SEGMENTS; segment++) {
            last = Math.max(last, load(segment, from)); // positions are never negative
        }
        return last;
    }
}
