package dev.slipring.ring;

import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Reads several flows from one ring, in one life of its consumer: each in order, each message whole, and new or one that comes again. */
final class FlowReader {
    private final RingConsumer consumer;
    private final FlowLog[] flows;
    private final long[] last;
    private final Tally tally;
    private final long cameAgainUntil;

    FlowReader(RingConsumer consumer, Path directory, int flows) {
        this.consumer = consumer;
        this.flows = new FlowLog[flows];
        for (int flow = 0; flow < flows; flow++) {
            this.flows[flow] = new FlowLog(directory, flow);
        }
        last = new long[flows];
        tally = new Tally(directory.resolve("consumer"));
        cameAgainUntil = tally.delivered();
        if (consumer.position() < tally.released()) {
            throw new AssertionError("released up to " + tally.released() + ", resumed at " + consumer.position());
        }
    }

    /** As {@link RingConsumer#poll}. */
    int poll(int limit) {
        int outcome = consumer.poll(this::receive, limit);
        tally.released(consumer.position());
        return outcome;
    }

    private void receive(int type, DirectBuffer buffer, int offset, int length) {
        int flow = type % flows.length;
        long number = type / flows.length;
        Message.read(type, type, buffer, offset, length);
        boolean again = flows[flow].isDelivered(number);
        long before = again ? last[flow] : flows[flow].lastDelivered();
        if (number <= before || (again && consumer.position() >= cameAgainUntil)) {
            throw new AssertionError("flow " + flow + ": " + number + " after " + before + (again ? ", again, at " + consumer.position()
                + " with all delivered up to " + cameAgainUntil : ""));
        }
        last[flow] = number;
        tally.delivered(Math.max(tally.delivered(), consumer.position() + 1));
        flows[flow].delivered(number);
    }
}
