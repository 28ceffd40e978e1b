package dev.slipring.cli;

import dev.slipring.core.AccessDenied;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionIncompatible;
import dev.slipring.core.RegionInspection;
import dev.slipring.core.RegionNotFound;
import dev.slipring.monitor.RegionLook;
import java.util.List;

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
    RegionLook look(String name) {
        directory.file(name); // refuses what is no name
        return lookAtEntry(name);
    }

    /** As above, at an entry of the directory, whose name may be none that a region can have. */
    RegionLook lookAtEntry(String name) {
        return RegionLook.at(directory, name);
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
        return RegionLook.attachment(directory, header);
    }
}
