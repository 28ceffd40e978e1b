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
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/** {@code shm:spsc}: a ring for one publisher and one subscriber. */
final class SpscScheme implements Scheme {
    private static final String NAME = "name";
    private static final String CAPACITY = "capacity";
    private static final String ALIGNMENT = "alignment";
    private static final String DIRECTORY = "dir";
    private static final Set<String> PARAMETERS = new TreeSet<>(Set.of(NAME, CAPACITY, ALIGNMENT, DIRECTORY));
    private static final int DEFAULT_CAPACITY = 1 << 20;
    private static final int DEFAULT_ALIGNMENT = 64;
    /** A ring that is removed as soon as it is made, again and again, is not to be had. */
    private static final int ATTEMPTS = 16;

    private final TransportOptions options;

    SpscScheme(TransportOptions options) {
        this.options = options;
    }

    @Override
    public Set<Capability> capabilities(TransportUri uri) {
        return EnumSet.of(Capability.LOSSLESS, Capability.DURABLE, Capability.NAMES_DEATH);
    }

    @Override
    public void check(TransportUri uri) {
        uri.requireOnly(PARAMETERS);
        directory(uri).file(uri.require(NAME));
        ringOptions(uri);
    }

    @Override
    public void provide(TransportUri uri) {
        createIfMissing(uri);
        try (var watch = watch(uri)) {
            requireAsAsked(uri, watch.header());
        }
    }

    @Override
    public Publication publication(TransportUri uri) {
        var producer = createOrAttach(uri, () -> SpscRing.producer(uri.require(NAME), attachment(uri)));
        return new RingPublication(producer, peers(uri, producer, Role.CONSUMER));
    }

    @Override
    public Subscription subscription(TransportUri uri) {
        var consumer = createOrAttach(uri, () -> SpscRing.consumer(uri.require(NAME), attachment(uri), ConsumerOptions.STANDARD));
        return new RingSubscription(consumer, peers(uri, consumer, Role.PRODUCER));
    }

    @Override
    public boolean remove(TransportUri uri) {
        try {
            SpscRing.remove(directory(uri), uri.require(NAME));
            return true;
        } catch (RegionNotFound e) {
            return true;
        } catch (RoleTaken e) {
            return false;
        }
    }

    @Override
    public void close() {
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
            SpscRing.create(directory(uri), uri.require(NAME), ringOptions(uri));
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
    }

    private static void requireSame(TransportUri uri, String parameter, long found) {
        if (uri.get(parameter) != null && uri.bytes(parameter, 0) != found) {
            throw new ChannelMismatch("expected " + parameter + "=" + uri.get(parameter) + ", as " + uri + " says, found a ring with "
                + found + ", which its creator decided: leave the parameter out, or remove the ring");
        }
    }

    private Region watch(TransportUri uri) {
        return Region.watch(uri.require(NAME), RegionKind.SPSC_RING, attachment(uri));
    }

    private RingOptions ringOptions(TransportUri uri) {
        return RingOptions.ofCapacity(uri.bytes(CAPACITY, DEFAULT_CAPACITY)).alignedTo(uri.bytes(ALIGNMENT, DEFAULT_ALIGNMENT))
            .with(options.schema());
    }

    private RegionDirectory directory(TransportUri uri) {
        var chosen = uri.get(DIRECTORY);
        return chosen == null ? options.directory() : new RegionDirectory(Path.of(chosen));
    }

    private Attachment attachment(TransportUri uri) {
        return Attachment.standard().in(directory(uri)).with(options.schema()).as(options.participant());
    }
}
