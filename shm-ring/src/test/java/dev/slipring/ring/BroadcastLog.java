package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.DirectBuffer;

/** Takes what a reader gets; every message must be right, and messages and gaps must follow each other without a hole or an overlap. */
final class BroadcastLog implements BroadcastHandler {
    private final RingView view;
    private long next;
    private long delivered;
    private long lost;

    BroadcastLog(RingView view) {
        this.view = view;
        next = view.sequence();
    }

    @Override
    public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
        assertThat(view.sequence()).isEqualTo(next);
        Message.read(next, type, buffer, offset, length);
        next++;
        delivered++;
    }

    @Override
    public void onGap(long first, long last) {
        assertThat(first).isEqualTo(next);
        assertThat(last).isGreaterThanOrEqualTo(first);
        lost += last - first + 1;
        next = last + 1;
    }

    /** Reads one message in place, as only the reader of a broadcast ring can. */
    void receiveNext() {
        var reader = (BroadcastReader) view;
        if (reader.receiveNext()) {
            long sequence = reader.sequence();
            if (reader.validate()) {
                if (reader.missed() > 0) {
                    onGap(sequence - reader.missed(), sequence - 1);
                }
                onMessage(reader.type(), reader.buffer(), reader.offset(), reader.length());
            }
        }
    }

    /** The sequence that is due. */
    long next() {
        return next;
    }

    long delivered() {
        return delivered;
    }

    long lost() {
        return lost;
    }
}
