package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers in processes of their own, stopped and killed in full flow; the readers are here. */
class SlotKillIT {
    /** Each costs a JVM's start. */
    private static final int ROUNDS = Math.max(2, Integer.getInteger("slipring.kill.rounds", 10) / 4);
    private static final long STOPPED_NS = TimeUnit.MILLISECONDS.toNanos(Long.getLong("slipring.stop.millis", 500));

    @TempDir
    private Path directory;
    private SplittableRandom random;
    private TableReader table;

    @BeforeEach
    void start() {
        random = Seed.random("SlotKillIT");
        var there = new RegionDirectory(directory);
        SlotTable.create(there, "table", SlotOptions.ofPayload(1000).slots(4).cells(2));
        table = SlotTable.reader("table", Attachment.standard().in(there));
    }

    @AfterEach
    void stop() {
        table.close();
    }

    @Test
    void aKilledWritersLastValueStaysAndItsSuccessorGoesOn() {
        var reader = table.reader(SlotWorker.VALUE);
        long last = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (var writer = worker("writer", 1000)) {
                flow(reader, last + 1 + random.nextInt(20_000));
                writer.kill();
            }
            Await.until("the death is told", () -> reader.read() == Read.WRITER_DEAD);
            check(reader);
            assertThat(reader.value().version()).isGreaterThan(last);
            last = reader.value().version();
            try (var newcomer = SlotTable.reader("table", Attachment.standard().in(new RegionDirectory(directory)))) {
                var fresh = newcomer.reader(SlotWorker.VALUE);
                assertThat(fresh.read().isDelivered()).isTrue();
                assertThat(fresh.value().version()).isEqualTo(last);
            }
        }
    }

    @Test
    void aStoppedWriterIsNotDead() {
        var reader = table.reader(SlotWorker.VALUE);
        try (var writer = worker("writer", 1000)) {
            flow(reader, 1 + random.nextInt(20_000));
            writer.stop();
            long start = System.nanoTime();
            Await.until("it has been stopped for long enough", () -> {
                assertThat(reader.read()).isEqualTo(Read.OK);
                check(reader);
                return System.nanoTime() - start > STOPPED_NS;
            });
            writer.resume();
            flow(reader, reader.value().version() + 1000);
            assertThat(writer.end()).isZero();
        }
        assertThat(reader.read()).as("it left in order").isEqualTo(Read.OK);
    }

    @Test
    void whatBelongsTogetherStaysTogetherWhoeverDiesWhen() {
        var left = table.reader(SlotWorker.LEFT);
        var right = table.reader(SlotWorker.RIGHT);
        var snapshot = new Snapshot(left, right);
        var groupLeft = table.reader(SlotWorker.LEFT);
        var groupRight = table.reader(SlotWorker.RIGHT);
        var group = table.group(SlotWorker.BOTH, groupLeft, groupRight);
        int snapshots = 0;
        int groups = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (var writer = worker("group", random.nextLong())) {
                long target = group.value().version() + 1 + random.nextInt(5_000);
                long deadline = System.nanoTime() + Await.LONG.toNanos();
                while (group.value().version() < target) {
                    snapshots += snapshot.read().isDelivered() ? difference(left, right, 1) : 0;
                    groups += group.read().isDelivered() ? difference(groupLeft, groupRight, 0) : 0;
                    assertThat(System.nanoTime()).as("the writer goes on: %s", writer.everything()).isLessThan(deadline);
                }
                writer.kill();
            }
            Await.until("the death is told", () -> group.read() == Read.WRITER_DEAD);
            difference(groupLeft, groupRight, 0);
            Await.until("the death is told", () -> snapshot.read() == Read.WRITER_DEAD);
            difference(left, right, 1);
        }
        assertThat(snapshots).isPositive();
        assertThat(groups).isPositive();
    }

    /** Fails unless left is ahead of right by 0…most; returns 1, for counting. */
    private static int difference(SlotReader left, SlotReader right, long most) {
        assertThat(left.value().payload().getLong(0) - right.value().payload().getLong(0)).isBetween(0L, most);
        return 1;
    }

    private static void flow(SlotReader reader, long version) {
        Await.until("version " + version + " comes", () -> {
            if (reader.read().isDelivered()) {
                check(reader);
            }
            return reader.value().version() >= version;
        });
    }

    private static void check(SlotReader reader) {
        Pattern.require(reader.value().version(), reader.value().payload());
    }

    private JavaProcess worker(String role, long number) {
        var worker = JavaProcess.start(SlotWorker.class, role, directory.toString(), Long.toString(number));
        assertThat(worker.readLine()).isEqualTo("attached");
        return worker;
    }
}
