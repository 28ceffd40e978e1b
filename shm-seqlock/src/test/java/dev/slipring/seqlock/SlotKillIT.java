package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import dev.slipring.core.process.Waiting;
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
    private static final int LENGTH = 1000;
    private static final long STOPPED_NS = TimeUnit.MILLISECONDS.toNanos(Long.getLong("slipring.stop.millis", 500));

    @TempDir
    private Path directory;
    private SplittableRandom random;
    private TableReader table;

    @BeforeEach
    void start() {
        random = Seed.random("SlotKillIT");
        var there = new RegionDirectory(directory);
        SlotTable.create(there, "table", SlotOptions.ofPayload(LENGTH).slots(4).cells(2).withParking());
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
            try (var writer = worker("writer", LENGTH)) {
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
        try (var writer = worker("writer", LENGTH)) {
            flow(reader, 1 + random.nextInt(20_000));
            writer.stop();
            requireAlive(reader);
            writer.resume();
            flow(reader, reader.value().version() + 1000);
            assertThat(writer.end()).isZero();
        }
        assertThat(reader.read()).as("it left in order").isEqualTo(Read.OK);
    }

    @Test
    void aSharedWriterStoppedInTheMiddleOfAWriteIsWaitedForAndAKilledOneIsNot() {
        var reader = table.reader(SlotWorker.VALUE);
        var there = Attachment.standard().in(new RegionDirectory(directory));
        try (var here = SlotTable.writer("table", there); var watching = Region.watch("table", RegionKind.SLOT_TABLE, there);
            var holder = worker("holder", LENGTH)) {
            var writer = here.sharedWriter(SlotWorker.VALUE);
            TestSlot.write(writer, LENGTH);
            stopInTheMiddle(holder);
            requireAlive(reader);
            requireRefused(writer);
            holder.resume();
            holder.tell("go on");
            holder.awaitLine("published 2");
            assertThat(reader.read()).isEqualTo(Read.OK);
            assertThat(reader.value().version()).isEqualTo(2);
            check(reader);
            stopInTheMiddle(holder);
            requireAlive(reader);
            requireRefused(writer);
            holder.kill();
            Await.until("the death is told", () -> reader.read() == Read.WRITER_DEAD);
            assertThat(watching.participants().list()).as("its lock is gone").hasSize(1);
            assertThat(reader.value().version()).as("the last good value").isEqualTo(2);
            check(reader);
            assertThat(writer.write(Pattern.bytes(3, LENGTH), 0, LENGTH)).isEqualTo(3);
            assertThat(reader.read()).isEqualTo(Read.OK);
            check(reader);
        }
    }

    private static void stopInTheMiddle(JavaProcess holder) {
        holder.tell("begin");
        holder.awaitLine("half");
        holder.stop();
    }

    private static void requireRefused(SlotWriter writer) {
        assertThat(writer.write(Pattern.bytes(0, LENGTH), 0, LENGTH)).isEqualTo(SlotWriter.BUSY);
        try (var update = writer.begin()) {
            assertThat(update.isOpen()).isFalse();
        }
    }

    @Test
    void aSleepingReaderHearsThatItsWriterWasKilledAndNotThatItWasStopped() throws Exception {
        try (var sleepers = SlotTable.subscriber("table", Attachment.standard().in(new RegionDirectory(directory)));
            var holder = worker("holder", LENGTH)) {
            var reader = sleepers.reader(SlotWorker.VALUE);
            holder.tell("begin");
            holder.awaitLine("half");
            holder.tell("go on");
            assertThat(reader.awaitNewer(Await.LONG.toNanos())).isEqualTo(Read.OK);
            check(reader);
            stopInTheMiddle(holder);
            assertThat(reader.awaitNewer(STOPPED_NS)).as("stopped").isEqualTo(Read.NONE_YET);
            var waiting = new Waiting<>(() -> reader.awaitNewer(Long.MAX_VALUE));
            waiting.awaitAsleep();
            holder.kill();
            long start = System.nanoTime();
            assertThat(waiting.outcome()).isEqualTo(Read.WRITER_DEAD);
            System.out.println("noticed " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms after the kill");
        }
    }

    /** For as long as its writer is stopped. */
    private static void requireAlive(SlotReader reader) {
        long start = System.nanoTime();
        Await.until("it has been stopped for long enough", () -> {
            assertThat(reader.read()).isEqualTo(Read.OK);
            check(reader);
            return System.nanoTime() - start > STOPPED_NS;
        });
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
