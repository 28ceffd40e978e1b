package dev.slipring.transport;

import dev.slipring.core.Attachment;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionExists;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionKind;
import dev.slipring.core.RegionNotFound;
import dev.slipring.core.Role;
import dev.slipring.core.RoleTaken;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/** {@code shm:…}: a ring, created by whoever comes first. What kind of ring, its subclasses say. */
abstract sealed class RingScheme implements Scheme permits SpscScheme, MpscScheme, BroadcastScheme {
    private static final String NAME = "name";
    private static final String CAPACITY = "capacity";
    static final String ALIGNMENT = "alignment";
    private static final String DIRECTORY = "dir";
    private static final String PARKING = "parking";
    private static final int DEFAULT_CAPACITY = 1 << 20;
    private static final int DEFAULT_ALIGNMENT = 64;
    /** A ring that is removed as soon as it is made, again and again, is not to be had. */
    private static final int ATTEMPTS = 16;

    private final TransportOptions options;
    private final RegionKind kind;
    private final Set<String> parameters = new TreeSet<>(Set.of(NAME, CAPACITY, DIRECTORY, PARKING));

    /** With these parameters besides those of every ring. */
    RingScheme(TransportOptions options, RegionKind kind, String... own) {
        this.options = options;
        this.kind = kind;
        parameters.addAll(List.of(own));
    }

    abstract void create(RegionDirectory directory, String name, RingOptions ringOptions);

    abstract RingProducer producer(String name, Attachment attachment);

    abstract RingSource source(String name, Attachment attachment);

    @Override
    public final void check(TransportUri uri) {
        uri.requireOnly(parameters);
        directory(uri).file(uri.require(NAME));
        ringOptions(uri);
    }

    @Override
    public final void provide(TransportUri uri) {
        createIfMissing(uri);
        try (var watch = watch(uri)) {
            requireAsAsked(uri, watch.header());
        }
    }

    @Override
    public final Publication publication(TransportUri uri) {
        var producer = createOrAttach(uri, () -> producer(uri.require(NAME), attachment(uri)));
        return new RingPublication(producer, peers(uri, producer, Role.CONSUMER), capabilities(uri).contains(Capability.DURABLE));
    }

    @Override
    public final Subscription subscription(TransportUri uri) {
        var source = createOrAttach(uri, () -> source(uri.require(NAME), attachment(uri)));
        return new RingSubscription(source, peers(uri, source, Role.PRODUCER));
    }

    @Override
    public final boolean remove(TransportUri uri) {
        try {
            Region.remove(directory(uri), uri.require(NAME));
            return true;
        } catch (RegionNotFound e) {
            return true;
        } catch (RoleTaken e) {
            return false;
        }
    }

    @Override
    public final void close() {
        // a ring belongs to nobody
    }

    /** Creating is atomic and attaching never creates, so whichever of two processes is first, both come to the same ring. */
    private <T> T createOrAttach(TransportUri uri, Supplier<T> attach) {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return attach.get();
            } catch (RegionNotFound e) {
                createIfMissing(uri);
            }
        }
        return attach.get();
    }

    private void createIfMissing(TransportUri uri) {
        try {
            create(directory(uri), uri.require(NAME), ringOptions(uri));
        } catch (RegionExists e) {
            return; // by somebody who came before
        }
    }

    /** Looks on at the ring that was attached to, and at whether it is as the URI says; whoever created it has decided. */
    private RingPeers peers(TransportUri uri, AutoCloseable side, Role peer) {
        Region watch = null;
        try {
            watch = watch(uri);
            requireAsAsked(uri, watch.header());
            return new RingPeers(watch, peer);
        } catch (Throwable e) {
            CloseHelper.quietCloseAll(watch, side);
            throw e;
        }
    }

    private static void requireAsAsked(TransportUri uri, RegionHeader header) {
        requireSame(uri, CAPACITY, header.capacity());
        requireSame(uri, ALIGNMENT, header.recordAlignment());
        if (uri.get(PARKING) != null && parking(uri) != header.parking()) {
            throw mismatch(uri, PARKING, Boolean.toString(header.parking()));
        }
    }

    private static void requireSame(TransportUri uri, String parameter, long found) {
        if (uri.get(parameter) != null && uri.bytes(parameter, 0) != found) {
            throw mismatch(uri, parameter, Long.toString(found));
        }
    }

    private static ChannelMismatch mismatch(TransportUri uri, String parameter, String found) {
        return new ChannelMismatch("expected " + parameter + "=" + uri.get(parameter) + ", as " + uri + " says, found a ring with "
            + found + ", which its creator decided: leave the parameter out, or remove the ring");
    }

    private Region watch(TransportUri uri) {
        return Region.watch(uri.require(NAME), kind, attachment(uri));
    }

    private RingOptions ringOptions(TransportUri uri) {
        var ringOptions = RingOptions.ofCapacity(uri.bytes(CAPACITY, DEFAULT_CAPACITY))
            .alignedTo(uri.bytes(ALIGNMENT, DEFAULT_ALIGNMENT)).with(options.schema());
        return parking(uri) ? ringOptions.withParking() : ringOptions;
    }

    private static boolean parking(TransportUri uri) {
        var value = uri.get(PARKING, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(PARKING + "=" + value + " in " + uri + " is neither true nor false");
        }
        return value.equals("true");
    }

    private RegionDirectory directory(TransportUri uri) {
        var chosen = uri.get(DIRECTORY);
        return chosen == null ? options.directory() : new RegionDirectory(Path.of(chosen));
    }

    private Attachment attachment(TransportUri uri) {
        return Attachment.standard().in(directory(uri)).with(options.schema()).as(options.participant()).with(options.spinning());
    }
}
