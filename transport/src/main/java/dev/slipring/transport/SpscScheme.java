package dev.slipring.transport;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import java.util.EnumSet;
import java.util.Set;

/** {@code shm:spsc}: a ring for one publisher and one subscriber. */
final class SpscScheme extends RingScheme {
    SpscScheme(TransportOptions options) {
        super(options, RegionKind.SPSC_RING, ALIGNMENT);
    }

    @Override
    public Set<Capability> capabilities(TransportUri uri) {
        return EnumSet.of(Capability.LOSSLESS, Capability.DURABLE, Capability.NAMES_DEATH);
    }

    @Override
    void create(RegionDirectory directory, String name, RingOptions ringOptions) {
        SpscRing.create(directory, name, ringOptions);
    }

    @Override
    RingProducer producer(String name, Attachment attachment) {
        return SpscRing.producer(name, attachment);
    }

    @Override
    RingSource source(String name, Attachment attachment) {
        return RingSource.of(SpscRing.consumer(name, attachment, ConsumerOptions.STANDARD));
    }
}
