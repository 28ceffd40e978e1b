package dev.slipring.transport;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code shm:broadcast}: a ring for one publisher and many subscribers, for whom it waits. Readers that may lose messages, and cost the
 * publisher nothing, are not subscriptions: they join the same ring by {@link BroadcastRing#reader}.
 */
final class BroadcastScheme extends RingScheme {
    BroadcastScheme(TransportOptions options) {
        super(options, RegionKind.BROADCAST_RING);
    }

    @Override
    public Set<Capability> capabilities(TransportUri uri) {
        return EnumSet.of(Capability.LOSSLESS, Capability.NAMES_DEATH, Capability.MANY_SUBSCRIBERS);
    }

    @Override
    void create(RegionDirectory directory, String name, RingOptions ringOptions) {
        BroadcastRing.create(directory, name, ringOptions);
    }

    @Override
    RingProducer producer(String name, Attachment attachment) {
        return BroadcastRing.producer(name, attachment);
    }

    @Override
    RingSource source(String name, Attachment attachment) {
        return RingSource.of(BroadcastRing.subscriber(name, attachment, JoinAt.latest()));
    }
}
