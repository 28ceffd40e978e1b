package dev.slipring.frame;

import dev.slipring.core.Participants;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Role;

/**
 * What the consumers of a pool ask of its producer: how many of the newest frames to leave alone, and whether to wait.
 *
 * <h2>Algorithm notes</h2>
 * A seat counts while the table says that a consumer has the slot. A consumer registers and then, behind a full fence, looks how many
 * frames were published, and begins with the last of them; the producer publishes and then, before the next loan, behind a full fence,
 * looks at the seats. Whoever comes second sees the other (Dekker): so a lossless consumer that the producer has not seen begins with a
 * frame that the producer, when it sees it, has not given away yet, as the newest is always left alone.
 */
final class Demands {
    private final Participants participants;
    private final ReadMemory words;
    private final int frames;
    private int retained = 1;

    Demands(Pool pool) {
        participants = pool.region().participants();
        words = pool.words();
        frames = pool.frames();
    }

    /** Looks at the seats; false while a lossless consumer has as much waiting as it said. */
    boolean look(long published) {
        int longest = 1;
        boolean permitted = true;
        long left = participants.closedInOrder(Role.CONSUMER) + participants.died(Role.CONSUMER);
        if (participants.attached(Role.CONSUMER) != left) {
            for (int slot = 0; slot < PoolDescriptor.MAX_SEATS; slot++) {
                if (participants.isRegistered(slot, Role.CONSUMER)) {
                    int seat = PoolDescriptor.seatOffset(slot);
                    int queued = words.getInt(seat + PoolDescriptor.SEAT_QUEUED);
                    longest = Math.max(longest, queued);
                    if (words.getInt(seat + PoolDescriptor.SEAT_POLICY) == ConsumerPolicy.Kind.LOSSLESS.ordinal()) {
                        long cursor = words.getLongAcquire(seat + PoolDescriptor.SEAT_CURSOR); // pairs with: FrameConsumer.advance
                        permitted &= published - cursor < queued;
                    }
                }
            }
        }
        retained = Math.min(longest, frames - 1);
        return permitted;
    }

    /** How many of the newest frames somebody may still want. */
    int retained() {
        return retained;
    }
}
