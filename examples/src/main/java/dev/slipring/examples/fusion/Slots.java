package dev.slipring.examples.fusion;

import dev.slipring.core.RoleTaken;
import dev.slipring.examples.demo.Idle;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotWriter;
import dev.slipring.seqlock.TableWriter;

/** The slots of the table. */
final class Slots {
    static final SlotKey CALIBRATION = SlotKey.of("calibration");

    private Slots() {
    }

    /** The one writer of a slot, which is added; waits while another process adds its own. */
    static SlotWriter writer(TableWriter table, SlotKey key) {
        var idle = Idle.strategy();
        while (true) {
            try {
                return table.writer(key);
            } catch (RoleTaken e) {
                if (table.count() == Sensor.values().length + 1) {
                    throw e; // all have been added, so it is the slot's
                }
                idle.idle();
            }
        }
    }
}
