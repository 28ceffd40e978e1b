package dev.slipring.perf.peers;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.PerDirection;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import dev.slipring.perf.candidate.Wire;
import dev.slipring.ring.Batch;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.BroadcastReader;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.Claim;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Ours.
 *
 * @param name      as in {@code --candidates}
 * @param ring      which
 * @param alignment of its records
 * @param batch     messages per publish; more than 1 makes sense in a flood only
 */
record Slipring(String name, Ring ring, int alignment, int batch) implements PerDirection {
    private static final int TYPE = 1;

    /**
     * Our rings, and how they are made and attached to.
     *
     * @param lossy whether the producer goes on when the receiver is too slow
     */
    record Ring(Creating creating, Producing producing, Receiving receiving, boolean lossy) {
        static final Ring SPSC = new Ring(SpscRing::create, SpscRing::producer, (name, attachment, receiver) ->
            new Polled(SpscRing.consumer(name, attachment, ConsumerOptions.STANDARD), receiver), false);
        static final Ring MPSC = new Ring(MpscRing::create, MpscRing::producer, (name, attachment, receiver) ->
            new Polled(MpscRing.consumer(name, attachment, ConsumerOptions.STANDARD), receiver), false);
        static final Ring BROADCAST = new Ring(BroadcastRing::create, BroadcastRing::producer, (name, attachment, receiver) ->
            new Broadcast(BroadcastRing.reader(name, attachment, JoinAt.latest()), receiver), true);
        static final Ring GATED = new Ring(BroadcastRing::create, BroadcastRing::producer, (name, attachment, receiver) ->
            new Broadcast(BroadcastRing.subscriber(name, attachment, JoinAt.latest()), receiver), false);
    }

    private interface Creating {
        void create(RegionDirectory directory, String name, RingOptions options);
    }

    private interface Producing {
        RingProducer producer(String name, Attachment attachment);
    }

    private interface Receiving {
        Inlet inlet(String name, Attachment attachment, Receiver receiver);
    }

    @Override
    public boolean lossy() {
        return ring.lossy;
    }

    @Override
    public Kind kind() {
        return Kind.SHARED_MEMORY;
    }

    @Override
    public @Nullable String refusal(Mode mode, int size) {
        return batch == 1 || mode == Mode.FLOOD ? null : "messages come in batches in a flood only";
    }

    @Override
    public Preparation create(Wire wire) {
        ring.creating.create(new RegionDirectory(wire.directory()), wire.name(),
            RingOptions.ofCapacity(wire.capacity()).alignedTo(alignment));
        return Preparation.NOTHING;
    }

    @Override
    public Outlet outlet(Wire wire) {
        var producer = ring.producing.producer(wire.name(), attachment(wire));
        return batch == 1 ? new OneByOne(producer) : new Batched(producer, batch);
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        return ring.receiving.inlet(wire.name(), attachment(wire), receiver);
    }

    private static Attachment attachment(Wire wire) {
        return Attachment.standard().in(new RegionDirectory(wire.directory()));
    }

    private static final class OneByOne implements Outlet {
        private final RingProducer producer;
        private final Claim claim = new Claim();

        OneByOne(RingProducer producer) {
            this.producer = producer;
        }

        @Override
        public int claim(int length) {
            return producer.tryClaim(TYPE, length, claim) < 0 ? NO_ROOM : 0;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return claim.buffer();
        }

        @Override
        public void commit() {
            claim.commit();
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    private static final class Batched implements Outlet {
        private final RingProducer producer;
        private final Batch messages;
        private final int size;
        private final Claim claim = new Claim();
        private int held;

        Batched(RingProducer producer, int size) {
            this.producer = producer;
            this.size = size;
            messages = producer.batch();
        }

        @Override
        public int claim(int length) {
            if (messages.tryClaim(TYPE, length, claim) >= 0) {
                return 0;
            }
            flush(); // the receiver cannot make room for what it has not been given
            return NO_ROOM;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return claim.buffer();
        }

        @Override
        public void commit() {
            claim.commit();
            if (++held == size) {
                flush();
            }
        }

        @Override
        public void flush() {
            if (held > 0) {
                while (messages.publish() < 0) { // on a ring of many producers it may have to wait for room
                    Thread.onSpinWait();
                }
                held = 0;
            }
        }

        @Override
        public void close() {
            messages.close();
            producer.close();
        }
    }

    private static final class Polled implements Inlet {
        private final RingConsumer consumer;
        private final MessageHandler handler;

        Polled(RingConsumer consumer, Receiver receiver) {
            this.consumer = consumer;
            handler = (type, buffer, offset, length) -> receiver.onMessage(buffer, offset, length);
        }

        @Override
        public void poll(int limit) {
            consumer.poll(handler, limit);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    private static final class Broadcast implements Inlet, BroadcastHandler {
        private final BroadcastReader reader;
        private final Receiver receiver;

        Broadcast(BroadcastReader reader, Receiver receiver) {
            this.reader = reader;
            this.receiver = receiver;
        }

        @Override
        public void poll(int limit) {
            reader.poll(this, limit);
        }

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            receiver.onMessage(buffer, offset, length);
        }

        @Override
        public void onGap(long first, long last) {
            // the loop counts what is missing, as it does for everybody
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
