package dev.slipring.monitor;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionInspection;
import dev.slipring.core.RegionInspection.Verdict;
import dev.slipring.core.RegionKind;
import dev.slipring.core.RegionNotFound;
import dev.slipring.core.SlipringException;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.PoolStatus;
import dev.slipring.ring.RingStatus;
import dev.slipring.seqlock.SlotTable;
import dev.slipring.seqlock.TableStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a region from outside: the inspection that every file bears, and what its kind adds.
 *
 * @param ring   when it is a ring whose words are there
 * @param table  when it is a table of slots whose header and shape are sound
 * @param pool   likewise, of a frame pool
 * @param faults all that is wrong
 */
public record RegionLook(RegionInspection inspection, @Nullable RingStatus ring, @Nullable TableStatus table, @Nullable PoolStatus pool,
    List<String> faults) {

    /** Copies the list. */
    public RegionLook {
        faults = List.copyOf(faults);
    }

    /**
     * Looks at an entry of a directory, which may be none that a region can be.
     *
     * @throws RegionNotFound                 when there is nothing of that name
     * @throws dev.slipring.core.AccessDenied when the directory cannot be trusted
     */
    public static RegionLook at(RegionDirectory directory, String entry) {
        var inspection = RegionInspection.of(directory, entry);
        var faults = new ArrayList<>(inspection.faults());
        var ring = RingStatus.of(inspection).orElse(null);
        if (ring != null) {
            faults.addAll(ring.faults());
        }
        var header = inspection.header().orElse(null);
        TableStatus table = null;
        PoolStatus pool = null;
        if (header != null && inspection.verdict() == Verdict.SOUND && inspection.isOfThisBoot()) {
            try {
                table = header.kind() == RegionKind.SLOT_TABLE ? SlotTable.status(entry, attachment(directory, header)) : null;
                pool = header.kind() == RegionKind.FRAME_POOL ? FramePool.status(entry, attachment(directory, header)) : null;
                faults.addAll(table != null ? table.faults() : pool != null ? pool.faults() : List.of());
            } catch (SlipringException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        return new RegionLook(inspection, ring, table, pool, faults);
    }

    /** Looks at all that is in a directory; what is removed meanwhile is left out. */
    public static List<RegionLook> all(RegionDirectory directory) {
        var looks = new ArrayList<RegionLook>();
        for (String name : directory.entries()) {
            try {
                looks.add(at(directory, name));
            } catch (RegionNotFound e) {
                // removed since it was listed
            }
        }
        return looks;
    }

    /** How to watch a region whatever its schema: as one who knows the very same. */
    public static Attachment attachment(RegionDirectory directory, RegionHeader header) {
        return Attachment.standard().in(directory).with(header.schema()).as("slipring");
    }

    /** How much went through it so far: bytes of a ring, frames of a pool, versions of a table; -1 when that is not known. */
    public long passed() {
        if (ring != null) {
            return ring.produced();
        }
        if (pool != null) {
            return pool.published();
        }
        return table != null ? table.added().stream().mapToLong(TableStatus.SlotStatus::version).sum() : -1;
    }
}
