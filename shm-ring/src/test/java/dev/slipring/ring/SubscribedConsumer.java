package dev.slipring.ring;

import dev.slipring.core.Doorbell;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/** A reader of a broadcast ring that must lose nothing, so that it can be where a consumer is. It neither peeks nor is controlled. */
record SubscribedConsumer(BroadcastReader reader) implements RingConsumer {
    @Override
    public int poll(MessageHandler handler, int limit) {
        return reader.poll(new Lossless(handler), limit);
    }

    @Override
    public int poll(MessageHandler handler, int limit, long timeoutNs) throws InterruptedException {
        return reader.poll(new Lossless(handler), limit, timeoutNs);
    }

    @Override
    public int poll(MessageHandler handler, int limit, long timeoutNs, IdleStrategy idleStrategy) throws InterruptedException {
        return reader.poll(new Lossless(handler), limit, timeoutNs, idleStrategy);
    }

    @Override
    public int controlledPoll(ControlledMessageHandler handler, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int peek(MessageHandler handler, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        return reader.position();
    }

    @Override
    public long sequence() {
        return reader.sequence();
    }

    @Override
    public boolean isReady() {
        return reader.isReady();
    }

    @Override
    public void hurry() {
        reader.hurry();
    }

    @Override
    public @Nullable Doorbell doorbell() {
        return reader.doorbell();
    }

    @Override
    public void close() {
        reader.close();
    }

    private record Lossless(MessageHandler handler) implements BroadcastHandler {
        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            handler.onMessage(type, buffer, offset, length);
        }

        @Override
        public void onGap(long first, long last) {
            throw new AssertionError("lost " + first + " to " + last);
        }
    }
}
