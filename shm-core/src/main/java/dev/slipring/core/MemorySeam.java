package dev.slipring.core;

/**
 * The place where a test puts its own memory between an algorithm and the mapped file. Production uses {@link #DIRECT}.
 */
@FunctionalInterface
public interface MemorySeam {
    /** No seam at all: the mapped memory itself. */
    MemorySeam DIRECT = (area, mapped) -> mapped;

    /**
     * Wraps the memory of one area.
     *
     * @param area   which part of the region it is
     * @param mapped the mapped memory
     * @return what the algorithm shall see
     */
    Memory wrap(Area area, Memory mapped);
}
