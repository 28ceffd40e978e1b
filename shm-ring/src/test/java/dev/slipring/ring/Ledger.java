package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What several producers sent and what arrived, to the message. The messages of one flow are numbered on from {@code flow * }
 * {@value #FLOW}; their type says their number.
 */
final class Ledger {
    private static final long FLOW = 1_000_000;

    private final Map<Integer, Long> made = new HashMap<>();
    private final Set<Long> sent = new HashSet<>();
    private List<Long> uncertain = List.of();
    private final SortedMap<Long, Long> delivered = new TreeMap<>();

    /** The next message of that flow. */
    Message next(int flow, int length) {
        return new Message(flow * FLOW + made.merge(flow, 1L, Long::sum), length);
    }

    /** Their sending returned. */
    void sent(Message... messages) {
        for (var message : messages) {
            sent.add(message.number());
        }
        uncertain = List.of();
    }

    /** Their sending is about to begin: all of them, or none. */
    void sending(Message... messages) {
        uncertain = List.of(messages).stream().map(Message::number).toList();
    }

    /** Sends one, if there is room; what is sent this way is certain. */
    void offer(RingProducer producer, int flow, int length) {
        long number = made.merge(flow, 0L, Long::sum);
        var message = new Message(flow * FLOW + number + 1, length);
        if (producer.offer(message.type(), message.bytes(), 0, length) > 0) {
            made.put(flow, number + 1);
            sent.add(message.number());
        }
    }

    /** Takes the messages of that consumer. What comes again must be the same, and where it was. */
    MessageHandler of(RingConsumer consumer) {
        return (type, buffer, offset, length) -> {
            Message.read(type, type, buffer, offset, length);
            Long before = delivered.put(consumer.position(), (long) type);
            assertThat(before).as("what was delivered at %d", consumer.position()).isIn(null, (long) type);
        };
    }

    /** Everything that was sent has arrived, once, in each flow's order; of what is uncertain, all or nothing; and nothing else. */
    void close() {
        var arrived = new ArrayList<>(delivered.values());
        assertThat(arrived).doesNotHaveDuplicates().containsAll(sent);
        var others = new ArrayList<>(arrived);
        others.removeAll(sent);
        assertThat(others).as("beyond the %d that were sent", sent.size()).isIn(List.of(), uncertain);
        var last = new HashMap<Long, Long>();
        for (long number : arrived) {
            Long before = last.put(number / FLOW, number);
            assertThat(before == null || before < number).as("%d after %d", number, before).isTrue();
        }
    }
}
