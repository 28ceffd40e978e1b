package dev.slipring.cli;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionHeader;
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

    /** How to watch a region whatever its schema: as one who knows the very same. */
    Attachment attachment(RegionHeader header) {
        return RegionLook.attachment(directory, header);
    }
}
