package dev.slipring.transport;

import dev.slipring.core.process.Await;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages that can be recognised: a number, and a filling that follows from it. */
final class Sent {
    private Sent() {
    }

    static UnsafeBuffer message(int number, int length) {
        var message = new UnsafeBuffer(new byte[Math.max(length, Integer.BYTES)]);
        message.putInt(0, number);
        for (int index = Integer.BYTES; index < length; index++) {
            message.putByte(index, filling(number, index));
        }
        return message;
    }

    static byte filling(int number, int index) {
        return (byte) (number * 31 + index);
    }

    /** Sends one, waiting for whatever has to be waited for. */
    static long offer(Publication publication, int number, int length) {
        var message = message(number, length);
        long[] position = {0};
        Await.until("message " + number + " is accepted", () -> {
            position[0] = publication.offer(message, 0, length);
            return position[0] >= 0;
        });
        return position[0];
    }

    /** Claims room, waiting for whatever has to be waited for. */
    static void claim(Publication publication, int length, Claim claim) {
        Await.until("room is claimed", () -> publication.tryClaim(length, claim) >= 0);
    }

    /** Waits until they can talk. */
    static void awaitConnected(Publication publication, Subscription subscription) {
        Await.until("publication and subscription meet", () -> publication.isConnected() && subscription.isConnected());
    }
}
