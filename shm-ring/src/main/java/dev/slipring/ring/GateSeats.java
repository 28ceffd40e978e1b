package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.Participants;
import dev.slipring.core.Region;
import dev.slipring.core.Role;
import dev.slipring.core.Seats;

/**
 * The gates of a broadcast ring, as they go with the slots: whoever gets one finds it open, whoever had it before. So the producer waits
 * for nobody who did not ask for it, and for a subscriber not before it has said where it begins.
 */
final class GateSeats implements Seats {
    private final Memory words;

    GateSeats(Region.Areas areas) {
        words = areas.memory(Area.CONSUMER);
    }

    @Override
    public void take(int slot, Role role, Participants others) {
        words.putLong(BroadcastDescriptor.gateOffset(slot), 0); // ordered by the release of the slot's state. pairs with: Gates.lowest
    }

    @Override
    public void clear(int slot) {
        // a gate counts for nothing while nobody has the slot
    }
}
