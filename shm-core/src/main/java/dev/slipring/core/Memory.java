package dev.slipring.core;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Loads and stores in one area of a region: the memory seam. See {@link ReadMemory}.
 *
 * <p>Who may store where is the layout's rule (docs/layout.md): each word has one writer, or is changed by compare-and-set, or under the
 * region's repair lock.
 */
public interface Memory extends ReadMemory {
    /** Plain store: seen by others in any order until a release or fence follows. */
    void putInt(int offset, int value);

    /** Earlier loads and stores of this thread stay before this store. Pairs with an acquire load. */
    void putIntRelease(int offset, int value);

    /** Plain store of 64 bits. */
    void putLong(int offset, long value);

    /** Earlier loads and stores of this thread stay before this store. Pairs with an acquire load. */
    void putLongRelease(int offset, long value);

    /** Coherent and never elided by the compiler, but orders nothing else. */
    void putLongOpaque(int offset, long value);

    /** Atomic, with the ordering of a volatile read and write. */
    boolean compareAndSetInt(int offset, int expected, int update);

    /** Atomic, with the ordering of a volatile read and write. */
    boolean compareAndSetLong(int offset, long expected, long update);

    /** Copies bytes in with plain stores, in no promised order. */
    void copyIn(int offset, DirectBuffer source, int sourceOffset, int length);

    /** Stores before it are seen before stores after it. */
    void storeStoreFence();

    /** Nothing moves across it in either direction. */
    void fullFence();

    /**
     * The cheap half of a pair: together with a {@link #heavyFence} of another thread, in whatever process, it orders what a
     * {@link #fullFence} on both sides would. Alone it orders nothing; two light ones do not either.
     */
    void lightFence();

    /**
     * The dear half, some microseconds: see {@link #lightFence}. Also a full fence.
     *
     * @return false when this kernel, or a sandbox, does not offer it; then light fences are not to be relied on
     */
    boolean heavyFence();

    /**
     * Points {@code view} at {@code [offset, offset + length)}, so that somebody may write there in place with plain stores.
     * The view does not keep the mapping reachable: whoever hands it out must.
     */
    void wrap(UnsafeBuffer view, int offset, int length);
}
