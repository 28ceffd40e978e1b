package dev.slipring.transport;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import java.util.EnumSet;
import java.util.Set;

/** {@code shm:mpsc}: a ring for many publishers and one subscriber. */
final class MpscScheme extends RingScheme {
    MpscScheme(TransportOptions options) {
        super(options, RegionKind.MPSC_RING);
    }

    @Override
    public Set<Capability> capabilities(TransportUri uri) {
        return EnumSet.of(Capability.LOSSLESS, Capability.DURABLE, Capability.NAMES_DEATH, Capability.MANY_PUBLISHERS);
    }

    @Override
    void create(RegionDirectory directory, String name, RingOptions ringOptions) {
        MpscRing.create(directory, name, ringOptions);
    }

    @Override
    RingProducer producer(String name, Attachment attachment) {
        return MpscRing.producer(name, attachment);
    }

    @Override
    RingSource source(String name, Attachment attachment) {
        return RingSource.of(MpscRing.consumer(name, attachment, ConsumerOptions.STANDARD));
    }
}
