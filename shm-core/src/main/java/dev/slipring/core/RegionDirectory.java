package dev.slipring.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The directory in which processes meet, and the rule on names.
 *
 * <p>The standard one is, in this order: system property {@code slipring.dir}, environment variable {@code SLIPRING_DIR},
 * {@code /dev/shm/slipring-<effective user id>}. It is made (mode 0700) when missing. It must be a directory and no link, owned by this
 * user or root, and not writable by others. One that was chosen may be another user's (2750) or writable by the group (2770) when it
 * carries the set-group-id bit, which nobody sets by accident; only there may regions be shared with that group. The last of the three
 * is nobody else's, since anybody could have made it before.
 *
 * @param path the directory
 */
public record RegionDirectory(Path path) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Path DEFAULT = Path.of("/dev/shm/slipring-" + Linux.effectiveUser());
    private static final int GROUP_WRITE = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int SET_GROUP_ID = 02000;

    /** The standard directory. */
    public static RegionDirectory standard() {
        String chosen = System.getProperty("slipring.dir", System.getenv("SLIPRING_DIR"));
        return new RegionDirectory(chosen == null || chosen.isEmpty() ? DEFAULT : Path.of(chosen));
    }

    /** Normalises to an absolute path, so that a later change of directory means nothing. */
    public RegionDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * The file of a region.
     *
     * @throws IllegalArgumentException for a name outside {@code [A-Za-z0-9][A-Za-z0-9._-]{0,127}}
     */
    public Path file(String name) {
        if (!isRegionName(name)) {
            throw new IllegalArgumentException("region name \"" + name + "\" is not of the form " + NAME.pattern());
        }
        return path.resolve(name);
    }

    /**
     * What has its own protection, or mapping, in a region of this directory is aligned to this: 2 MiB where it gives huge pages, else
     * 64 KiB. Makes the directory when it is missing.
     *
     * @param sharing of the region that is about to be created here
     * @throws AccessDenied when the directory does not suit such a region
     */
    public int pageAlignment(Sharing sharing) {
        prepare(sharing);
        return RegionFile.pageAlignment(this);
    }

    /**
     * Makes the directory when it is missing, checks it, and that it suits a region that is shared like this.
     *
     * @throws AccessDenied when it cannot be made, cannot be trusted, or does not suit
     */
    public void prepare(Sharing sharing) {
        if (Linux.status(path.toString()).isEmpty()) {
            int made = Linux.mkdir(path.toString(), 0700);
            if (made < 0 && made != -Linux.EEXIST) {
                throw new AccessDenied("cannot make the directory " + path + " (errno " + -made
                    + "): make it, or choose another with SLIPRING_DIR");
            }
        }
        if (!check() && sharing != Sharing.PRIVATE) {
            throw new AccessDenied(path + " " + Linux.status(path.toString()).map(Linux.FileStatus::ownership).orElse("has gone")
                + ", expected a directory for a group (" + sharing + "): chgrp it and chmod 2750 (the owner creates) or 2770 (every member "
                + "may), and choose it with SLIPRING_DIR");
        }
    }

    /**
     * The names of everything in this directory, regions or not, sorted.
     *
     * @throws RegionNotFound when there is no such directory
     * @throws AccessDenied   when it cannot be trusted or read
     */
    public List<String> entries() {
        check();
        try (var files = Files.list(path)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        } catch (IOException e) {
            throw new AccessDenied("cannot list " + path + " (" + e.getMessage() + "): have its owner let you read it (chmod g+r)");
        }
    }

    /** Whether this is a name that a region can have. */
    static boolean isRegionName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Checks an existing directory; a missing one has no regions.
     *
     * @return whether a group is meant to meet here
     */
    boolean check() {
        var status = Linux.status(path.toString()).orElse(null);
        if (status == null) {
            throw new RegionNotFound("no directory " + path
                + ", so no region in it: create a region first, or choose another with SLIPRING_DIR");
        }
        if (!status.isDirectory()) {
            throw new AccessDenied(path + " is " + status.typeName() + ", not a directory: remove it, or choose another with SLIPRING_DIR");
        }
        boolean shared = (status.mode() & SET_GROUP_ID) != 0 && !path.equals(DEFAULT);
        int user = Linux.effectiveUser();
        if (status.uid() != user && status.uid() != 0 && !shared) {
            throw new AccessDenied(path + " " + status.ownership() + ", expected user " + user
                + " or root: choose another with SLIPRING_DIR");
        }
        if ((status.mode() & OTHERS_WRITE) != 0 || ((status.mode() & GROUP_WRITE) != 0 && !shared)) {
            throw new AccessDenied(path + " " + status.ownership()
                + " and is writable by others: chmod 700 it (or choose one of mode 2770 with SLIPRING_DIR, to share with a group)");
        }
        if (!Linux.maySearch(path.toString())) {
            throw new AccessDenied(path + " " + status.ownership() + ", which user " + user
                + " may not enter: have its owner share it with a group of yours (chgrp, chmod 2750), or choose another with "
                + "SLIPRING_DIR");
        }
        return shared;
    }
}
