package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.Interjection;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.process.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Looking along a ring with one consumer: what is not released, whole, and what was passed meanwhile, exactly; nobody is disturbed. */
class RingViewTest {
    private static final int CAPACITY = 4096;
    private static final int ENOUGH_TO_ASK_THE_KERNEL = 3000;

    @TempDir
    private Path directory;
    private long sent;

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void showsWhatIsNotReleasedAndChangesNoByte(RingKind kind) throws IOException {
        var ring = create(kind);
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            offer(producer, 10);
            consume(consumer, 4);
            byte[] before = Files.readAllBytes(directory.resolve("ring"));
            try (var view = view(kind, MemorySeam.DIRECT, JoinAt.oldest())) {
                var log = new BroadcastLog(view);
                assertThat(view.sequence()).isEqualTo(4);
                assertThat(view.poll(log, 2)).isEqualTo(2);
                assertThat(view.poll(log, 100)).isEqualTo(4);
                assertThat(log.next()).isEqualTo(10);
                assertThat(view.poll(log, 100)).isEqualTo(RingConsumer.EMPTY);
            }
            assertThat(Files.readAllBytes(directory.resolve("ring"))).isEqualTo(before);
            consume(consumer, 6);
        }
    }

    /** Behind the last message of a full ring stands the first one. */
    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void aFullRingIsShownOnce(RingKind kind) {
        var ring = create(kind);
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            for (int lap = 0; lap < 3; lap++) {
                for (; producer.offer(new Message(sent, 56).type(), new Message(sent, 56).bytes(), 0, 56) > 0; sent++) {
                    // until it is full
                }
                long first = consumer.sequence();
                try (var view = view(kind, MemorySeam.DIRECT, JoinAt.oldest()); var latest = view(kind, MemorySeam.DIRECT,
                    JoinAt.latest())) {
                    assertThat(view.sequence()).isEqualTo(first);
                    assertThat(view.poll(new BroadcastLog(view), 1000)).isEqualTo((int) (sent - first)).isGreaterThan(CAPACITY / 64 / 2);
                    assertThat(latest.sequence()).isEqualTo(sent);
                }
                consume(consumer, 40);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void beginsWhereItIsTold(RingKind kind) {
        var ring = create(kind);
        try (var producer = ring.producer(); var latest = view(kind, MemorySeam.DIRECT, JoinAt.latest())) {
            offer(producer, 10);
            var all = new BroadcastLog(latest);
            assertThat(latest.poll(all, 100)).isEqualTo(10);
            try (var wanted = view(kind, MemorySeam.DIRECT, JoinAt.sequence(7)); var next = view(kind, MemorySeam.DIRECT, JoinAt.latest());
                var future = view(kind, MemorySeam.DIRECT, JoinAt.sequence(12))) {
                assertThat(next.sequence()).isEqualTo(10);
                assertThat(future.sequence()).isEqualTo(12);
                assertThat(wanted.poll(new BroadcastLog(wanted), 100)).isEqualTo(3);
                offer(producer, 3);
                assertThat(next.poll(new BroadcastLog(next), 100)).isEqualTo(3);
                assertThat(future.poll(new BroadcastLog(future), 100)).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void whatWasReleasedBeforeTheWantedOneIsAGap(RingKind kind) {
        var ring = create(kind);
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            offer(producer, 10);
            consume(consumer, 6);
            try (var view = view(kind, MemorySeam.DIRECT, JoinAt.sequence(2))) {
                var log = new GapLog();
                assertThat(view.poll(log, 100)).isEqualTo(4);
                assertThat(log.gaps).isEqualTo("2-5 ");
            }
        }
    }

    static Stream<Arguments> momentsOfALook() {
        return RingKind.QUEUES.stream().flatMap(kind -> Stream.of("getLongAcquire", "copyOut", "loadLoadFence")
            .flatMap(call -> Stream.of(0, 1, 2, 3).map(skip -> Arguments.of(kind, call, skip))));
    }

    /** The consumer goes past, and the producer a lap ahead, at each moment of a look: nothing of that lap is taken for what was there. */
    @ParameterizedTest
    @MethodSource("momentsOfALook")
    void whatIsOverwrittenDuringALookIsAGapAndNotAMessage(RingKind kind, String call, int skip) {
        var ring = create(kind);
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            offer(producer, 10);
            var meanwhile = Interjection.once(Area.DATA, call, () -> {
                for (int i = 0; i < 30; i++) {
                    consume(consumer, (int) (sent - consumer.sequence()));
                    offer(producer, 9);
                }
            });
            try (var view = view(kind, meanwhile.over(MemorySeam.DIRECT), JoinAt.oldest())) {
                var log = new BroadcastLog(view);
                meanwhile.arm(skip);
                while (view.poll(log, 100) > 0) {
                    // to the end
                }
                assertThat(meanwhile.isOver()).isTrue();
                assertThat(log.lost()).isBetween(250L, sent);
                assertThat(log.next()).isEqualTo(sent);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void whatWasConsumedIsToldAlthoughNothingFollows(RingKind kind) {
        var ring = create(kind);
        try (var producer = ring.producer(); var consumer = ring.consumer();
            var view = view(kind, MemorySeam.DIRECT, JoinAt.latest())) {
            offer(producer, 5);
            consume(consumer, 5);
            var log = new GapLog();
            assertThat(view.poll(log, 1)).isEqualTo(RingConsumer.EMPTY);
            assertThat(log.gaps).isEqualTo("0-4 ");
            assertThat(view.sequence()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void whatCameAndWentDuringALookAtTheEndIsTold(RingKind kind) {
        var ring = create(kind);
        try (var producer = ring.producer(); var consumer = ring.consumer()) {
            var meanwhile = Interjection.once(Area.DATA, "loadLoadFence", () -> {
                offer(producer, 5);
                consume(consumer, 5);
            });
            try (var view = view(kind, meanwhile.over(MemorySeam.DIRECT), JoinAt.oldest())) {
                meanwhile.arm();
                var log = new GapLog();
                assertThat(view.poll(log, 1)).isEqualTo(RingConsumer.EMPTY);
                assertThat(log.gaps).isEqualTo("0-4 ");
            }
        }
    }

    /** Producer, consumer and view in a random order, on positions that lap many times. */
    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void whateverTheOrderNothingIsMissingTwiceOrTorn(RingKind kind) {
        var random = Seed.random("RingViewTest " + kind);
        var ring = create(kind);
        try (var producer = ring.producer(); var consumer = ring.consumer();
            var view = view(kind, MemorySeam.DIRECT, JoinAt.oldest())) {
            var log = new BroadcastLog(view);
            for (int step = 0; step < 10_000; step++) {
                switch (random.nextInt(3)) {
                    case 0 -> {
                        var message = new Message(sent, random.nextInt(producer.maxMessageLength() + 1));
                        sent += producer.offer(message.type(), message.bytes(), 0, message.length()) < 0 ? 0 : 1;
                    }
                    case 1 -> consumer.poll((type, buffer, offset, length) -> { }, 1 + random.nextInt(5));
                    default -> view.poll(log, 1 + random.nextInt(5));
                }
            }
            while (view.poll(log, 100) > 0) {
                // to the end
            }
            assertThat(log.next()).isEqualTo(sent);
            assertThat(log.delivered()).isPositive();
            assertThat(log.lost()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"SPSC, SEAL, -3", "MPSC, SEAL, -3", "SPSC, CLOSE, -1", "MPSC, CLOSE, -1", "SPSC, LIVE, 0", "MPSC, LIVE, 0"})
    void saysHowTheStreamEnds(RingKind kind, String end, int outcome) {
        var ring = create(kind);
        try (var producer = ring.producer()) {
            offer(producer, 3);
            switch (end) {
                case "SEAL" -> producer.seal();
                case "CLOSE" -> producer.close();
                default -> { }
            }
            try (var view = view(kind, MemorySeam.DIRECT, JoinAt.oldest())) {
                assertThat(view.poll(new BroadcastLog(view), 100)).isEqualTo(3);
                for (int polls = 0; polls < ENOUGH_TO_ASK_THE_KERNEL; polls++) {
                    assertThat(view.poll(new GapLog(), 100)).isEqualTo(outcome);
                }
                assertThat(view.heldUpBy()).isEqualTo(RingView.NOBODY);
            }
        }
    }

    @Test
    void aClaimHoldsTheViewUpAsItDoesTheConsumer() {
        var ring = create(RingKind.MPSC);
        try (var other = ring.producer(); var producer = ring.producer();
            var view = view(RingKind.MPSC, MemorySeam.DIRECT, JoinAt.oldest())) {
            offer(producer, 1);
            var claim = new Claim();
            assertThat(other.tryClaim(1, 8, claim)).isPositive();
            producer.offer(2, new UnsafeBuffer(new byte[8]), 0, 8);
            var log = new GapLog();
            assertThat(view.poll(log, 10)).isEqualTo(1);
            assertThat(view.poll(log, 10)).isEqualTo(RingConsumer.EMPTY);
            assertThat(view.heldUpBy()).isZero();
            claim.commit();
            assertThat(view.poll(log, 10)).isEqualTo(2);
            assertThat(view.heldUpBy()).isEqualTo(RingView.NOBODY);
        }
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void whatADeadProducerLeftIsShown(RingKind kind) {
        var ring = create(kind);
        var process = new FaultyProcess();
        var dying = ring.producer(process.seam());
        offer(dying, 5);
        process.dieAfter(1);
        assertThatThrownBy(() -> offer(dying, 1)).isInstanceOf(ProcessDied.class);
        try (var view = view(kind, MemorySeam.DIRECT, JoinAt.oldest())) {
            sent = 5;
            assertThat(view.poll(new BroadcastLog(view), 100)).isEqualTo(5);
        }
        assertThatThrownBy(dying::close).isInstanceOf(ProcessDied.class);
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void randomBytesInsteadOfTheRingAreErrorsOrMessagesButNeverMore(RingKind kind) {
        var random = Seed.random("RingViewTest hostile " + kind);
        int errors = 0;
        for (int round = 0; round < 150; round++) {
            var ring = create(kind);
            var ofProducer = new Scribbler();
            var ofConsumer = new Scribbler();
            try (var producer = ring.producer(ofProducer); var consumer = ring.consumer(ofConsumer, ConsumerOptions.STANDARD)) {
                offer(producer, random.nextInt(20));
                consume(consumer, (int) (sent - consumer.sequence()) / 2);
                ofProducer.scribble(random, CAPACITY, Area.DATA);
                if (random.nextInt(4) == 0) {
                    ofConsumer.scribble(random, 128, Area.CONSUMER, Area.CHECKPOINTS);
                }
                try (var view = view(kind, MemorySeam.DIRECT, JoinAt.sequence(random.nextInt(3)))) {
                    assertThat(view.poll(new GapLog(), 10_000)).isBetween(RingConsumer.END_OF_STREAM, 10_000);
                    assertThat(view.poll(new GapLog(), 10_000)).isBetween(RingConsumer.END_OF_STREAM, 10_000);
                } catch (RegionCorrupt expected) {
                    errors++;
                }
            }
            ring.remove();
            sent = 0;
        }
        assertThat(errors).isBetween(1, 149);
    }

    @ParameterizedTest
    @EnumSource(value = RingKind.class, names = {"SPSC", "MPSC"})
    void afterCloseEveryCallFails(RingKind kind) {
        create(kind);
        var view = view(kind, MemorySeam.DIRECT, JoinAt.oldest());
        view.close();
        view.close();
        assertThatThrownBy(() -> view.poll(new GapLog(), 1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
    }

    private TestRing create(RingKind kind) {
        return TestRing.create(kind, directory, RingOptions.ofCapacity(CAPACITY));
    }

    private RingView view(RingKind kind, MemorySeam seam, JoinAt where) {
        return RingView.of("ring", kind.regionKind(), Attachment.standard().in(new RegionDirectory(directory)).through(seam), where);
    }

    private void offer(RingProducer producer, int messages) {
        for (int i = 0; i < messages; i++) {
            var message = new Message(sent, (int) (sent * 37 % 200));
            assertThat(producer.offer(message.type(), message.bytes(), 0, message.length())).isPositive();
            sent++;
        }
    }

    private static void consume(RingConsumer consumer, int messages) {
        for (int left = messages; left > 0;) {
            left -= consumer.poll((type, buffer, offset, length) -> Message.read(consumer.sequence(), type, buffer, offset, length), left);
        }
    }

    /** Keeps the gaps. */
    private static final class GapLog implements BroadcastHandler {
        private String gaps = "";

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            for (int i = 0; i < length; i++) {
                buffer.getByte(offset + i);
            }
        }

        @Override
        public void onGap(long first, long last) {
            gaps += first + "-" + last + " ";
        }
    }
}
