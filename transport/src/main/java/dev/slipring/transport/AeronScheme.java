package dev.slipring.transport;

import dev.slipring.core.Spinning;
import io.aeron.ErrorCode;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.RegistrationException;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * {@code aeron:ipc} and {@code aeron:udp}: whatever parameters are not ours are Aeron's, and go to it as they are. Ours are {@code dir},
 * {@code driver} and {@code publication}.
 */
final class AeronScheme implements Scheme {
    private static final String PUBLICATION = "publication";
    private static final String EXCLUSIVE = "exclusive";
    private static final String CONCURRENT = "concurrent";
    private static final Set<String> PUBLICATIONS = new TreeSet<>(Set.of(EXCLUSIVE, CONCURRENT));
    private static final Set<String> OURS = Set.of(PUBLICATION, AeronNodes.DIRECTORY, AeronNodes.DRIVER);
    private static final String STREAM = "stream-id";
    /** The one of Aeron's samples. */
    private static final String DEFAULT_STREAM = "1001";

    private final AeronNodes nodes;
    private final Medium medium;
    private final Spinning spinning;

    /** What lies below. */
    enum Medium {
        /** Memory. */
        IPC,
        /** A network. */
        UDP
    }

    AeronScheme(AeronNodes nodes, Medium medium, Spinning spinning) {
        this.nodes = nodes;
        this.medium = medium;
        this.spinning = spinning;
    }

    @Override
    public Set<Capability> capabilities(TransportUri uri) {
        var promised = EnumSet.of(Capability.MANY_PUBLISHERS, Capability.MANY_SUBSCRIBERS);
        if (!"false".equals(uri.get("reliable")) && !"false".equals(uri.get("tether"))) {
            promised.add(Capability.LOSSLESS);
        }
        if (medium == Medium.UDP) {
            promised.add(Capability.CROSS_MACHINE);
        }
        return promised;
    }

    @Override
    public void check(TransportUri uri) {
        AeronNodes.check(uri);
        var publication = uri.get(PUBLICATION, EXCLUSIVE);
        if (!PUBLICATIONS.contains(publication)) {
            throw new IllegalArgumentException(PUBLICATION + "=" + publication + " in " + uri + ", expected one of "
                + String.join(", ", PUBLICATIONS));
        }
        if (medium == Medium.UDP && uri.get("endpoint") == null && uri.get("control") == null) {
            throw new IllegalArgumentException(uri + " names nobody: add endpoint=host:port, or control=host:port");
        }
        stream(uri);
    }

    @Override
    public void provide(TransportUri uri) {
        nodes.node(uri).host();
    }

    @Override
    public Publication publication(TransportUri uri) {
        var node = nodes.node(uri);
        var aeron = node.client();
        var channel = channel(uri);
        int stream = stream(uri);
        boolean concurrent = uri.get(PUBLICATION, EXCLUSIVE).equals(CONCURRENT);
        return new AeronPublication(node, registered(uri, node,
            () -> concurrent ? aeron.addPublication(channel, stream) : aeron.addExclusivePublication(channel, stream)), spinning);
    }

    @Override
    public Subscription subscription(TransportUri uri) {
        var node = nodes.node(uri);
        var aeron = node.client();
        var ends = new AeronEnds();
        return new AeronSubscription(node, ends, registered(uri, node,
            () -> aeron.addSubscription(channel(uri), stream(uri), ends::onAvailable, ends::onUnavailable)));
    }

    @Override
    public boolean remove(TransportUri uri) {
        return nodes.remove(uri);
    }

    @Override
    public void close() {
        nodes.close();
    }

    private static <T> T registered(TransportUri uri, AeronNode node, Supplier<T> registration) {
        try {
            return registration.get();
        } catch (RegistrationException e) {
            if (e.errorCode() == ErrorCode.INVALID_CHANNEL || e.errorCode() == ErrorCode.MALFORMED_COMMAND) {
                throw new IllegalArgumentException("Aeron takes " + uri + " for no channel: " + e.getMessage(), e);
            }
            throw new ChannelRefused("expected the media driver to open " + uri + ", found that it refuses: " + e.getMessage(), e);
        } catch (AeronException e) {
            node.check();
            throw new ChannelRefused("expected the media driver to open " + uri + ", found: " + e.getMessage(), e);
        }
    }

    private static String channel(TransportUri uri) {
        return uri.without(OURS).toString();
    }

    private static int stream(TransportUri uri) {
        try {
            return Integer.parseInt(uri.get(STREAM, DEFAULT_STREAM));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(STREAM + "=" + uri.get(STREAM) + " in " + uri + " is not a number of 32 bits", e);
        }
    }
}
