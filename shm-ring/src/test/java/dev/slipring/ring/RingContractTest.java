package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionIncompatible;
import dev.slipring.core.RegionNotFound;
import dev.slipring.core.RoleTaken;
import dev.slipring.core.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers may rely on, one sentence each. */
@ParameterizedClass
@EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
class RingContractTest {
    private final RingKind kind;

    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };

    @TempDir
    private Path directory;
    private TestRing ring;

    RingContractTest(RingKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void createRing() {
        ring = TestRing.create(kind, directory, RingOptions.ofCapacity(1024).with(new Schema(7, 3, 2)));
    }

    @Test
    void aSecondConsumerIsToldWhoTheFirstIs() {
        try (var first = ring.consumer()) {
            assertThatThrownBy(ring::consumer).isInstanceOf(RoleTaken.class).hasMessageContaining("CONSUMER");
            assertThat(first.poll(IGNORE, 1)).isEqualTo(RingConsumer.EMPTY);
        }
        ring.consumer().close();
    }

    @Test
    void anotherSchemaIsRefusedWithBothNamed() {
        var other = Attachment.standard().in(ring.directory()).with(new Schema(8, 3, 0));
        assertThatThrownBy(() -> kind.producer("ring", other)).isInstanceOf(RegionIncompatible.class)
            .hasMessageContaining("id 7").hasMessageContaining("id 8");
        var old = other.with(new Schema(7, 1, 0));
        assertThatThrownBy(() -> kind.producer("ring", old)).isInstanceOf(RegionIncompatible.class)
            .hasMessageContaining("readers from version 2").hasMessageContaining("version 1");
        kind.producer("ring", other.with(new Schema(7, 2, 0))).close();
    }

    @Test
    void aRingThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> kind.consumer("absent", Attachment.standard().in(ring.directory()), ConsumerOptions.STANDARD))
            .isInstanceOf(RegionNotFound.class).hasMessageContaining("absent").hasMessageContaining("create");
    }

    @Test
    void badArgumentsLeaveNoClaimBehind() {
        var source = new UnsafeBuffer(new byte[16]);
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            assertThatThrownBy(() -> producer.offer(1, source, 10, 8)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> producer.offer(-1, source, 0, 8)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> producer.offer(1, source, 0, -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> producer.tryClaim(1, 129, new Claim())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("129").hasMessageContaining("128");
            assertThatThrownBy(() -> consumer.poll(IGNORE, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThat(producer.offer(1, source, 0, 16)).isPositive();
            assertThat(consumer.poll(IGNORE, 10)).isEqualTo(1);
        }
        assertThatThrownBy(() -> RingOptions.ofCapacity(1000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RingOptions.ofCapacity(512)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kind.create(ring.directory(), "other", RingOptions.ofCapacity(1024).startingAt(5)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("5");
    }

    @Test
    void aClaimCanBeUsedOnceAndReachesNothingOutside() {
        try (var producer = ring.producer()) {
            var claim = new Claim();
            assertThatThrownBy(claim::commit).isInstanceOf(IllegalStateException.class);
            producer.tryClaim(1, 24, claim);
            assertThatThrownBy(() -> claim.buffer().putLong(24, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> claim.buffer().putLong(-8, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> claim.commit(25)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> producer.tryClaim(1, 8, new Claim())).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(producer::batch).isInstanceOf(IllegalStateException.class);
            claim.commit();
            assertThatThrownBy(claim::commit).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(claim::abort).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(claim::buffer).as("it is the ring's again").isInstanceOf(IllegalStateException.class);
            claim.close();
            assertThat(producer.sequence()).isEqualTo(1);
        }
    }

    @Test
    void aFullRingRefusesUntilTheConsumerHasRead() {
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            int count = 0;
            while (producer.offer(1, new UnsafeBuffer(new byte[100]), 0, 100) > 0) {
                count++;
            }
            assertThat(count).isEqualTo(kind == RingKind.SPSC ? 7 : 8); // of 128 bytes; an SPSC ring keeps one for the zero header
            assertThat(producer.offer(1, new UnsafeBuffer(new byte[100]), 0, 100)).isEqualTo(MessageSink.FULL);
            int givenBackTogether = kind == RingKind.SPSC ? 1 : 2; // an MPSC ring gives back a quarter at a time
            assertThat(consumer.poll(IGNORE, givenBackTogether)).isEqualTo(givenBackTogether);
            assertThat(producer.offer(1, new UnsafeBuffer(new byte[100]), 0, 100)).isPositive();
            assertThat(consumer.poll(IGNORE, 100)).isEqualTo(count + 1 - givenBackTogether);
        }
    }

    @Test
    void aFullRingWhoseConsumerLeftSaysNoConsumer() {
        try (var producer = ring.producer()) {
            var bytes = new UnsafeBuffer(new byte[128]);
            while (producer.offer(1, bytes, 0, 128) > 0) {
                assertThat(producer.sequence()).isPositive();
            }
            assertThat(producer.offer(1, bytes, 0, 128)).as("before the first consumer a ring buffers").isEqualTo(MessageSink.FULL);
            ring.consumer().close();
            assertThat(producer.offer(1, bytes, 0, 128)).isEqualTo(MessageSink.NO_CONSUMER);
            try (var consumer = ring.consumer()) {
                assertThat(producer.offer(1, bytes, 0, 128)).isEqualTo(MessageSink.FULL);
                assertThat(consumer.poll(IGNORE, 2)).isEqualTo(2);
                assertThat(producer.offer(1, bytes, 0, 128)).isPositive();
            }
        }
    }

    @Test
    void theEndIsEmptyThenClosedAndANewProducerReopens() {
        try (var consumer = ring.consumer()) {
            assertThat(consumer.poll(IGNORE, 1)).isEqualTo(RingConsumer.EMPTY);
            var producer = ring.producer();
            producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
            producer.close();
            assertThat(consumer.poll(IGNORE, 5)).as("what was sent comes first").isEqualTo(1);
            assertThat(consumer.poll(IGNORE, 5)).isEqualTo(RingConsumer.CLOSED);
            assertThat(consumer.peek(IGNORE, 5)).isEqualTo(RingConsumer.CLOSED);
            try (var again = ring.producer()) {
                assertThat(consumer.poll(IGNORE, 5)).isEqualTo(RingConsumer.EMPTY);
                assertThat(again.sequence()).isEqualTo(kind == RingKind.SPSC ? 1 : 0);
            }
            assertThat(consumer.poll(IGNORE, 5)).isEqualTo(RingConsumer.CLOSED);
        }
    }

    @Test
    void aBatchIsSeenAtOnceOrNotAtAll() {
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            try (var batch = producer.batch()) {
                batch.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
                assertThatThrownBy(() -> producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8)).isInstanceOf(IllegalStateException.class);
                assertThat(consumer.poll(IGNORE, 5)).isEqualTo(RingConsumer.EMPTY);
            }
            assertThat(consumer.poll(IGNORE, 5)).as("left without publish").isEqualTo(RingConsumer.EMPTY);
            try (var batch = producer.batch()) {
                batch.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
                batch.offer(2, new UnsafeBuffer(new byte[8]), 0, 8);
                batch.publish();
                assertThat(consumer.poll(IGNORE, 5)).isEqualTo(2);
                assertThatThrownBy(() -> {
                    batch.tryClaim(3, 8, new Claim());
                    batch.publish();
                }).as("a claim within is open").isInstanceOf(IllegalStateException.class);
            }
            assertThat(producer.sequence()).isEqualTo(2);
        }
    }

    @Test
    void afterCloseEveryCallSaysSo() {
        var producer = ring.producer();
        var consumer = ring.consumer();
        producer.close();
        consumer.close();
        producer.close();
        var bytes = new UnsafeBuffer(new byte[8]);
        for (var call : List.<Runnable>of(
            () -> producer.offer(1, bytes, 0, 8), () -> producer.tryClaim(1, 8, new Claim()), producer::batch,
            () -> consumer.poll(IGNORE, 1), () -> consumer.peek(IGNORE, 1),
            () -> consumer.controlledPoll((t, b, o, l) -> ControlledMessageHandler.Action.CONTINUE, 1))) {
            assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
        }
    }

    @Test
    void aHandlerMayNotPollTheRingThatCalledIt() {
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8);
            assertThatThrownBy(() -> consumer.poll((type, buffer, offset, length) -> consumer.poll(IGNORE, 1), 1))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("handler");
            assertThat(consumer.poll(IGNORE, 5)).as("delivered again").isEqualTo(1);
        }
    }

    @Test
    void aFailedMessageIsSkippedWhenTheCallerChoseSo() {
        var options = ConsumerOptions.STANDARD.onFailure(ConsumerOptions.OnFailure.SKIP);
        var types = new ArrayList<Integer>();
        try (var producer = ring.producer(); var consumer = ring.consumer(MemorySeam.DIRECT, options)) {
            for (int type = 1; type <= 3; type++) {
                producer.offer(type, new UnsafeBuffer(new byte[8]), 0, 8);
            }
            assertThatThrownBy(() -> consumer.poll((type, buffer, offset, length) -> {
                types.add(type);
                if (type == 2) {
                    throw new IllegalStateException("on purpose");
                }
            }, 5)).hasMessage("on purpose");
            assertThat(consumer.poll((type, buffer, offset, length) -> types.add(type), 5)).isEqualTo(1);
        }
        assertThat(types).containsExactly(1, 2, 3);
    }

    @Test
    void theFirstPositionCanBeAnythingUpToNearTheEnd() {
        var other = new RegionDirectory(directory);
        kind.create(other, "late", RingOptions.ofCapacity(1024).startingAt(Long.MAX_VALUE - (1L << 40) + 1));
        var attachment = Attachment.standard().in(other);
        try (var producer = kind.producer("late", attachment);
            var consumer = kind.consumer("late", attachment, ConsumerOptions.STANDARD)) {
            assertThat(producer.offer(1, new UnsafeBuffer(new byte[8]), 0, 8)).isEqualTo(Long.MAX_VALUE - (1L << 40) + 65);
            assertThat(consumer.poll(IGNORE, 1)).isEqualTo(1);
        }
    }
}
