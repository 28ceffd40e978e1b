package dev.slipring.frame;

/**
 * Layout of the words of a frame pool. A sequence counts the published frames from 0.
 *
 * <pre>
 *  PRODUCER area (stored to by the producer)
 *      +0   published: how many frames were; the sequence of the next
 *    +128   format epoch (int): moves when a frame's format is another than that of the one before
 *    +256   frames (int), frame bytes (int): what the creator decided; never change
 *   +2048   256 entries: that of sequence s at s mod 256: generation &lt;&lt; 8 | frame
 *
 *  CONSUMER area (32 KiB; changed by consumers and by the producer)
 *      +0   256 frame words, 64 bytes apart
 *            63                            33   32  31                     0
 *           +--------------------------------+-----+------------------------+
 *           | generation: counts its loans   |  W  | leases: a bit per slot |    W: it is being written
 *           +--------------------------------+-----+------------------------+
 *  +16384   32 seats of 512 bytes, one for each of the participant slots 0…31
 *      +0   policy (int), queued (int), most leases (int)
 *     +16   cursor: the sequence that is wanted next
 *     +24   delivered, dropped: how many; for people
 *    +128   48 leases: since when, ms since 1970 &lt;&lt; 16 | frame + 1, or 0; for people
 *
 *  DATA area (stored to by the producer)
 *      +0   a descriptor of 256 bytes for each frame: {@link FrameDescriptor}; rounded up to pages
 *           frame 0, frame 1, ... each rounded up to pages
 * </pre>
 */
final class PoolDescriptor {
    static final int MAX_FRAMES = 256;
    static final int MAX_SEATS = 32;
    static final int MAX_LEASES = 48;

    static final int PUBLISHED_OFFSET = 0;
    static final int EPOCH_OFFSET = 128;
    static final int FRAMES_OFFSET = 256;
    static final int FRAME_BYTES_OFFSET = 260;

    static final int SEAT_POLICY = 0;
    static final int SEAT_QUEUED = 4;
    static final int SEAT_MAX_LEASES = 8;
    static final int SEAT_CURSOR = 16;
    static final int SEAT_DELIVERED = 24;
    static final int SEAT_DROPPED = 32;

    static final long WRITING = 1L << 32;

    private static final int ENTRIES_OFFSET = 2048;
    private static final int FRAME_WORD_LENGTH = 64;
    private static final int SEATS_OFFSET = MAX_FRAMES * FRAME_WORD_LENGTH;
    private static final int SEAT_LENGTH = 512;
    private static final int SEAT_LEASES = 128;
    private static final int GENERATION_SHIFT = 33;
    private static final int GENERATION_MASK = 0x7fff_ffff;
    private static final int FRAME_BITS = 8;
    private static final int SINCE_SHIFT = 16;

    private PoolDescriptor() {
    }

    static int entryOffset(long sequence) {
        return ENTRIES_OFFSET + ((int) sequence & MAX_FRAMES - 1) * Long.BYTES;
    }

    static long entry(int generation, int frame) {
        return (long) generation << FRAME_BITS | frame;
    }

    static int entryFrame(long entry) {
        return (int) entry & MAX_FRAMES - 1;
    }

    static int entryGeneration(long entry) {
        return (int) (entry >>> FRAME_BITS) & GENERATION_MASK;
    }

    static int wordOffset(int frame) {
        return frame * FRAME_WORD_LENGTH;
    }

    /** A frame of this generation that is neither being written nor leased. */
    static long idle(int generation) {
        return (long) generation << GENERATION_SHIFT;
    }

    static int generation(long word) {
        return (int) (word >>> GENERATION_SHIFT);
    }

    static int nextGeneration(long word) {
        return generation(word) + 1 & GENERATION_MASK;
    }

    static boolean isWriting(long word) {
        return (word & WRITING) != 0;
    }

    /** Whether a frame is neither being written nor leased. */
    static boolean isIdle(long word) {
        return word == idle(generation(word));
    }

    static long leaseBit(int slot) {
        return 1L << slot;
    }

    static int seatOffset(int slot) {
        return SEATS_OFFSET + slot * SEAT_LENGTH;
    }

    static int leaseOffset(int slot, int lease) {
        return seatOffset(slot) + SEAT_LEASES + lease * Long.BYTES;
    }

    static long lease(long sinceMs, int frame) {
        return sinceMs << SINCE_SHIFT | frame + 1;
    }

    static int leasedFrame(long lease) {
        return (int) (lease & (1 << SINCE_SHIFT) - 1) - 1;
    }

    static long leasedSinceMs(long lease) {
        return lease >>> SINCE_SHIFT;
    }
}
