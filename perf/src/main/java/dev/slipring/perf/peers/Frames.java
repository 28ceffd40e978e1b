package dev.slipring.perf.peers;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.frame.ConsumerPolicy;
import dev.slipring.frame.Delivery;
import dev.slipring.frame.FrameConsumer;
import dev.slipring.frame.FrameFormat;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.FrameProducer;
import dev.slipring.frame.Lease;
import dev.slipring.frame.Loan;
import dev.slipring.frame.PoolOptions;
import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.PerDirection;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import dev.slipring.perf.candidate.Wire;
import org.agrona.MutableDirectBuffer;

/** Our frame pool, with a lossless consumer: messages are written in place and read in place. */
final class Frames implements PerDirection {
    private static final String FOUR_CC = "NONE";
    private static final int QUEUED = 8;
    /** And one that is leased, and one that is being written. */
    private static final int FRAMES = QUEUED + 2;

    @Override
    public String name() {
        return "frames";
    }

    @Override
    public Kind kind() {
        return Kind.SHARED_MEMORY;
    }

    @Override
    public Preparation create(Wire wire) {
        FramePool.create(new RegionDirectory(wire.directory()), wire.name(), PoolOptions.of(FRAMES, wire.length()));
        return Preparation.NOTHING;
    }

    @Override
    public Outlet outlet(Wire wire) {
        return new Writing(FramePool.producer(wire.name(), attachment(wire)), wire.length());
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        return new Reading(FramePool.consumer(wire.name(), attachment(wire), ConsumerPolicy.lossless(QUEUED)), receiver);
    }

    private static Attachment attachment(Wire wire) {
        return Attachment.standard().in(new RegionDirectory(wire.directory()));
    }

    private static final class Writing implements Outlet {
        private final FrameProducer producer;
        private final FrameFormat format;
        private final Loan loan = new Loan();

        Writing(FrameProducer producer, int length) {
            this.producer = producer;
            format = FrameFormat.compressed(FOUR_CC, 1, 1, length);
        }

        @Override
        public int claim(int length) {
            return producer.tryLoan(format, loan) ? 0 : NO_ROOM;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return loan.buffer();
        }

        @Override
        public void commit() {
            loan.publish();
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    private static final class Reading implements Inlet {
        private final FrameConsumer consumer;
        private final Receiver receiver;
        private final Lease lease = new Lease();

        Reading(FrameConsumer consumer, Receiver receiver) {
            this.consumer = consumer;
            this.receiver = receiver;
        }

        @Override
        public void poll(int limit) {
            for (int taken = 0; taken < limit && consumer.next(lease) == Delivery.FRAME; taken++) {
                try (lease) {
                    receiver.onMessage(lease.buffer(), 0, lease.bytes());
                }
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
