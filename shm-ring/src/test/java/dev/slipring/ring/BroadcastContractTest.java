package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a broadcast ring promises to its callers. */
class BroadcastContractTest {
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[512]);

    @TempDir
    private Path directory;
    private Attachment attachment = Attachment.standard();

    @BeforeEach
    void create() {
        attachment = attachment.in(new RegionDirectory(directory));
        BroadcastRing.create(attachment.directory(), "ring", RingOptions.ofCapacity(4096));
    }

    @Test
    void everyReaderGetsEveryMessage() {
        try (var producer = producer(); var first = reader(JoinAt.latest()); var second = reader(JoinAt.latest())) {
            for (int i = 0; i < 10; i++) {
                producer.offer(i, BYTES, 0, i);
            }
            for (var reader : List.of(first, second)) {
                var types = new Types();
                assertThat(reader.poll(types, 100)).isEqualTo(10);
                assertThat(types.seen).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
                assertThat(reader.poll(types, 100)).isEqualTo(RingConsumer.EMPTY);
            }
        }
    }

    @Test
    void aReaderThatIsOvertakenIsToldWhichMessagesItLost() {
        try (var producer = producer(); var reader = reader(JoinAt.latest())) {
            for (int i = 0; i < 1000; i++) {
                assertThat(producer.offer(i, BYTES, 0, 8)).isPositive();
            }
            var types = new Types();
            int delivered = reader.poll(types, 1000);
            assertThat(delivered).as("at least half of the ring is left").isBetween(32, 64);
            assertThat(types.seen.getFirst()).isEqualTo("0-" + (999 - delivered));
            assertThat(types.seen.getLast()).isEqualTo("999");
        }
    }

    @Test
    void whoReadsInPlaceKnowsOnlyAfterwardsWhetherItWasWhole() {
        try (var producer = producer(); var reader = reader(JoinAt.latest())) {
            producer.offer(7, BYTES, 0, 8);
            assertThat(reader.receiveNext()).isTrue();
            assertThat(reader.type()).isEqualTo(7);
            assertThat(reader.length()).isEqualTo(8);
            for (int i = 0; i < 70; i++) {
                producer.offer(8, BYTES, 0, 8);
            }
            assertThat(reader.validate()).as("overwritten meanwhile").isFalse();
            assertThatThrownBy(reader::validate).isInstanceOf(IllegalStateException.class);
            assertThat(reader.receiveNext()).isTrue();
            assertThat(reader.validate()).isTrue();
            assertThat(reader.missed()).isEqualTo(reader.sequence()).isPositive();
        }
    }

    @Test
    void whatWasNotValidatedCountsAsLost() {
        try (var producer = producer(); var reader = reader(JoinAt.latest())) {
            for (int i = 0; i < 3; i++) {
                producer.offer(i, BYTES, 0, 8);
            }
            assertThat(reader.receiveNext()).isTrue();
            assertThat(reader.receiveNext()).isTrue();
            assertThat(reader.validate()).isTrue();
            assertThat(reader.sequence()).isEqualTo(1);
            assertThat(reader.missed()).isEqualTo(1);
            assertThat(reader.receiveNext()).isTrue();
            assertThat(reader.validate()).isTrue();
            assertThat(reader.missed()).isZero();
            assertThat(reader.receiveNext()).isFalse();
            assertThat(reader.sequence()).isEqualTo(3);
        }
    }

    @Test
    void joinsAtTheLatestTheOldestOrAGivenMessage() {
        try (var producer = producer()) {
            for (int i = 0; i < 1000; i++) {
                producer.offer(i, BYTES, 0, 8);
            }
            try (var latest = reader(JoinAt.latest()); var oldest = reader(JoinAt.oldest()); var given = reader(JoinAt.sequence(980));
                 var lost = reader(JoinAt.sequence(3)); var future = reader(JoinAt.sequence(1005))) {
                assertThat(latest.sequence()).isEqualTo(1000);
                assertThat(oldest.sequence()).isBetween(936L, 940L);
                for (int i = 1000; i < 1010; i++) {
                    producer.offer(i, BYTES, 0, 8);
                }
                assertThat(first(latest)).isEqualTo("1000");
                assertThat(first(given)).isEqualTo("980");
                assertThat(first(lost)).startsWith("3-9");
                assertThat(first(future)).isEqualTo("1005");
            }
        }
    }

    @Test
    void theLastMessagesOutliveTheProducer() {
        try (var producer = producer()) {
            for (int i = 0; i < 100; i++) {
                producer.offer(i, BYTES, 0, 8);
            }
        }
        try (var reader = reader(JoinAt.oldest())) {
            var types = new Types();
            assertThat(reader.poll(types, 1000)).isBetween(60, 64);
            assertThat(types.seen.getLast()).isEqualTo("99");
            assertThat(reader.poll(types, 1000)).isEqualTo(RingConsumer.CLOSED);
            try (var successor = producer()) {
                assertThat(successor.sequence()).isEqualTo(100);
                successor.offer(100, BYTES, 0, 8);
                assertThat(first(reader)).isEqualTo("100");
                assertThat(reader.poll(types, 1)).isEqualTo(RingConsumer.EMPTY);
            }
        }
    }

    @Test
    void theProducerWaitsForSubscribersAndNobodyElse() {
        try (var producer = producer(); var reader = reader(JoinAt.latest()); var subscriber = subscriber(JoinAt.latest())) {
            int sent = 0;
            while (producer.offer(sent, BYTES, 0, 8) > 0) {
                sent++;
            }
            assertThat(sent).isBetween(60, 64);
            assertThat(producer.tryClaim(1, 8, new Claim())).isEqualTo(MessageSink.FULL);
            assertThat(subscriber.poll(new Types(), 10)).isEqualTo(10);
            assertThat(producer.offer(sent, BYTES, 0, 8)).isPositive();
            subscriber.close();
            for (int i = 1; i < 100; i++) {
                assertThat(producer.offer(sent + i, BYTES, 0, 8)).isPositive();
            }
            assertThat(first(reader)).startsWith("0-");
        }
    }

    @Test
    void aMessageThatIsRefusedCostsNoReaderAnything() {
        try (var producer = producer(); var reader = reader(JoinAt.latest()); var subscriber = subscriber(JoinAt.latest())) {
            while (producer.offer(0, BYTES, 0, 8) > 0) {
                assertThat(subscriber.sequence()).isZero();
            }
            assertThat(producer.offer(0, BYTES, 0, 500)).isEqualTo(MessageSink.FULL);
            assertThat(reader.poll(new Types(), 100)).isEqualTo(producer.sequence());
        }
    }

    @Test
    void aSubscriberReadsInPlaceAndWhatItReadsStays() {
        try (var producer = producer(); var subscriber = subscriber(JoinAt.latest())) {
            producer.offer(7, BYTES, 0, 8);
            assertThat(subscriber.receiveNext()).isTrue();
            int sent = 0;
            while (producer.offer(8, BYTES, 0, 8) > 0) {
                sent++;
            }
            assertThat(subscriber.validate()).isTrue();
            assertThat(subscriber.poll(new Types(), 100)).isEqualTo(sent);
        }
    }

    @Test
    void aMessageWhoseHandlerThrewComesAgain() {
        try (var producer = producer(); var reader = reader(JoinAt.latest())) {
            producer.offer(1, BYTES, 0, 8);
            producer.offer(2, BYTES, 0, 8);
            var failing = new Types() {
                @Override
                public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
                    throw new IllegalArgumentException("on purpose");
                }
            };
            assertThatThrownBy(() -> reader.poll(failing, 10)).hasMessage("on purpose");
            assertThat(first(reader)).isEqualTo("1");
        }
    }

    @Test
    void refusesWhatCannotBe() {
        try (var producer = producer(); var reader = reader(JoinAt.latest())) {
            assertThat(producer.maxMessageLength()).isEqualTo(504);
            assertThat(producer.offer(1, BYTES, 0, 504)).isPositive();
            assertThatThrownBy(() -> producer.offer(1, BYTES, 0, 505)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("505").hasMessageContaining("504");
            assertThatThrownBy(() -> reader.poll(new Types(), 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> JoinAt.sequence(-1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(this::producer).isInstanceOf(dev.slipring.core.RoleTaken.class);
        }
        assertThatThrownBy(() -> BroadcastRing.create(attachment.directory(), "b", RingOptions.ofCapacity(2048)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("2048").hasMessageContaining("4096");
    }

    private RingProducer producer() {
        return BroadcastRing.producer("ring", attachment);
    }

    private BroadcastReader reader(JoinAt where) {
        return BroadcastRing.reader("ring", attachment, where);
    }

    private BroadcastReader subscriber(JoinAt where) {
        return BroadcastRing.subscriber("ring", attachment, where);
    }

    private static String first(BroadcastReader reader) {
        var types = new Types();
        assertThat(reader.poll(types, 1)).isEqualTo(1);
        return types.seen.getFirst();
    }

    /** The types of messages, and the gaps. */
    private static class Types implements BroadcastHandler {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            seen.add(Integer.toString(type));
        }

        @Override
        public void onGap(long first, long last) {
            seen.add(first + "-" + last);
        }
    }
}
