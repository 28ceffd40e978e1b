package dev.slipring.cli;

import dev.slipring.core.AccessDenied;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionIncompatible;
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

/** The regions of one directory, as the verbs open them: from outside, to be read, unknown to whoever takes part. */
final class Regions {
    private final RegionDirectory directory;

    Regions(RegionDirectory directory) {
        this.directory = directory;
    }

    RegionDirectory directory() {
        return directory;
    }

    /** The names of everything in the directory, regions or not. */
    List<String> names() {
        return directory.entries();
    }

    /**
     * Looks at one region, or at what has its name.
     *
     * @throws RegionNotFound                   when there is nothing of that name
     * @throws dev.slipring.core.AccessDenied   when it may not be read
     * @throws IllegalArgumentException         when no region can have that name
     */
    Look look(String name) {
        directory.file(name); // refuses what is no name
        return lookAtEntry(name);
    }

    /** As above, at an entry of the directory, whose name may be none that a region can have. */
    Look lookAtEntry(String name) {
        var inspection = RegionInspection.of(directory, name);
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
                table = header.kind() == RegionKind.SLOT_TABLE ? SlotTable.status(name, attachment(header)) : null;
                pool = header.kind() == RegionKind.FRAME_POOL ? FramePool.status(name, attachment(header)) : null;
            } catch (SlipringException e) {
                faults.add(String.valueOf(e.getMessage()));
            }
        }
        return new Look(inspection, ring, table, pool, faults);
    }

    /**
     * The header of a region that can be watched.
     *
     * @throws dev.slipring.core.SlipringException when there is none, with the reason
     */
    RegionHeader header(String name) {
        directory.file(name); // refuses what is no name
        var inspection = RegionInspection.of(directory, name);
        return switch (inspection.verdict()) {
            case SOUND -> inspection.header().orElseThrow();
            case UNREADABLE, UNTRUSTED -> throw new AccessDenied(inspection.faults().getFirst());
            case DAMAGED -> throw new RegionCorrupt(inspection.faults().getFirst());
            case INCOMPATIBLE, FOREIGN -> throw new RegionIncompatible(inspection.faults().getFirst());
        };
    }

    /**
     * As above, of a ring.
     *
     * @throws RegionIncompatible when it is none
     */
    RegionHeader ringHeader(String name) {
        var header = header(name);
        return switch (header.kind()) {
            case SPSC_RING, MPSC_RING, BROADCAST_RING -> header;
            case SLOT_TABLE -> throw new RegionIncompatible(name + " holds slots and no messages: slipring slot " + name + " shows them");
            case FRAME_POOL -> throw new RegionIncompatible(name + " holds frames and no messages: slipring inspect " + name);
        };
    }

    /** How to watch a region whatever its schema: as one who knows the very same. */
    Attachment attachment(RegionHeader header) {
        return Attachment.standard().in(directory).with(header.schema()).as("slipring");
    }

    /**
     * What was seen of a region.
     *
     * @param ring  when it is a ring whose words are there
     * @param table when it is a sound table of slots
     * @param pool  when it is a sound frame pool
     */
    record Look(RegionInspection inspection, @Nullable RingStatus ring, @Nullable TableStatus table, @Nullable PoolStatus pool,
        List<String> faults) {
        /** How much went through it so far: bytes of a ring, frames of a pool, versions of a table; -1 when that is not known. */
        long passed() {
            if (ring != null) {
                return ring.produced();
            }
            if (pool != null) {
                return pool.published();
            }
            return table != null ? table.added().stream().mapToLong(TableStatus.SlotStatus::version).sum() : -1;
        }
    }
}
