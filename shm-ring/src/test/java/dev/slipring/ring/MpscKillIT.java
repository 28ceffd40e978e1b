package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four producers and a consumer, each a process, killed and restarted at random; in the end every message is accounted for. */
class MpscKillIT {
    private static final long DURATION_NS = TimeUnit.SECONDS.toNanos(Integer.getInteger("slipring.kill.seconds", 5));
    private static final int FLOWS = 4;
    private static final int CONSUMER = FLOWS;

    @TempDir(factory = SharedMemory.class)
    private Path directory;
    private final JavaProcess[] workers = new JavaProcess[FLOWS + 1];
    private final FlowLog[] logs = new FlowLog[FLOWS];
    private SplittableRandom random;

    @BeforeEach
    void start() {
        random = Seed.random("MpscKillIT");
        MpscRing.create(new RegionDirectory(directory), "ring", RingOptions.ofCapacity(16 * 1024));
        for (int each = 0; each <= FLOWS; each++) {
            workers[each] = worker(each);
        }
        for (int flow = 0; flow < FLOWS; flow++) {
            logs[flow] = new FlowLog(directory, flow);
        }
        for (var worker : workers) {
            assertThat(worker.readLine()).isEqualTo("attached");
        }
    }

    @AfterEach
    void stop() {
        for (var worker : workers) {
            worker.close();
        }
    }

    @Test
    void killedAgainAndAgainEachMessageArrivesInItsFlowsOrderAndNoneIsLost() {
        long start = System.nanoTime();
        int kills = 0;
        for (; System.nanoTime() - start < DURATION_NS; kills++) {
            flow(random.nextInt(500));
            int victim = random.nextInt(FLOWS + 1);
            workers[victim].kill();
            if (victim != CONSUMER) {
                flow(random.nextInt(500)); // the others go on
            }
            workers[victim] = worker(victim);
            assertThat(workers[victim].readLine()).as("%s", workers[victim].everything()).isEqualTo("attached");
        }
        flow(500);
        for (int flow = 0; flow < FLOWS; flow++) {
            assertThat(workers[flow].end()).as("%s", workers[flow].everything()).isZero();
        }
        workers[CONSUMER].kill();
        account(kills);
    }

    /** Sent = delivered by the killed consumers + still in the ring, message by message. */
    private void account(int kills) {
        long delivered = count(true);
        try (var consumer = MpscRing.consumer("ring", Attachment.standard().in(new RegionDirectory(directory)), ConsumerOptions.STANDARD)) {
            var rest = new FlowReader(consumer, directory, FLOWS);
            Await.until("the rest is read", () -> rest.poll(100) < 0);
        }
        for (int flow = 0; flow < FLOWS; flow++) {
            assertThat(logs[flow].lastDelivered()).isBetween(1L, logs[flow].attempted());
            for (long number = 1; number <= logs[flow].attempted(); number++) {
                if (logs[flow].isSent(number) && !logs[flow].isDelivered(number)) {
                    throw new AssertionError("flow " + flow + ": " + number + " was sent and is lost");
                }
            }
        }
        System.out.println("MpscKillIT: " + kills + " kills; sent " + count(false) + ", delivered " + delivered + ", in the ring "
            + (count(true) - delivered));
    }

    private long count(boolean delivered) {
        long count = 0;
        for (var log : logs) {
            for (long number = 1; number <= log.attempted(); number++) {
                count += (delivered ? log.isDelivered(number) : log.isSent(number)) ? 1 : 0;
            }
        }
        return count;
    }

    private JavaProcess worker(int each) {
        return JavaProcess.start(FlowWorker.class, each == CONSUMER ? "consumer" : Integer.toString(each), directory.toString(),
            Integer.toString(FLOWS), Long.toString(random.nextLong()));
    }

    /** Waits until this many more messages of some flow were delivered. */
    private void flow(long messages) {
        long target = delivered() + messages;
        Await.until(messages + " more messages arrive", () -> {
            for (var worker : workers) {
                if (!worker.isAlive() && worker.everything().size() > 1) {
                    throw new AssertionError("a worker ended: " + worker.everything());
                }
            }
            return delivered() >= target;
        });
    }

    private long delivered() {
        long sum = 0;
        for (var log : logs) {
            sum += log.lastDelivered();
        }
        return sum;
    }
}
