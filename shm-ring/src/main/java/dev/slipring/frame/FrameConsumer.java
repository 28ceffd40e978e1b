package dev.slipring.frame;

import dev.slipring.core.Area;
import dev.slipring.core.Doorbell;
import dev.slipring.core.Memory;
import dev.slipring.core.PeerWatch;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.Role;
import dev.slipring.core.Waitable;
import dev.slipring.core.Waiter;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A reading side of a frame pool. A frame that it has leased is neither overwritten nor changed until the lease is closed, whatever the
 * producer does or suffers.
 *
 * <p>Threads: one at a time, for the consumer and its leases; any thread may {@link #close()}. Processes: any number up to what the pool
 * has frames for, at most 31. Blocks: only where a timeout is given. Allocates: nothing per frame, something when the format changes.
 * Loses: what its {@link ConsumerPolicy} lets go, and counts it.
 *
 * <p>It begins with the newest frame there is, if any: a late joiner has a picture at once.
 *
 * <h2>Algorithm notes</h2>
 * See {@link FrameProducer}. A lease is believed only after the descriptor, which cannot change from then on, says the sequence that was
 * looked for: an entry is overwritten when 256 more frames were published, and generations wrap.
 */
public final class FrameConsumer implements AutoCloseable, Waitable {
    private static final int MAX_TRIES = 1000;
    /** The frame will never come. */
    private static final int OVERWRITTEN = -1;
    /** Others changed the frame's word meanwhile. */
    private static final int CONTENDED = -2;

    private final Region region;
    private final Pool pool;
    private final ConsumerPolicy policy;
    private final Memory words;
    private final ReadMemory producerWords;
    private final ReadMemory descriptors;
    private final ReadMemory[] frames;
    private final PeerWatch producers;
    private final Waiter waiter;
    /** Where consumers sleep until there is a frame. */
    private final @Nullable Doorbell ownBell;
    /** Where the producer sleeps until a lossless consumer has taken one; null when nothing that this one does lets it go on. */
    private final @Nullable Doorbell producersBell;
    private final int slot;
    private final int seat;

    private long next;
    private long delivered;
    private long dropped;
    private long droppedBefore;
    /** A bit for each lease that is open. */
    private long open;
    private @Nullable FrameFormat format;
    private int epoch;

    FrameConsumer(Region region, ConsumerPolicy policy) {
        this.region = region;
        this.policy = policy;
        pool = new Pool(region);
        words = region.memory(Area.CONSUMER);
        producerWords = pool.producerWords();
        descriptors = pool.descriptors();
        frames = new ReadMemory[pool.frames()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = pool.frame(i);
        }
        producers = new PeerWatch(region, Role.PRODUCER);
        waiter = region.waiter(Role.CONSUMER);
        ownBell = region.doorbell(Role.CONSUMER);
        producersBell = policy.kind() == ConsumerPolicy.Kind.LOSSLESS ? region.doorbell(Role.PRODUCER) : null;
        slot = region.participants().slot();
        seat = PoolDescriptor.seatOffset(slot);
        words.fullFence(); // that I came, before the look at what was published; pairs with: FrameProducer.lend
        next = begin(producerWords.getLongAcquire(PoolDescriptor.PUBLISHED_OFFSET));
        advance();
    }

    /** Where a consumer begins that comes when so many were published: with the last. */
    static long begin(long published) {
        return Math.max(0, published - 1);
    }

    /** What it asked for. */
    public ConsumerPolicy policy() {
        return policy;
    }

    /** How many frames were published since it began and will not be delivered. Exact. */
    public long dropped() {
        return dropped;
    }

    /** How many frames were delivered. */
    public long delivered() {
        return delivered;
    }

    /** How many leases are open. */
    public int leases() {
        return Long.bitCount(open);
    }

    /**
     * Leases the next frame that the policy does not let go: the oldest of those that wait, which for LATEST is the newest.
     *
     * @param lease not open; open afterwards, if this returns {@link Delivery#FRAME}
     * @throws IllegalStateException               when as many leases are open as the policy says, or the pool is closed
     * @throws dev.slipring.core.RegionCorrupt when the pool holds what cannot be
     */
    public Delivery next(Lease lease) {
        return take(lease, policy.depth());
    }

    /**
     * As {@link #next(Lease)}, and waits for a frame: spins, yields, then sleeps in the kernel if the pool was created with parking.
     *
     * @param timeoutNs how long at most, in nanoseconds; 0 or less: not at all; {@link Long#MAX_VALUE}: for ever
     * @return {@link Delivery#NOTHING} when the time is up
     * @throws InterruptedException when the thread was interrupted; nothing was leased
     */
    public Delivery next(Lease lease, long timeoutNs) throws InterruptedException {
        return nextPatiently(lease, timeoutNs, null);
    }

    /** As above, and between two looks does as the strategy says: nothing sleeps but what it does. */
    public Delivery next(Lease lease, long timeoutNs, IdleStrategy idleStrategy) throws InterruptedException {
        return nextPatiently(lease, timeoutNs, idleStrategy);
    }

    /** As {@link #next(Lease)}, but the newest frame, if it was not delivered yet; those before it are dropped, whatever the policy. */
    public Delivery latest(Lease lease) {
        return take(lease, 1);
    }

    /** Whether {@link #next(Lease)} would say something else than {@link Delivery#NOTHING}, if it may lease one more. */
    @Override
    public boolean isReady() {
        region.checkOpen();
        try {
            return producerWords.getLongAcquire(PoolDescriptor.PUBLISHED_OFFSET) > next || outcomeOfNothing() != Delivery.NOTHING;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    @Override
    public void hurry() {
        producers.hurry();
    }

    @Override
    public @Nullable Doorbell doorbell() {
        return ownBell;
    }

    /** What the pool looks like now. Allocates. */
    public PoolStatus status() {
        return PoolStatus.of(pool);
    }

    /** Leaves in order; all its leases end, and what they had reads as zeros. Idempotent. */
    @Override
    public void close() {
        region.close();
    }

    private Delivery nextPatiently(Lease lease, long timeoutNs, @Nullable IdleStrategy strategy) throws InterruptedException {
        var delivery = next(lease);
        if (delivery == Delivery.NOTHING) {
            waiter.begin(timeoutNs, strategy);
            while (delivery == Delivery.NOTHING && waiter.idle()) {
                if (waiter.isTimeToAsk()) {
                    hurry();
                }
                delivery = next(lease);
            }
        }
        return delivery;
    }

    private Delivery take(Lease lease, int depth) {
        if (lease.isOpen()) {
            throw new IllegalStateException("the lease is open already: close it first");
        }
        if (leases() >= policy.maxLeases()) {
            throw new IllegalStateException("all " + policy.maxLeases() + " leases of this consumer are open: close one first, or attach "
                + "with a policy that holds more");
        }
        region.checkOpen();
        try {
            if (!takeNext(lease, depth)) {
                return outcomeOfNothing();
            }
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
        producers.fruitful();
        lease.open();
        return Delivery.FRAME;
    }

    private boolean takeNext(Lease lease, int depth) {
        long skipped = dropped;
        boolean taken = false;
        for (int tries = 0; tries < MAX_TRIES && !taken; tries++) {
            long published = producerWords.getLongAcquire(PoolDescriptor.PUBLISHED_OFFSET); // pairs with: FrameProducer.publish
            long waiting = published - next;
            if (waiting <= 0) {
                break;
            }
            if (waiting > depth) {
                drop(waiting - depth);
            }
            int index = Long.numberOfTrailingZeros(~open);
            int frame = lease(next, index);
            if (frame >= 0) {
                fill(lease, frame, index);
                taken = true;
            } else if (frame == OVERWRITTEN) {
                drop(1);
            }
        }
        if (taken || dropped != skipped) {
            advance();
            region.checkOpen(); // a closed region reads as zeros; and after the last store: see Region, "closing under load"
        }
        return taken;
    }

    /** Leases the frame of this sequence; returns which it is, or OVERWRITTEN or CONTENDED. */
    private int lease(long sequence, int index) {
        long entry = producerWords.getLongAcquire(PoolDescriptor.entryOffset(sequence));
        int frame = PoolDescriptor.entryFrame(entry);
        if (frame >= frames.length) {
            throw corrupt("entry of sequence " + sequence + " names frame " + frame + ", there are " + frames.length);
        }
        int offset = PoolDescriptor.wordOffset(frame);
        long word = words.getLongAcquire(offset);
        if (PoolDescriptor.isWriting(word) || PoolDescriptor.generation(word) != PoolDescriptor.entryGeneration(entry)) {
            return OVERWRITTEN;
        }
        // Before the lease: whoever is seen to have one, is seen since when.
        words.putLongRelease(PoolDescriptor.leaseOffset(slot, index), PoolDescriptor.lease(System.currentTimeMillis(), frame));
        // Before what is read; pairs with: FrameProducer.makeIdle, FrameProducer.lend
        if (!words.compareAndSetLong(offset, word, word | PoolDescriptor.leaseBit(slot))) {
            return CONTENDED;
        }
        if (descriptors.getLong(FrameDescriptor.offset(frame) + FrameDescriptor.SEQUENCE) != sequence) {
            PoolSeats.release(words, frame, slot);
            return OVERWRITTEN;
        }
        open |= 1L << index;
        return frame;
    }

    private void fill(Lease lease, int frame, int index) {
        int at = FrameDescriptor.offset(frame);
        int bytes = descriptors.getInt(at + FrameDescriptor.BYTES);
        try {
            var itsFormat = format(at);
            if (bytes < 1 || bytes > itsFormat.bytes()) {
                throw corrupt("frame " + frame + " has " + bytes + " bytes, expected 1…" + itsFormat.bytes());
            }
            lease.fill(this, frame, index, frames[frame].buffer(), itsFormat, epoch);
        } catch (RegionCorrupt e) {
            release(frame, index);
            throw e;
        }
        lease.describe(next, dropped - droppedBefore, descriptors.getLong(at + FrameDescriptor.CAPTURED),
            descriptors.getLong(at + FrameDescriptor.PUBLISHED), bytes);
        droppedBefore = dropped;
        delivered++;
        next++;
    }

    private FrameFormat format(int at) {
        int itsEpoch = descriptors.getInt(at + FrameDescriptor.EPOCH);
        var known = format;
        if (known == null || epoch != itsEpoch) {
            try {
                known = FrameDescriptor.read(descriptors, at, pool.frameBytes());
            } catch (IllegalArgumentException e) {
                throw corrupt("a frame's format cannot be: " + e.getMessage());
            }
            format = known;
            epoch = itsEpoch;
        }
        return known;
    }

    private void drop(long count) {
        dropped += count;
        next += count;
    }

    /** Tells others where this consumer is. */
    private void advance() {
        words.putLong(seat + PoolDescriptor.SEAT_DELIVERED, delivered);
        words.putLong(seat + PoolDescriptor.SEAT_DROPPED, dropped);
        // After the lease of what comes before. pairs with: Demands.look
        words.putLongRelease(seat + PoolDescriptor.SEAT_CURSOR, next);
        if (producersBell != null) {
            producersBell.ring();
        }
    }

    void release(int frame, int index) {
        open &= ~(1L << index);
        try {
            PoolSeats.release(words, frame, slot);
            words.putLongRelease(PoolDescriptor.leaseOffset(slot, index), 0);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** Nothing was there: is anybody left to publish? Whatever the last of them did is visible by the time this is known; look again. */
    private Delivery outcomeOfNothing() {
        region.checkOpen();
        var peer = producers.fruitless();
        if (peer == PeerWatch.Peer.EXPECTED || producerWords.getLongAcquire(PoolDescriptor.PUBLISHED_OFFSET) != next) {
            return Delivery.NOTHING;
        }
        region.checkOpen(); // a region closed meanwhile reads as zeros
        return peer == PeerWatch.Peer.DIED ? Delivery.PRODUCER_DEAD : Delivery.CLOSED;
    }

    private RegionCorrupt corrupt(String what) {
        region.checkOpen(); // a closed region reads as zeros
        return new RegionCorrupt("pool " + region.name() + " is damaged: " + what + "; stop its producer, remove it and create it anew");
    }
}
