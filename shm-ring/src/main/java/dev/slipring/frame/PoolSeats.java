package dev.slipring.frame;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.Participants;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionFull;
import dev.slipring.core.Role;
import dev.slipring.core.Seats;

/**
 * The seats of a pool's consumers: what each may hold, and what becomes of it when he goes.
 *
 * <h2>Algorithm notes</h2>
 * A consumer is admitted only if the pool is large enough for all of them: {@code frames >= sum of leases + longest queue + 1}. At any
 * moment the frames that the producer must leave alone are the leased ones, at most the sum, and the newest ones, as many as the longest
 * queue, whoever has which of them still to come: queues overlap, as all hold the newest. So one is left to write to, even with every
 * consumer stopped. The sum is made under the repair lock, so two that come at once do not both count on the same frame.
 *
 * <p>A lease is a bit without a generation. So the bits of a slot are taken away under the repair lock only, before the slot is anybody
 * else's, and when its last owner stores no more: he is dead, or is just leaving and has given up his mappings.
 */
final class PoolSeats implements Seats {
    private static final int MAX_TRIES = 1000;

    private final Memory words;
    private final ReadMemory producerWords;
    private final ConsumerPolicy policy;

    /** @param policy of this participant; a producer's is not looked at */
    PoolSeats(Region.Areas areas, ConsumerPolicy policy) {
        words = areas.memory(Area.CONSUMER);
        producerWords = areas.memory(Area.PRODUCER);
        this.policy = policy;
    }

    @Override
    public void take(int slot, Role role, Participants others) {
        if (slot >= PoolDescriptor.MAX_SEATS) {
            throw new RegionFull("a frame pool takes " + PoolDescriptor.MAX_SEATS + " participants, and has them: " + others.list());
        }
        if (role == Role.CONSUMER) {
            requireSeatLeft(others);
            requireEnoughFrames(others);
            int seat = PoolDescriptor.seatOffset(slot);
            words.putInt(seat + PoolDescriptor.SEAT_POLICY, policy.kind().ordinal());
            words.putInt(seat + PoolDescriptor.SEAT_QUEUED, policy.queued());
            words.putInt(seat + PoolDescriptor.SEAT_MAX_LEASES, policy.maxLeases());
            // Not ahead of where it will begin, so the producer takes heed of it from the start. pairs with: Demands.look
            words.putLong(seat + PoolDescriptor.SEAT_CURSOR,
                FrameConsumer.begin(producerWords.getLongAcquire(PoolDescriptor.PUBLISHED_OFFSET)));
            words.putLong(seat + PoolDescriptor.SEAT_DELIVERED, 0);
            words.putLong(seat + PoolDescriptor.SEAT_DROPPED, 0);
        }
    }

    /** The last slot is the producer's, whether he is here or still to come: he needs one too. */
    private static void requireSeatLeft(Participants others) {
        int consumers = 0;
        for (int slot = 0; slot < PoolDescriptor.MAX_SEATS; slot++) {
            consumers += others.isRegistered(slot, Role.CONSUMER) ? 1 : 0;
        }
        if (consumers >= PoolDescriptor.MAX_SEATS - 1) {
            throw new RegionFull("a frame pool takes " + (PoolDescriptor.MAX_SEATS - 1) + " consumers, and has them: " + others.list());
        }
    }

    private void requireEnoughFrames(Participants others) {
        int frames = producerWords.getInt(PoolDescriptor.FRAMES_OFFSET);
        long leases = policy.maxLeases();
        int queued = policy.queued();
        for (int slot = 0; slot < PoolDescriptor.MAX_SEATS; slot++) {
            if (others.isRegistered(slot, Role.CONSUMER)) {
                int seat = PoolDescriptor.seatOffset(slot);
                leases += Math.max(0, words.getInt(seat + PoolDescriptor.SEAT_MAX_LEASES));
                queued = Math.max(queued, words.getInt(seat + PoolDescriptor.SEAT_QUEUED));
            }
        }
        long needed = leases + queued + 1;
        if (needed > frames) {
            throw new RegionFull("the pool has " + frames + " frames; with this consumer it would need " + needed + ": " + leases
                + " that may be leased, " + queued + " that may be queued, 1 to write to; ask for less, or create it with more frames");
        }
    }

    @Override
    public void clear(int slot) {
        if (slot >= PoolDescriptor.MAX_SEATS) {
            return;
        }
        for (int frame = 0; frame < PoolDescriptor.MAX_FRAMES; frame++) {
            release(words, frame, slot);
        }
        for (int lease = 0; lease < PoolDescriptor.MAX_LEASES; lease++) {
            words.putLong(PoolDescriptor.leaseOffset(slot, lease), 0);
        }
    }

    /**
     * Takes this slot's lease off a frame, if it has one.
     *
     * @throws RegionCorrupt when the word never stands still
     */
    static void release(Memory words, int frame, int slot) {
        int offset = PoolDescriptor.wordOffset(frame);
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            long word = words.getLongAcquire(offset);
            long without = word & ~PoolDescriptor.leaseBit(slot);
            // What was read of the frame comes before. pairs with: FrameProducer.loan
            if (word == without || words.compareAndSetLong(offset, word, without)) {
                return;
            }
        }
        throw new RegionCorrupt("the word of frame " + frame + " changed " + MAX_TRIES
            + " times under a single step: somebody else stores to it; remove the pool and create it anew");
    }
}
