package dev.slipring.monitor;

import dev.slipring.core.RegionInspection;
import dev.slipring.core.RegionKind;
import dev.slipring.core.RoleStatus;
import dev.slipring.core.RoleStatus.Standing;

/**
 * Those of one role at one moment.
 *
 * @param standing      what a peer would be told of them
 * @param living        how many take part now, by the kernel's word
 * @param attached      how many ever did
 * @param closedInOrder how many of them left in order
 * @param died          how many died, those included that nobody has counted yet
 * @param asleep        whether one of them sleeps in the kernel, or was about to when it was last looked at; false of tables
 */
public record RoleSnapshot(Standing standing, int living, long attached, long closedInOrder, long died, boolean asleep) {
    static RoleSnapshot of(RoleStatus status, RegionInspection inspection) {
        // The bells of a table are those of its slots, and not of the two roles.
        boolean table = inspection.header().filter(header -> header.kind() == RegionKind.SLOT_TABLE).isPresent();
        return new RoleSnapshot(status.standing(), status.living(), status.attached(), status.closedInOrder(),
            status.died() + status.uncounted(), status.living() > 0 && !table && inspection.isAsleep(status.role()));
    }
}
