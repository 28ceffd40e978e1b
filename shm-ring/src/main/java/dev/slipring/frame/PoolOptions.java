package dev.slipring.frame;

import dev.slipring.core.RegionKind;
import dev.slipring.core.RegionSpec;
import dev.slipring.core.Schema;
import dev.slipring.core.Sharing;

/**
 * What the creator of a frame pool decides, for good. Immutable; each method gives a changed copy.
 *
 * <p>How many frames: the sum of what all consumers may lease at once, and the longest of their queues (1 for {@link
 * ConsumerPolicy#latest}), and 1 that is being written. With that many the producer always finds one to write to.
 *
 * @param frames     2…256
 * @param frameBytes what a frame holds, 1…2 GiB - 2 MiB
 * @param parking    whether waiting processes may sleep in the kernel
 * @param sharing    who besides its owner may use it
 */
public record PoolOptions(int frames, int frameBytes, boolean parking, Sharing sharing) {
    private static final int MIN_FRAMES = 2;
    private static final int MAX_FRAME_BYTES = Integer.MAX_VALUE - (1 << 21) + 1;
    private static final int CONTROL_PAGES = 3;
    private static final int SMALL_PAGES = 64 * 1024;
    private static final int HUGE_PAGES = 2 * 1024 * 1024;
    private static final int RECORD_ALIGNMENT = 64;

    /** Checks the ranges. */
    public PoolOptions {
        if (frames < MIN_FRAMES || frames > PoolDescriptor.MAX_FRAMES) {
            throw new IllegalArgumentException("frames=" + frames + " is outside " + MIN_FRAMES + "…" + PoolDescriptor.MAX_FRAMES);
        }
        if (frameBytes < 1 || frameBytes > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("frameBytes=" + frameBytes + " is outside 1…" + MAX_FRAME_BYTES);
        }
    }

    /** So many frames of so many bytes, its owner's alone. */
    public static PoolOptions of(int frames, int frameBytes) {
        return new PoolOptions(frames, frameBytes, false, Sharing.PRIVATE);
    }

    /** So many frames of this format, or any that is not larger. */
    public static PoolOptions of(int frames, FrameFormat format) {
        return of(frames, format.bytes());
    }

    /** Who besides its owner may use the pool; for a group's, the directory must be the group's too. */
    public PoolOptions with(Sharing other) {
        return new PoolOptions(frames, frameBytes, parking, other);
    }

    /** Waiting processes may sleep in the kernel until there is a frame, or a lossless consumer has taken one. */
    public PoolOptions withParking() {
        return new PoolOptions(frames, frameBytes, true, sharing);
    }

    /** What the pool takes of {@code /dev/shm}, or of another directory without huge pages, in bytes. */
    public long regionBytes() {
        return regionBytes(SMALL_PAGES);
    }

    /** What the pool takes of a directory with huge pages of 2 MiB, in bytes. */
    public long hugePageBytes() {
        return regionBytes(HUGE_PAGES);
    }

    /** The least that a container's {@code --shm-size} must be for this pool alone, such as {@code "26m"}; Docker gives 64m. */
    public String shmSize() {
        long mebibyte = 1 << 20;
        return (regionBytes() + mebibyte - 1) / mebibyte + "m";
    }

    RegionSpec spec(int pageAlignment) {
        return new RegionSpec(RegionKind.FRAME_POOL, dataBytes(pageAlignment), RECORD_ALIGNMENT, 0, parking, Schema.NONE, sharing);
    }

    /** Where a frame begins in the data area. */
    long frameOffset(int frame, int pageAlignment) {
        return descriptorBytes(pageAlignment) + frame * align(frameBytes, pageAlignment);
    }

    long dataBytes(int pageAlignment) {
        return frameOffset(frames, pageAlignment);
    }

    private long regionBytes(int pageAlignment) {
        return (long) CONTROL_PAGES * pageAlignment + dataBytes(pageAlignment);
    }

    private long descriptorBytes(int pageAlignment) {
        return align((long) frames * FrameDescriptor.LENGTH, pageAlignment);
    }

    private static long align(long bytes, int alignment) {
        return (bytes + alignment - 1) & -alignment;
    }
}
