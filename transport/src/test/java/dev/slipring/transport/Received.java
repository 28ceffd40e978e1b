package dev.slipring.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Await;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Keeps what a subscription delivers: messages of {@link Sent}, whose every byte is checked. */
final class Received implements MessageHandler {
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();

    @Override
    public void onMessage(DirectBuffer buffer, int offset, int length) {
        int number = length < Integer.BYTES ? -1 : buffer.getInt(offset);
        for (int index = Integer.BYTES; index < length; index++) {
            if (buffer.getByte(offset + index) != Sent.filling(number, index)) {
                throw new AssertionError("message " + number + " of " + length + " bytes is damaged at " + index);
            }
        }
        numbers.add(number);
        lengths.add(length);
    }

    List<Integer> numbers() {
        return numbers;
    }

    List<Integer> lengths() {
        return lengths;
    }

    /** Polls until so many are there in all. */
    Received await(Subscription subscription, int count) {
        Await.until(count + " messages are there", () -> {
            subscription.poll(this, Math.max(1, count - numbers.size()));
            return numbers.size() >= count;
        });
        assertThat(numbers).hasSize(count);
        return this;
    }

    /** Polls until nothing more can come, and returns how that was said. */
    int drain(Subscription subscription) {
        int[] outcome = {Subscription.EMPTY};
        Await.until("the end", () -> {
            outcome[0] = subscription.poll(this, 10);
            return outcome[0] < 0;
        });
        return outcome[0];
    }
}
