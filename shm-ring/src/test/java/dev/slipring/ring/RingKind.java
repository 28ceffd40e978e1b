package dev.slipring.ring;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;

/** The rings that keep the same promises to their callers. */
enum RingKind {
    SPSC {
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
    MPSC {
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
    };

    abstract void create(RegionDirectory directory, String name, RingOptions options);

    abstract RingProducer producer(String name, Attachment attachment);

    abstract RingConsumer consumer(String name, Attachment attachment, ConsumerOptions options);
}
