package dev.slipring.core;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Loads from one area of a region: the reading half of the memory seam.
 *
 * <p>Every algorithm is written against this interface and {@link Memory}, never against a buffer class, so that tests can put a memory
 * that dies after the k-th store, or that records the order of accesses, under the same code that runs in production.
 *
 * <p>Offsets are bytes from the start of the area. Ordered accesses need natural alignment. An access outside {@code [0, capacity)} throws
 * {@link IndexOutOfBoundsException}. Any thread may read; what a load may be combined with is said by the algorithm that makes it.
 */
public interface ReadMemory {
    /** Length of the area in bytes. */
    int capacity();

    /** Plain load: may be torn from or reordered with its neighbours by compiler and processor. */
    int getInt(int offset);

    /** Later loads and stores of this thread stay behind this load. Pairs with a release store. */
    int getIntAcquire(int offset);

    /** Plain load of 64 bits. */
    long getLong(int offset);

    /** Later loads and stores of this thread stay behind this load. Pairs with a release store. */
    long getLongAcquire(int offset);

    /** Coherent and never cached by the compiler, but orders nothing else. */
    long getLongOpaque(int offset);

    /** Copies bytes out with plain loads. */
    void copyOut(int offset, MutableDirectBuffer destination, int destinationOffset, int length);

    /** Loads before it are done before loads after it. */
    void loadLoadFence();

    /** The same bytes as Agrona's type, for handlers and codecs. Reading only: a store through it on a read-only mapping kills the JVM. */
    DirectBuffer buffer();
}
