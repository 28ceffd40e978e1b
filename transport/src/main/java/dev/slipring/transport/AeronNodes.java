package dev.slipring.transport;

import dev.slipring.core.AccessDenied;
import io.aeron.CommonContext;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.CloseHelper;

/** The Aeron directories that a {@link Transport} has to do with, which both schemes of Aeron share. Guarded by the transport. */
final class AeronNodes implements AutoCloseable {
    static final String DIRECTORY = "dir";
    static final String DRIVER = "driver";
    private static final String EMBEDDED = "embedded";
    private static final String EXTERNAL = "external";
    private static final Set<String> DRIVERS = new TreeSet<>(Set.of(EMBEDDED, EXTERNAL));
    /** Within the directory where the processes meet. */
    private static final String NAME = "aeron";
    private static final int ROOT = 0;
    private static final int OTHERS_WRITE = 0002;
    private static final int SET_GROUP_ID = 02000;

    private final TransportOptions options;
    private final Map<Path, AeronNode> nodes = new HashMap<>();

    AeronNodes(TransportOptions options) {
        this.options = options;
    }

    /** Throws for what cannot be. */
    static void check(TransportUri uri) {
        var driver = uri.get(DRIVER, EMBEDDED);
        if (!DRIVERS.contains(driver)) {
            throw new IllegalArgumentException(DRIVER + "=" + driver + " in " + uri + ", expected one of " + String.join(", ", DRIVERS));
        }
    }

    AeronNode node(TransportUri uri) {
        var directory = directory(uri);
        if (directory.startsWith(options.directory().path())) {
            prepare(options.directory().path());
        }
        var node = nodes.computeIfAbsent(directory, each -> new AeronNode(each, isExternal(uri), options));
        if (node.isExternal() != isExternal(uri)) {
            throw new IllegalArgumentException("the media driver of " + directory + " was " + (node.isExternal() ? EXTERNAL : EMBEDDED)
                + " in an earlier URI of this transport: " + uri);
        }
        return node;
    }

    boolean remove(TransportUri uri) {
        return isExternal(uri) || AeronNode.remove(directory(uri));
    }

    /** Idempotent: two schemes share it. */
    @Override
    public void close() {
        try {
            CloseHelper.closeAll(nodes.values());
        } finally {
            nodes.clear();
        }
    }

    private Path directory(TransportUri uri) {
        var chosen = uri.get(DIRECTORY);
        if (chosen != null) {
            return Path.of(chosen).toAbsolutePath().normalize();
        }
        return isExternal(uri) ? Path.of(CommonContext.getAeronDirectoryName()) : options.directory().path().resolve(NAME);
    }

    /** Makes the directory where processes meet when it is missing. As for rings, nobody else may be able to put anything into it. */
    private static void prepare(Path meeting) {
        try {
            Files.createDirectory(meeting, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            requireTrusted(meeting);
        } catch (IOException e) {
            throw new AccessDenied("cannot make the directory " + meeting + " (" + e + "): make it, or choose another with SLIPRING_DIR");
        }
    }

    private static void requireTrusted(Path meeting) {
        try {
            int user = attribute(Path.of("/proc/self"), "unix:uid");
            int owner = attribute(meeting, "unix:uid");
            int mode = attribute(meeting, "unix:mode");
            boolean ours = owner == user || owner == ROOT || (mode & SET_GROUP_ID) != 0;
            if (!ours || (mode & OTHERS_WRITE) != 0 || !Files.isDirectory(meeting, LinkOption.NOFOLLOW_LINKS)) {
                throw new AccessDenied("expected " + meeting + " to be a directory of user " + user + ", not writable by others, found "
                    + "user " + owner + ", mode " + Integer.toOctalString(mode) + ": choose another with SLIPRING_DIR");
            }
        } catch (IOException e) {
            throw new AccessDenied("cannot look at the directory " + meeting + " (" + e + "): choose another with SLIPRING_DIR");
        }
    }

    private static int attribute(Path path, String name) throws IOException {
        return (int) Objects.requireNonNull(Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean isExternal(TransportUri uri) {
        return uri.get(DRIVER, EMBEDDED).equals(EXTERNAL);
    }
}
