package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Participants;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.Role;

/**
 * What the gated subscribers of a broadcast ring hold the producer to, read once in each 64th of the ring; nothing when there are none.
 *
 * <h2>Algorithm notes</h2>
 * A subscriber stores its gate, then, behind a full fence, looks whether the producer's intent has gone too far; the producer stores its
 * intent, then, behind a full fence, looks at the gates. Whoever comes second sees the other (Dekker). A slot's gate counts while the table
 * says that a reader has the slot: the word of a free one may be left over from somebody who died there ({@link GateSeats} clears it).
 */
final class Gates {
    private static final int SLOTS = 64;

    private final Region region;
    private final Participants participants;
    private final ReadMemory words;

    Gates(Region region) {
        this.region = region;
        participants = region.participants();
        words = region.view(Area.CONSUMER);
    }

    /**
     * The lowest gate, or {@code Long.MAX_VALUE}.
     *
     * @throws IllegalStateException when the region was closed meanwhile
     */
    long lowest() {
        long lowest = Long.MAX_VALUE;
        long left = participants.closedInOrder(Role.CONSUMER) + participants.died(Role.CONSUMER);
        if (participants.attached(Role.CONSUMER) != left) {
            for (int slot = 0; slot < SLOTS; slot++) {
                if (participants.isRegistered(slot, Role.CONSUMER)) { // before its gate. pairs with: GateSeats.take
                    long word = words.getLongAcquire(BroadcastDescriptor.gateOffset(slot)); // pairs with: BroadcastCursor.raiseGate
                    lowest = BroadcastDescriptor.isSet(word) ? Math.min(lowest, BroadcastDescriptor.position(word)) : lowest;
                }
            }
        }
        region.checkOpen(); // after the loads: a closed region reads as one without gates, and a store may still reach its file
        return lowest;
    }
}
