package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Allocation;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody at a broadcast ring gives the garbage collector anything to do, whoever loses messages included. */
class BroadcastAllocationTest implements BroadcastHandler {
    private static final int ROUNDS = 200_000;
    private static final int MESSAGES_PER_ROUND = 4;

    /** So many rounds are more than a lap. */
    private static final int ROUNDS_OF_A_LAP = 64;

    @TempDir
    private Path directory;
    private TestBroadcast ring;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[64]);
    private final Claim claim = new Claim();
    private long received;
    private long lost;

    @BeforeEach
    void createRing() {
        ring = TestBroadcast.create(directory, RingOptions.ofCapacity(4096));
    }

    @Test
    void whoPollsAllocatesNothing() {
        try (var producer = ring.producer(); var reader = ring.reader(JoinAt.latest())) {
            requireNoAllocation(round -> {
                send(producer);
                reader.poll(this, MESSAGES_PER_ROUND);
            });
            assertThat(lost).isZero();
        }
    }

    @Test
    void whoReadsInPlaceAllocatesNothing() {
        try (var producer = ring.producer(); var reader = ring.reader(JoinAt.latest())) {
            requireNoAllocation(round -> {
                send(producer);
                readInPlace(reader);
            });
            assertThat(lost).isZero();
        }
    }

    @Test
    void aSubscriberAllocatesNothing() {
        try (var producer = ring.producer(); var subscriber = ring.subscriber(JoinAt.latest())) {
            requireNoAllocation(round -> {
                send(producer);
                subscriber.poll(this, MESSAGES_PER_ROUND);
            });
            assertThat(lost).isZero();
        }
    }

    @Test
    void whoIsOvertakenAllocatesNothing() {
        try (var producer = ring.producer(); var polling = ring.reader(JoinAt.latest()); var reading = ring.reader(JoinAt.latest())) {
            requireNoAllocation(round -> {
                send(producer);
                if (round % ROUNDS_OF_A_LAP == 0) {
                    polling.poll(this, MESSAGES_PER_ROUND);
                    readInPlace(reading);
                }
            });
            assertThat(lost).isPositive();
        }
    }

    private void requireNoAllocation(Round round) {
        assertThat(Allocation.of(() -> {
            received = 0;
            lost = 0;
            run(round);
        })).as("bytes for " + ROUNDS + " rounds").isLessThan(1024);
        assertThat(received + lost).isGreaterThan((long) (ROUNDS - ROUNDS_OF_A_LAP) * MESSAGES_PER_ROUND);
    }

    private static void run(Round round) {
        for (int i = 0; i < ROUNDS; i++) {
            round.go(i);
        }
    }

    private void send(RingProducer producer) {
        producer.offer(1, bytes, 0, 40);
        producer.tryClaim(2, 24, claim);
        claim.buffer().putLong(0, received);
        claim.commit(16);
        try (var batch = producer.batch()) {
            batch.offer(3, bytes, 0, 8);
            batch.offer(4, bytes, 0, 8);
            batch.publish();
        }
    }

    private void readInPlace(BroadcastReader reader) {
        for (int i = 0; i < MESSAGES_PER_ROUND && reader.receiveNext(); i++) {
            if (reader.validate()) {
                onMessage(reader.type(), reader.buffer(), reader.offset(), reader.length());
                lost += reader.missed();
            }
        }
    }

    @Override
    public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
        received++;
    }

    @Override
    public void onGap(long first, long last) {
        lost += last - first + 1;
    }

    /** What everybody does once. */
    @FunctionalInterface
    private interface Round {
        void go(int number);
    }
}
