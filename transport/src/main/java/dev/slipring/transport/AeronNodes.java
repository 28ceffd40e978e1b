package dev.slipring.transport;

import dev.slipring.core.Sharing;
import io.aeron.CommonContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
            options.directory().prepare(Sharing.PRIVATE); // as for rings: nobody else may be able to put anything into it
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

    private static boolean isExternal(TransportUri uri) {
        return uri.get(DRIVER, EMBEDDED).equals(EXTERNAL);
    }
}
