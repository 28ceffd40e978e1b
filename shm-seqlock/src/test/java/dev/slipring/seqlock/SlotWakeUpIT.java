package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sleeps in another process until a value changes is woken by its writer, and not by the clock. */
class SlotWakeUpIT {
    private static final int ROUNDS = Integer.getInteger("slipring.wake.rounds", 100_000);
    private static final int SECONDS = Integer.getInteger("slipring.wake.seconds", 1);
    /** With a sleep that nobody ends, at either side. */
    private static final Duration ENOUGH = Duration.ofSeconds(SECONDS + 70L);

    @TempDir
    private Path directory;

    @Test
    void eachOfManySleepsIsEndedByItsValue() {
        var random = Seed.random("eachOfManySleepsIsEndedByItsValue");
        SlotTable.create(new RegionDirectory(directory), "table", SlotOptions.ofPayload(8).slots(2).withParking());
        try (var pong = start("pong", Long.toString(random.nextLong()));
            var ping = start("ping", Long.toString(random.nextLong()), Integer.toString(ROUNDS), Integer.toString(SECONDS))) {
            for (var side : new JavaProcess[] {ping, pong}) {
                System.out.println("slots: " + side.readLine(ENOUGH) + " waits");
                assertThat(side.awaitExit()).as("%s", side.everything()).isZero();
            }
        }
    }

    private JavaProcess start(String what, String... more) {
        var arguments = new String[2 + more.length];
        arguments[0] = what;
        arguments[1] = directory.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        var worker = JavaProcess.start(SlotWaitingWorker.class, arguments);
        assertThat(worker.readLine()).isEqualTo("attached");
        return worker;
    }
}
