package dev.slipring.transport;

import dev.slipring.core.Waitable;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.BroadcastReader;
import dev.slipring.ring.RingConsumer;

/** What a subscription polls, whichever ring it is. */
interface RingSource extends AutoCloseable {
    /** The ring's own reader, to be waited for. */
    Waitable reader();

    /** See {@link RingConsumer#poll}. */
    int poll(BroadcastHandler handler, int limit);

    /** See {@link RingConsumer#position}. */
    long position();

    @Override
    void close();

    /** The one consumer of a ring. */
    static RingSource of(RingConsumer consumer) {
        return new RingSource() {
            @Override
            public Waitable reader() {
                return consumer;
            }

            @Override
            public int poll(BroadcastHandler handler, int limit) {
                return consumer.poll(handler, limit);
            }

            @Override
            public long position() {
                return consumer.position();
            }

            @Override
            public void close() {
                consumer.close();
            }
        };
    }

    /** A subscriber of a broadcast ring. */
    static RingSource of(BroadcastReader subscriber) {
        return new RingSource() {
            @Override
            public Waitable reader() {
                return subscriber;
            }

            @Override
            public int poll(BroadcastHandler handler, int limit) {
                return subscriber.poll(handler, limit);
            }

            @Override
            public long position() {
                return subscriber.position();
            }

            @Override
            public void close() {
                subscriber.close();
            }
        };
    }
}
