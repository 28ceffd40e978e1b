package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.Interjection;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.process.Await;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interleavings of two sides and a close that a design or a first draft of the code got wrong. */
class SpscInterleavingTest {
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final UnsafeBuffer BYTES = new UnsafeBuffer(new byte[128]);

    @TempDir
    private Path directory;
    private TestRing ring;

    @BeforeEach
    void createRing() {
        ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
    }

    /** The consumer dies between its checkpoint and head; the producer, starting from that checkpoint, meets the older head. */
    @Test
    void aProducerStartingFromACheckpointAheadOfHeadFindsARingThatIsFullAndNotOneThatIsDamaged() {
        try (var producer = ring.producer()) {
            for (int i = 0; i < 3; i++) {
                producer.offer(1, BYTES, 0, 100);
            }
        }
        dieBefore(Area.CONSUMER, "putLongRelease");
        try (var producer = ring.producer()) {
            int sent = 0;
            while (producer.offer(1, BYTES, 0, 100) > 0) {
                sent++;
            }
            assertThat(sent).as("8 records from the checkpoint on, less 2 that wait and the zero header").isEqualTo(5);
            assertThat(producer.offer(1, BYTES, 0, 100)).isNegative();
        }
    }

    /** A producer dies in the middle of its registration, when the count says that it came and its slot does not. */
    @Test
    void aRegistrationCutBetweenCountAndStateIsSeenToByWhoWaits() {
        try (var consumer = ring.consumer()) {
            var process = new FaultyProcess();
            boolean[] armed = {false};
            Interjection dying = (area, call, arguments) -> {
                if (armed[0] && area == Area.PARTICIPANTS && call.equals("putIntRelease")) {
                    process.kill();
                }
                armed[0] |= area == Area.PARTICIPANTS && call.equals("copyIn"); // the record is written; next is the state
            };
            assertThatThrownBy(() -> ring.producer(dying.over(process.seam()))).isInstanceOf(ProcessDied.class);
            Await.until("the death is told", () -> consumer.poll(IGNORE, 1) == RingConsumer.PRODUCER_DEAD);
        }
    }

    /** The consumer's region is closed between its finding that nobody lives and its second look. */
    @Test
    void aConsumerClosedInTheMiddleOfAPollSaysClosedAndNotThatTheFlowHasEnded() {
        RingConsumer[] closing = {null};
        int[] looks = {0};
        Interjection closes = (area, call, arguments) -> {
            if (area == Area.DATA && call.equals("getLongAcquire") && closing[0] != null && ++looks[0] == 2) {
                closing[0].close();
            }
        };
        try (var producer = ring.producer()) {
            producer.offer(1, BYTES, 0, 8);
        }
        var consumer = ring.consumer(closes.over(MemorySeam.DIRECT), ConsumerOptions.STANDARD);
        assertThat(consumer.poll(IGNORE, 1)).isEqualTo(1);
        closing[0] = consumer;
        assertThatThrownBy(() -> consumer.poll(IGNORE, 1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
    }

    @Test
    void aBatchOfAClosedProducerSaysSo() {
        var producer = ring.producer();
        var batch = producer.batch();
        var claim = new Claim();
        batch.tryClaim(1, 8, claim);
        producer.close();
        assertThatThrownBy(claim::commit).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
        assertThatThrownBy(() -> batch.offer(1, BYTES, 0, 8)).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
        assertThatThrownBy(batch::publish).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
        batch.close();
        ring.producer().close();
    }

    /** A consumer that has read on and left while the producer was about to say that nobody reads. */
    @Test
    void roomThatTheLastConsumerMadeBeforeItLeftIsFullAndThenRoom() {
        try (var producer = ring.producer()) {
            while (producer.offer(1, BYTES, 0, 100) > 0) {
                assertThat(producer.sequence()).isPositive();
            }
            try (var consumer = ring.consumer()) {
                assertThat(consumer.poll(IGNORE, 100)).isEqualTo(7);
            }
            assertThat(producer.offer(1, BYTES, 0, 100)).isPositive();
        }
    }

    /** A consumer polls once and dies before the first call of this kind in this area that follows its attach. */
    private void dieBefore(Area area, String call) {
        var process = new FaultyProcess();
        var death = Interjection.once(area, call, process::kill);
        var consumer = ring.consumer(death.over(process.seam()), ConsumerOptions.STANDARD);
        death.arm();
        assertThatThrownBy(() -> consumer.poll(IGNORE, 1)).isInstanceOf(ProcessDied.class);
        assertThatThrownBy(consumer::close).isInstanceOf(ProcessDied.class);
    }
}
