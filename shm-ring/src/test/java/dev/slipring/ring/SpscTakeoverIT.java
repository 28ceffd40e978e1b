package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A handle closed by another thread under full load, while another process takes its role: neither process disturbs the other. */
class SpscTakeoverIT {
    private static final int LIVES_EACH = 2 * Integer.getInteger("slipring.kill.rounds", 10);
    private static final int MOST_AT_ONCE = 5;

    @TempDir
    private Path directory;

    /** What a process says of one of its lives as producer. */
    private record Life(long first, long end) {
        static Life of(String line) {
            var words = line.split(" ", -1);
            return new Life(Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noStoreOfAClosedHandleLandsInTheRingOfItsSuccessor() {
        var random = Seed.random("noStoreOfAClosedHandleLandsInTheRingOfItsSuccessor");
        var regions = new RegionDirectory(directory);
        SpscRing.create(regions, "ring", RingOptions.ofCapacity(16 * 1024));
        try (var consumer = SpscRing.consumer("ring", Attachment.standard().in(regions), ConsumerOptions.STANDARD);
            var zero = writer(0, random.nextLong()); var one = writer(1, random.nextLong())) {
            var reading = new Reading(consumer);
            boolean ended;
            do {
                ended = !zero.isAlive() && !one.isAlive(); // before the look: what they sent is then read to the end
                reading.readAll();
            } while (!ended);
            assertThat(zero.awaitExit()).as("%s", zero.everything()).isZero();
            assertThat(one.awaitExit()).as("%s", one.everything()).isZero();
            requireAChain(lives(zero, one), consumer.sequence(), reading.successions);
        }
    }

    private JavaProcess writer(int number, long seed) {
        return JavaProcess.start(TakingTurns.class, directory.toString(), Integer.toString(number), Integer.toString(LIVES_EACH),
            Long.toString(seed));
    }

    private static List<Life> lives(JavaProcess zero, JavaProcess one) {
        return Stream.of(zero, one).flatMap(process -> process.everything().stream()).filter(line -> line.startsWith("life"))
            .map(Life::of).sorted(Comparator.comparingLong(Life::first).thenComparingLong(Life::end)).toList();
    }

    /** Each life goes on where the one before ended, with what that was just sending or without it, and all of it was delivered. */
    private static void requireAChain(List<Life> lives, long delivered, List<Long> successions) {
        assertThat(lives).hasSize(2 * LIVES_EACH);
        long end = 0;
        for (var life : lives) {
            assertThat(life.first() - end).as("%s of %s", life, lives).isBetween(0L, (long) MOST_AT_ONCE);
            end = life.end();
        }
        assertThat(delivered - end).isBetween(0L, (long) MOST_AT_ONCE);
        assertThat(lives).extracting(Life::first).containsAll(successions);
        assertThat(successions).as("the role went from one process to the other").hasSizeGreaterThan(LIVES_EACH / 2);
    }

    /** The consumer's side: every message is one writer's, whole. */
    private static final class Reading {
        private final RingConsumer consumer;
        private final List<Long> successions = new ArrayList<>();
        private int writer;

        Reading(RingConsumer consumer) {
            this.consumer = consumer;
        }

        void readAll() {
            int outcome;
            do {
                outcome = consumer.poll(this::check, 100);
                assertThat(outcome).isNotEqualTo(RingConsumer.PRODUCER_DEAD);
            } while (outcome > 0);
        }

        private void check(int type, DirectBuffer buffer, int offset, int length) {
            long number = consumer.sequence();
            int from = buffer.getByte(offset);
            if (from != writer) {
                writer = from;
                successions.add(number);
            }
            for (int i = 0; i < length; i++) {
                if (buffer.getByte(offset + i) != TakingTurns.payload(from, number, i)) {
                    throw new AssertionError("message " + number + " of writer " + from + ", " + length + " bytes, differs at byte " + i);
                }
            }
        }
    }
}
