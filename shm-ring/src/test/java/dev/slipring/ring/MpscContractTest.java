package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sets an MPSC ring apart; what all rings promise is in {@link RingContractTest}. */
class MpscContractTest {
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);

    @TempDir
    private Path directory;

    @Test
    void theOrderIsThatOfTheClaimsWhoeverCommitsFirst() {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(1024));
        var types = new ArrayList<Integer>();
        try (var first = ring.producer(); var second = ring.producer(); var consumer = ring.consumer()) {
            var claim = new Claim();
            first.tryClaim(1, 8, claim);
            assertThat(second.offer(2, BYTES, 0, 100)).isPositive();
            assertThat(consumer.poll((type, b, o, l) -> types.add(type), 5)).as("held up by the claim").isEqualTo(RingConsumer.EMPTY);
            claim.commit();
            assertThat(consumer.poll((type, b, o, l) -> types.add(type), 5)).isEqualTo(2);
        }
        assertThat(types).containsExactly(1, 2);
    }

    @Test
    void anAbandonedClaimEndsWithItsProducer() {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(1024));
        try (var second = ring.producer(); var consumer = ring.consumer()) {
            var first = ring.producer();
            first.tryClaim(1, 8, new Claim());
            assertThat(second.offer(2, BYTES, 0, 8)).isPositive();
            for (int i = 0; i < 5000; i++) {
                assertThat(consumer.poll(IGNORE, 1)).as("its owner lives").isEqualTo(RingConsumer.EMPTY);
            }
            first.close();
            int polls = 0;
            while (consumer.poll(IGNORE, 1) != 1) {
                assertThat(++polls).isLessThan(100_000_000);
            }
        }
    }

    @Test
    void aClaimHeldOpenFillsTheRingForTheOthersAndLosesNothing() {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(1024));
        var types = new ArrayList<Integer>();
        try (var first = ring.producer(); var second = ring.producer(); var consumer = ring.consumer()) {
            var claim = new Claim();
            first.tryClaim(1, 8, claim);
            int sent = 0;
            while (second.offer(2, BYTES, 0, 8) > 0) {
                sent++;
            }
            assertThat(sent).isEqualTo(15);
            assertThat(consumer.poll(IGNORE, 100)).isEqualTo(RingConsumer.EMPTY);
            claim.commit();
            assertThat(consumer.poll((type, b, o, l) -> types.add(type), 100)).isEqualTo(16);
            assertThat(second.offer(2, BYTES, 0, 8)).isPositive();
        }
        assertThat(types.getFirst()).isEqualTo(1);
    }

    @Test
    void aBatchIsSideBySideAndLeavesWhenThereIsRoom() {
        var ring = TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(1024));
        var types = new ArrayList<Integer>();
        try (var first = ring.producer(); var second = ring.producer(); var consumer = ring.consumer()) {
            try (var batch = first.batch()) {
                assertThat(batch.offer(1, BYTES, 0, 8)).isPositive();
                assertThat(second.offer(9, BYTES, 0, 8)).isPositive();
                var claim = new Claim();
                assertThat(batch.tryClaim(2, 30, claim)).isPositive();
                claim.commit(5);
                assertThat(batch.offer(3, BYTES, 0, 128)).as("longer than the longest message").isEqualTo(MessageSink.FULL);
                while (second.offer(9, BYTES, 0, 8) > 0) {
                    assertThat(second.sequence()).isPositive();
                }
                assertThat(batch.publish()).isEqualTo(MessageSink.FULL);
                assertThat(consumer.poll(IGNORE, 16)).isEqualTo(16);
                assertThat(batch.publish()).isPositive();
                second.offer(9, BYTES, 0, 8);
                assertThat(batch.publish()).as("nothing").isEqualTo(first.position());
            }
            assertThat(first.sequence()).isEqualTo(2);
            consumer.poll((type, b, o, length) -> types.addAll(List.of(type, length)), 5);
        }
        assertThat(types).containsExactly(1, 8, 2, 5, 9, 8);
    }

    @Test
    void producersShareNoCacheLine() {
        assertThatThrownBy(() -> TestRing.create(RingKind.MPSC, directory, RingOptions.ofCapacity(1024).alignedTo(8)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("recordAlignment=8");
    }
}
