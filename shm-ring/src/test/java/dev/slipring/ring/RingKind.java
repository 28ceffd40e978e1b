package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import java.util.List;

/** The rings, and the readers of the one that has several kinds of them, by what they promise to their callers. */
enum RingKind {
    SPSC(RegionKind.SPSC_RING) {
        @Override
        void create(RegionDirectory directory, String name, RingOptions options) {
            SpscRing.create(directory, name, options);
        }

        @Override
        RingProducer producer(String name, Attachment attachment) {
            return SpscRing.producer(name, attachment);
        }

        @Override
        RingConsumer consumer(String name, Attachment attachment, ConsumerOptions options) {
            return SpscRing.consumer(name, attachment, options);
        }
    },
    MPSC(RegionKind.MPSC_RING) {
        @Override
        void create(RegionDirectory directory, String name, RingOptions options) {
            MpscRing.create(directory, name, options);
        }

        @Override
        RingProducer producer(String name, Attachment attachment) {
            return MpscRing.producer(name, attachment);
        }

        @Override
        RingConsumer consumer(String name, Attachment attachment, ConsumerOptions options) {
            return MpscRing.consumer(name, attachment, options);
        }
    },
    /** A broadcast ring with a subscriber, which the producer waits for. */
    SUBSCRIBER(RegionKind.BROADCAST_RING) {
        @Override
        RingConsumer consumer(String name, Attachment attachment, ConsumerOptions options) {
            return new SubscribedConsumer(BroadcastRing.subscriber(name, attachment, JoinAt.oldest()));
        }
    },
    /** A broadcast ring with a reader that sleeps, which the producer does not wait for. */
    READER(RegionKind.BROADCAST_RING) {
        @Override
        RingConsumer consumer(String name, Attachment attachment, ConsumerOptions options) {
            return new SubscribedConsumer(BroadcastRing.parkingReader(name, attachment, JoinAt.oldest()));
        }
    };

    /** Those that have one consumer, who can do all that a {@link RingConsumer} can. */
    static final List<RingKind> QUEUES = List.of(SPSC, MPSC);

    private final RegionKind regionKind;

    RingKind(RegionKind regionKind) {
        this.regionKind = regionKind;
    }

    RegionKind regionKind() {
        return regionKind;
    }

    /** Whether the producer waits for the consumer. */
    boolean holdsItsProducerUp() {
        return this != READER;
    }

    /** What a full ring says to who offers when its consumer has gone: a refusal, or that it was sent, as 1. */
    long outcomeWithoutConsumer() {
        return QUEUES.contains(this) ? MessageSink.NO_CONSUMER : 1;
    }

    void create(RegionDirectory directory, String name, RingOptions options) {
        BroadcastRing.create(directory, name, options);
    }

    RingProducer producer(String name, Attachment attachment) {
        return BroadcastRing.producer(name, attachment);
    }

    abstract RingConsumer consumer(String name, Attachment attachment, ConsumerOptions options);
}
