package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.Loan;
import dev.slipring.frame.PixelFormat;
import dev.slipring.frame.PoolOptions;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as an arrival, exactly; and what hz makes of them. */
class HzTest {
    private static final UnsafeBuffer EIGHT_BYTES = new UnsafeBuffer(new byte[8]);

    @TempDir
    private Path path;
    private RegionDirectory directory = new RegionDirectory(Path.of("/"));
    private Attachment attachment = Attachment.standard();

    @BeforeEach
    void settle() {
        directory = new RegionDirectory(path);
        attachment = Attachment.standard().in(directory);
    }

    /** Also those that the consumer takes away, or the producer overwrites, between two looks. */
    @ParameterizedTest
    @ValueSource(strings = {"spsc", "mpsc"})
    void everyMessageOfARingWithOneConsumerCounts(String kind) {
        boolean many = kind.equals("mpsc");
        if (many) {
            MpscRing.create(directory, "ring", RingOptions.ofCapacity(4096));
        } else {
            SpscRing.create(directory, "ring", RingOptions.ofCapacity(4096));
        }
        try (var producer = many ? MpscRing.producer("ring", attachment) : SpscRing.producer("ring", attachment);
            var consumer = many ? MpscRing.consumer("ring", attachment, ConsumerOptions.STANDARD)
                : SpscRing.consumer("ring", attachment, ConsumerOptions.STANDARD);
            var arrivals = arrivals("ring", null)) {
            assertThat(arrivals.count()).isZero();
            for (int i = 0; i < 200; i++) {
                assertThat(producer.offer(1, EIGHT_BYTES, 0, 8)).isPositive();
                if (i % 2 == 0) {
                    consumer.poll((type, buffer, offset, length) -> { }, 100);
                }
                if (i % 7 == 0) {
                    assertThat(arrivals.count()).isEqualTo(i + 1);
                }
            }
            assertThat(arrivals.count()).isEqualTo(200);
        }
    }

    @Test
    void everyMessageOfABroadcastRingCounts() {
        BroadcastRing.create(directory, "ring", RingOptions.ofCapacity(4096));
        try (var producer = BroadcastRing.producer("ring", attachment); var arrivals = arrivals("ring", null)) {
            for (int i = 0; i < 500; i++) {
                producer.offer(1, EIGHT_BYTES, 0, 8);
            }
            assertThat(arrivals.count()).isEqualTo(500);
        }
    }

    @Test
    void everyVersionOfEverySlotOrOfOneCounts() {
        SlotTable.create(directory, "slots", SlotOptions.ofPayload(8).slots(4));
        try (var table = SlotTable.writer("slots", attachment); var all = arrivals("slots", null)) {
            var gyro = table.writer(SlotKey.of("gyro"));
            var gps = table.writer(SlotKey.of(5));
            try (var one = arrivals("slots", "5")) {
                for (int i = 0; i < 30; i++) {
                    gyro.write(EIGHT_BYTES, 0, 8);
                    if (i % 3 == 0) {
                        gps.write(EIGHT_BYTES, 0, 8);
                    }
                }
                assertThat(all.count()).isEqualTo(40);
                assertThat(one.count()).isEqualTo(10);
            }
        }
    }

    @Test
    void everyFrameCounts() {
        FramePool.create(directory, "frames", PoolOptions.of(4, PixelFormat.GREY.size(8, 8)));
        try (var producer = FramePool.producer("frames", attachment); var arrivals = arrivals("frames", null)) {
            var loan = new Loan();
            for (int i = 0; i < 10; i++) {
                assertThat(producer.tryLoan(PixelFormat.GREY.size(8, 8), loan)).isTrue();
                loan.publish();
            }
            assertThat(arrivals.count()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatArrivesIsCountedAndItsIntervalsAreMeasured(boolean spin) throws InterruptedException {
        BroadcastRing.create(directory, "ring", RingOptions.ofCapacity(1 << 16));
        var stop = new AtomicBoolean();
        var sender = Thread.ofPlatform().start(() -> {
            try (var producer = BroadcastRing.producer("ring", attachment)) {
                while (!stop.get()) {
                    producer.offer(1, EIGHT_BYTES, 0, 8);
                    LockSupport.parkNanos(1_000_000);
                }
            }
        });
        var rate = Slipring.json(0, "hz", "ring", "--seconds", "0.4", "--dir", path.toString(), spin ? "--spin" : "--spin=false");
        stop.set(true);
        sender.join();
        long count = rate.get("arrivals").asLong();
        double seconds = rate.get("seconds").asDouble();
        assertThat(count).isPositive();
        assertThat(seconds).isGreaterThanOrEqualTo(0.4);
        assertThat(rate.get("perSecond").asDouble() * seconds).isBetween(count - 0.5, count + 0.5);
        var intervals = rate.get("intervals");
        assertThat(intervals.get("count").asLong()).isEqualTo(count - rate.get("together").asLong() - 1);
        assertThat(intervals.get("min").asLong()).isLessThanOrEqualTo(intervals.get("p50").asLong());
        assertThat(intervals.get("p50").asLong()).as("no two closer than the sender's sleep").isGreaterThan(900_000);
        assertThat(intervals.get("max").asLong()).isLessThan((long) (seconds * 1.001e9));
    }

    @Test
    void nothingIsARateToo() {
        SlotTable.create(directory, "slots", SlotOptions.ofPayload(8));
        var run = Slipring.run("hz", "slots", "--seconds", "0.02", "--dir", path.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("0 versions").contains("too few");
        assertThat(Slipring.run("hz", "slots", "gyro", "--seconds", "0.02", "--dir", path.toString()).exitCode())
            .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(Slipring.run("hz", "slots", "--seconds", "0", "--dir", path.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private Arrivals arrivals(String name, @Nullable String key) {
        var regions = new Regions(directory);
        return Arrivals.in(regions, name, regions.header(name), key);
    }
}
