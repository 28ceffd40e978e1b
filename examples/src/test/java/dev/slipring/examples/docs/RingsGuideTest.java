package dev.slipring.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.BroadcastReader;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.Claim;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/rings.md. */
class RingsGuideTest {
    private static final int ORDER = 1;

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @BeforeEach
    void chooseDirectory() {
        System.setProperty("slipring.dir", directory.toString());
    }

    @AfterEach
    void forgetDirectory() {
        System.clearProperty("slipring.dir");
    }

    static boolean send(RingProducer orders, Claim claim, long id, long quantity) {
        if (orders.tryClaim(ORDER, 16, claim) < 0) {                  // FULL, NO_CONSUMER or SEALED: nothing was sent
            return false;
        }
        try (claim) {                                                 // leaving without commit gives the room back
            claim.buffer().putLong(0, id);
            claim.buffer().putLong(8, quantity);
            claim.commit();                                           // or commit(length), when it became shorter
        }
        return true;
    }

    static long sendTogether(RingProducer orders, UnsafeBuffer first, UnsafeBuffer second) {
        try (var batch = orders.batch()) {
            if (batch.offer(ORDER, first, 0, first.capacity()) < 0 || batch.offer(ORDER, second, 0, second.capacity()) < 0) {
                return RingProducer.FULL;                             // leaving without publish discards both
            }
            return batch.publish();                                   // both become visible, or, if it dies here, neither
        }
    }

    static boolean work(RingConsumer orders, MessageHandler handler) {
        return switch (orders.poll(handler, 100)) {
            case RingConsumer.EMPTY -> true;                          // spin, sleep, or do something else
            case RingConsumer.CLOSED, RingConsumer.PRODUCER_DEAD -> true; // a new producer reopens the flow; wait for it, or leave
            case RingConsumer.END_OF_STREAM -> false;                 // sealed: there never will be more
            default -> true;                                          // so many were delivered
        };
    }

    static void follow(BroadcastReader trades, List<String> log) {
        trades.poll(new BroadcastHandler() {
            @Override
            public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
                log.add("trade " + buffer.getLong(offset));           // a whole copy: the producer may be overwriting the original
            }

            @Override
            public void onGap(long first, long last) {
                log.add("lost " + first + " to " + last);             // exactly these; called right before the message behind them
            }
        }, 100);
    }

    @Test
    void ordersAreSentOneByOneAndTogether() {
        MpscRing.create("orders", RingOptions.ofCapacity(1 << 16));
        var ids = new ArrayList<Long>();
        MessageHandler handler = (type, buffer, offset, length) -> ids.add(buffer.getLong(offset));
        try (var producer = MpscRing.producer("orders"); var consumer = MpscRing.consumer("orders")) {
            assertThat(send(producer, new Claim(), 1, 10)).isTrue();
            assertThat(sendTogether(producer, order(2), order(3))).isPositive();
            assertThat(work(consumer, handler)).isTrue();
            producer.seal();
            assertThat(work(consumer, handler)).isFalse();
        }
        assertThat(ids).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aFullRingRefuses() {
        SpscRing.create("orders", RingOptions.ofCapacity(1024));
        try (var producer = SpscRing.producer("orders")) {
            var claim = new Claim();
            while (send(producer, claim, 1, 10)) {
                assertThat(producer.sequence()).isLessThan(1024 / 64);
            }
        }
    }

    @Test
    void lossesAreTold() {
        BroadcastRing.create("trades", RingOptions.ofCapacity(4096));
        var log = new ArrayList<String>();
        try (var producer = BroadcastRing.producer("trades"); var reader = BroadcastRing.reader("trades")) {
            for (int i = 0; i < 1000; i++) {
                producer.offer(ORDER, order(i), 0, 8);
            }
            follow(reader, log);
        }
        assertThat(log.getFirst()).startsWith("lost 0 to 9");
        assertThat(log).contains("trade 999");
    }

    private static UnsafeBuffer order(long id) {
        var order = new UnsafeBuffer(new byte[16]);
        order.putLong(0, id);
        return order;
    }
}
