package dev.slipring.transport;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.CloseHelper;

/**
 * The place where publications and subscriptions are opened, by a URI that says what carries the messages:
 *
 * <table>
 * <caption>Schemes</caption>
 * <tr><td>{@code shm:spsc?name=…&capacity=…&alignment=…&parking=…&dir=…}</td><td>a ring for one publisher and one subscriber</td></tr>
 * <tr><td>{@code shm:mpsc?name=…&capacity=…&parking=…&dir=…}</td><td>a ring for many publishers and one subscriber</td></tr>
 * <tr><td>{@code shm:broadcast?name=…&capacity=…&parking=…&dir=…}</td><td>a ring for one publisher and many subscribers</td></tr>
 * <tr><td>{@code aeron:ipc?stream-id=…|…}</td><td>Aeron on one machine</td></tr>
 * <tr><td>{@code aeron:udp?endpoint=host:port|stream-id=…|…}</td><td>Aeron between machines</td></tr>
 * </table>
 *
 * <p>Whoever comes first makes what is missing, a ring or a media driver, and the others join; two processes may start at the same moment.
 * docs/transports.md says which parameters there are and what each transport promises. A process needs one of these; it owns what is
 * opened through it, an Aeron client for each Aeron directory, and the media driver where this process was the first.
 *
 * <p>Threads: any.
 */
public final class Transport implements AutoCloseable {
    private final Map<String, Scheme> schemes = new TreeMap<>();
    private final List<Publication> publications = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private boolean closed;

    private Transport(TransportOptions options) {
        schemes.put("shm:spsc", new SpscScheme(options));
        schemes.put("shm:mpsc", new MpscScheme(options));
        schemes.put("shm:broadcast", new BroadcastScheme(options));
        var nodes = new AeronNodes(options);
        schemes.put("aeron:ipc", new AeronScheme(nodes, AeronScheme.Medium.IPC, options.spinning()));
        schemes.put("aeron:udp", new AeronScheme(nodes, AeronScheme.Medium.UDP, options.spinning()));
    }

    /** With {@link TransportOptions#standard()}. */
    public static Transport open() {
        return open(TransportOptions.standard());
    }

    /** Opens nothing yet. */
    public static Transport open(TransportOptions options) {
        return new Transport(options);
    }

    /**
     * Opens a publication.
     *
     * @throws IllegalArgumentException              for a URI that is none; the message names what is wrong and what is allowed
     * @throws TransportException                    when Aeron cannot
     * @throws dev.slipring.core.SlipringException when a ring cannot, such as {@code RoleTaken} by another publisher
     */
    public synchronized Publication publication(String uri) {
        var address = TransportUri.parse(uri);
        var opened = scheme(address).publication(address);
        publications.removeIf(Publication::isClosed);
        publications.add(opened);
        return opened;
    }

    /** Opens a subscription; throws as {@link #publication} does. */
    public synchronized Subscription subscription(String uri) {
        var address = TransportUri.parse(uri);
        var opened = scheme(address).subscription(address);
        subscriptions.removeIf(Subscription::isClosed);
        subscriptions.add(opened);
        return opened;
    }

    /**
     * Makes what this URI needs without taking part, so that whoever starts the processes of a pipeline knows that they can, and no
     * process of it must outlive the others: creates the ring, or launches the media driver, which lives until {@link #close()}. Nothing
     * when it is there. Throws as {@link #publication} does.
     */
    public synchronized void provide(String uri) {
        var address = TransportUri.parse(uri);
        scheme(address).provide(address);
    }

    /** What is promised of such a URI. */
    public synchronized Set<Capability> capabilities(String uri) {
        var address = TransportUri.parse(uri);
        return scheme(address).capabilities(address);
    }

    /**
     * Removes what lies in files, the ring or the directory of the media driver that processes now gone have hosted, unless somebody has it
     * open.
     *
     * @return whether nothing is left of it
     */
    public synchronized boolean remove(String uri) {
        var address = TransportUri.parse(uri);
        return scheme(address).remove(address);
    }

    /**
     * Closes all that was opened; then the Aeron client; then the media driver, if it is this process's. Idempotent. A thread that is in a
     * call of a ring meanwhile is safe for as long as it likes; in one of Aeron, or with an open claim of it, for 20 ms, as Aeron unmaps
     * its memory then: let such threads end first.
     */
    @Override
    public synchronized void close() {
        closed = true;
        CloseHelper.closeAll(Stream.of(publications, subscriptions, schemes.values()).<AutoCloseable>flatMap(Collection::stream).toList());
    }

    private Scheme scheme(TransportUri uri) {
        if (closed) {
            throw new IllegalStateException("the transport is closed: open another");
        }
        var scheme = schemes.get(uri.scheme());
        if (scheme == null) {
            throw new IllegalArgumentException("no transport \"" + uri.scheme() + "\", expected one of " + String.join(", ",
                schemes.keySet()) + ": " + uri);
        }
        scheme.check(uri);
        return scheme;
    }
}
