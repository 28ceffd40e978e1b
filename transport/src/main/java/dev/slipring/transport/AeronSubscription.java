package dev.slipring.transport;

import dev.slipring.core.Doorbell;
import io.aeron.ControlledFragmentAssembler;
import io.aeron.Image;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** A subscription of Aeron, with messages that came in pieces put together. */
final class AeronSubscription implements Subscription {
    private final AeronNode node;
    private final AeronEnds ends;
    private final io.aeron.Subscription subscription;
    private final ControlledFragmentAssembler assembler = new ControlledFragmentAssembler(this::onMessage);
    private final Consumer<Image> eachImage = this::onImage;
    private final ControlledFragmentHandler peeking = this::onPeek;
    private MessageHandler handler = (buffer, offset, length) -> { };
    private boolean polling;
    private boolean ready;
    private int delivered;
    private long position;
    private @Nullable Throwable failure;
    private int images;
    private int ended;
    private volatile boolean closed;

    AeronSubscription(AeronNode node, AeronEnds ends, io.aeron.Subscription subscription) {
        this.node = node;
        this.ends = ends;
        this.subscription = subscription;
    }

    @Override
    public int poll(MessageHandler newHandler, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit=" + limit + " is not 1 or more");
        }
        if (polling) {
            throw new IllegalStateException("a handler may not poll the subscription that called it");
        }
        polling = true;
        handler = newHandler;
        delivered = 0;
        try {
            int fragments;
            do {
                fragments = subscription.controlledPoll(assembler, limit);
            } while (fragments > 0 && delivered == 0); // pieces of one message
        } finally {
            polling = false;
        }
        if (failure != null) {
            throw takeFailure();
        }
        return delivered > 0 ? delivered : outcomeOfNothing();
    }

    @Override
    public boolean isReady() {
        ready = false;
        try {
            subscription.controlledPoll(peeking, 1);
            return ready || outcomeOfNothing() != EMPTY;
        } catch (TransportException e) {
            return true; // the next poll says so
        }
    }

    @Override
    public void hurry() {
        // Aeron takes its time
    }

    /** Aeron wakes nobody. */
    @Override
    public @Nullable Doorbell doorbell() {
        return null;
    }

    @Override
    public boolean isConnected() {
        lookAtImages();
        return !closed && ended < images;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        subscription.close();
    }

    /** Aeron would swallow an exception, and the message with it. After one, nothing else is taken, whoever publishes it. */
    private Action onMessage(DirectBuffer buffer, int offset, int length, Header header) {
        if (failure != null) {
            return Action.ABORT;
        }
        try {
            handler.onMessage(buffer, offset, length);
        } catch (RuntimeException | Error e) {
            failure = e;
            return Action.ABORT;
        }
        position = header.position();
        delivered++;
        return Action.CONTINUE;
    }

    private Action onPeek(DirectBuffer buffer, int offset, int length, Header header) {
        ready = true;
        return Action.ABORT;
    }

    private RuntimeException takeFailure() {
        var taken = failure;
        failure = null;
        if (taken instanceof Error error) {
            throw error;
        }
        return (RuntimeException) Objects.requireNonNull(taken);
    }

    private int outcomeOfNothing() {
        if (closed) {
            return CLOSED;
        }
        node.check();
        lookAtImages();
        if (images == 0) {
            assembler.clear(); // what publishers that are gone have left unfinished
            return ends.last();
        }
        return ended == images ? CLOSED : EMPTY;
    }

    /** In one go: Aeron's own thread adds and removes images meanwhile. */
    private void lookAtImages() {
        images = 0;
        ended = 0;
        subscription.forEachImage(eachImage);
    }

    private void onImage(Image image) {
        images++;
        if (image.isEndOfStream()) {
            ended++;
        }
    }
}
