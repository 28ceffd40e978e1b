package dev.slipring.core;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * One mapped range of a region file.
 *
 * <p>{@link #detach} lays other memory over the range while it may be in use: once it returns, no store of any thread reaches the
 * file, and stragglers load zeros. The address range itself is given back when nothing refers to it any more, so no late access can hit
 * memory that is not there.
 */
final class Mapping {
    private final MemorySegment range;
    private final boolean writable;
    private boolean detached;

    private Mapping(MemorySegment range, boolean writable) {
        this.range = range;
        this.writable = writable;
    }

    /**
     * @param length    bytes, at most {@link Integer#MAX_VALUE}
     * @param populated whether all of it is mapped at once, so that no access has to
     * @throws RegionFull when the process may map no more
     */
    @SuppressWarnings("restricted")
    static Mapping of(int fd, long offset, long length, boolean writable, boolean populated) {
        int protection = Linux.PROT_READ | (writable ? Linux.PROT_WRITE : 0);
        int flags = Linux.MAP_SHARED | (populated ? Linux.MAP_POPULATE : 0);
        long address = Linux.mmap(0, length, protection, flags, fd, offset);
        if (address == -Linux.ENOMEM) {
            System.gc(); // ranges of closed regions go when they are unreachable; make them go now
            address = Linux.mmap(0, length, protection, flags, fd, offset);
        }
        if (address < 0 && address > -4096) {
            throw new RegionFull("cannot map " + length + " bytes (errno " + -address
                + "): close regions, or raise the address space limit (ulimit -v) or vm.max_map_count");
        }
        long start = address;
        var range = MemorySegment.ofAddress(start).reinterpret(length, Arena.ofAuto(), gone -> Linux.munmap(start, length));
        return new Mapping(range, writable);
    }

    /** The range as a buffer that keeps it mapped. */
    ByteBuffer bytes() {
        return range.asByteBuffer();
    }

    /**
     * Cuts the range off from the file. Idempotent; any thread, one at a time. What is laid over a writable range is a file in memory: it
     * has pages only where a straggler stores, and unlike private memory it is charged for nothing else, however long the range lives on.
     *
     * @throws IllegalStateException when the kernel refuses; the range may be in use as before, and this can be tried again
     */
    void detach() {
        if (detached) {
            return;
        }
        long result = writable ? layFile() : lay(Linux.PROT_READ, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS, -1);
        if (result != range.address()) {
            throw new IllegalStateException("cannot lay memory over a mapping (errno " + -result + ")");
        }
        detached = true;
    }

    private long layFile() {
        int fd = Linux.memoryFile("slipring-closed", range.byteSize());
        if (fd < 0) {
            return fd;
        }
        try {
            return lay(Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_SHARED, fd);
        } finally {
            Linux.close(fd);
        }
    }

    private long lay(int protection, int flags, int fd) {
        return Linux.mmap(range.address(), range.byteSize(), protection, flags | Linux.MAP_FIXED, fd, 0);
    }
}
