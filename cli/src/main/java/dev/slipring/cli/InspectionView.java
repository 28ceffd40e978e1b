package dev.slipring.cli;

import dev.slipring.core.AreaStatus;
import dev.slipring.core.FileFacts;
import dev.slipring.core.HeaderField;
import dev.slipring.core.JournalStatus;
import dev.slipring.core.Role;
import dev.slipring.frame.ConsumerPolicy;
import dev.slipring.frame.PoolStatus;
import dev.slipring.monitor.RegionLook;
import dev.slipring.ring.RingStatus;
import dev.slipring.seqlock.TableStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that can be told of a region.
 *
 * @param region       as {@code ls} has it
 * @param header       field by field; what is wrong with each stands there
 * @param areas        where they lie
 * @param participants of both roles, and those who are coming or going
 * @param repairing    whether somebody holds the repair lock
 * @param asleep       the roles of which somebody sleeps in the kernel
 * @param journal      null when the file does not reach that far
 * @param ring         of a ring, where its sides are
 * @param table        of a slot table, its slots
 * @param pool         of a frame pool, who has which frame
 */
record InspectionView(RegionView region, String path, FileFacts file, List<HeaderField> header, List<AreaStatus> areas,
    List<ParticipantView> participants, boolean repairing, List<Role> asleep, @Nullable JournalStatus journal, @Nullable RingStatus ring,
    @Nullable TableStatus table, @Nullable PoolView pool) {

    /** A frame pool without what is said of its participants elsewhere. */
    record PoolView(int frames, int frameBytes, long published, List<Consumer> consumers, List<Lease> leases) {
        static PoolView of(PoolStatus status) {
            return new PoolView(status.frames(), status.frameBytes(), status.published(),
                status.consumers().stream().map(each -> new Consumer(each.who().slot(), each.policy(), each.leases(), each.waiting(),
                    each.delivered(), each.dropped())).toList(),
                status.holders().stream().map(each -> new Lease(each.frame(), each.sequence(), each.who().slot(), each.since())).toList());
        }
    }

    /** @param waiting frames published and not yet taken */
    record Consumer(int slot, ConsumerPolicy policy, int leases, long waiting, long delivered, long dropped) {
    }

    /** Who has a frame: {@code slot} is the participant's. */
    record Lease(int frame, long sequence, int slot, Instant since) {
    }

    static InspectionView of(RegionLook look) {
        var inspection = look.inspection();
        var pool = look.pool();
        return new InspectionView(RegionView.of(look, null), inspection.path().toString(), inspection.file(), inspection.fields(),
            inspection.areas(), inspection.participants().stream().map(ParticipantView::of).toList(), inspection.isRepairing(),
            Arrays.stream(Role.values()).filter(inspection::isAsleep).toList(), inspection.journal().orElse(null), look.ring(),
            look.table(), pool == null ? null : PoolView.of(pool));
    }
}
