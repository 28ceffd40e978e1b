package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creators in other processes: killed at any time, on full file systems, in directories that are not theirs. */
class RegionCreateIT {
    private static final List<String> NAMESPACE = List.of("unshare", "-Urm");
    private static final List<String> ROOTS_NAMESPACE = List.of("unshare", "-m");

    @TempDir(factory = SharedMemory.class)
    private Path path;

    @Test
    void aCreatorKilledAtAnyTimeLeavesAWholeRegionOrNone() {
        var meeting = new Meeting(path);
        var random = Seed.random("aCreatorKilledAtAnyTimeLeavesAWholeRegionOrNone");
        for (int round = 0; round < 12; round++) {
            try (var creator = JavaProcess.start(Creating.class, "forever", path.toString())) {
                creator.awaitLine("creating");
                LockSupport.parkNanos(random.nextLong(50_000_000)); // a random moment, not a wait for anything
                creator.kill();
            }
            Await.until("its locks are gone", () -> isWholeOrAbsent(meeting));
        }
        meeting.assertNothingLeftBut();
    }

    @Test
    void aFullFileSystemIsACleanErrorThatSaysHowMuchWasNeeded() {
        assumeTrue(works(NAMESPACE, "true"), "needs user and mount namespaces");
        var mounts = "mount -t tmpfs -o size=1m,mode=0700 tmpfs " + path + " && exec \"$@\"";
        var through = List.of("unshare", "-Urm", "sh", "-c", mounts, "sh");
        try (var creator = JavaProcess.start(through, Creating.class, "one", path.toString(), "1048576")) {
            assertThat(creator.readLine()).isEqualTo("RegionFull: no room for the 1245184 bytes of " + path.resolve("region")
                + ": enlarge the file system (docker: --shm-size; huge pages: vm.nr_hugepages), or make it smaller");
            assertThat(creator.awaitExit()).isZero();
        }
        try (var creator = JavaProcess.start(through, Creating.class, "one", path.toString(), "524288")) {
            assertThat(creator.readLine()).isEqualTo("created");
        }
        assertThat(path).isEmptyDirectory();
    }

    @Test
    void aFullFileSystemIsAsFullAfterTheRefusalAsBefore() {
        assumeTrue(works(NAMESPACE, "true"), "needs user and mount namespaces");
        var script = "mount -t tmpfs -o size=1m,mode=0700 tmpfs " + path + " && \"$@\" && ls -A " + path + " | wc -l && stat -f -c %f "
            + path;
        var through = List.of("unshare", "-Urm", "sh", "-c", script, "sh");
        try (var creator = JavaProcess.start(through, Creating.class, "one", path.toString(), "1048576")) {
            assertThat(creator.readLine()).startsWith("RegionFull");
            assertThat(creator.readLine().strip()).isEqualTo("0");
            assertThat(creator.readLine()).describedAs("free blocks of 1 MiB").isEqualTo("256");
        }
    }

    @Test
    void theStandardDirectoryMustBeOursWhateverItsGroupMayDo() {
        assumeTrue(Linux.effectiveUser() == 0 && works(ROOTS_NAMESPACE, "true"), "needs root and mount namespaces");
        var ours = "/dev/shm/slipring-0";
        var script = "unset SLIPRING_DIR; mount -t tmpfs -o mode=1777 tmpfs /dev/shm && mkdir " + ours + " && chown nobody " + ours
            + " && chmod 2770 " + ours
            + " && exec \"$@\"";
        try (var creator = JavaProcess.start(List.of("unshare", "-m", "sh", "-c", script, "sh"), Creating.class, "standard")) {
            assertThat(creator.readLine()).isEqualTo("AccessDenied: " + ours
                + " belongs to user 65534 and group 0 with mode 2770, expected user 0 or root: choose another with "
                + "SLIPRING_DIR");
        }
    }

    @Test
    void theStandardDirectoryMayNotBeWritableByItsGroupUnlessItWasChosen() {
        assumeTrue(works(NAMESPACE, "true"), "needs user and mount namespaces");
        var script = "unset SLIPRING_DIR; mount -t tmpfs -o mode=1777 tmpfs /dev/shm && mkdir -m 2770 /dev/shm/slipring-0 && exec \"$@\"";
        try (var creator = JavaProcess.start(List.of("unshare", "-Urm", "sh", "-c", script, "sh"), Creating.class, "standard")) {
            assertThat(creator.readLine()).startsWith("AccessDenied: /dev/shm/slipring-0 belongs to user 0 and group 0 with mode 2770 and "
                + "is writable by others");
        }
    }

    private static boolean isWholeOrAbsent(Meeting meeting) {
        try {
            meeting.watcher("region").close();
            Region.remove(meeting.directory, "region");
        } catch (RegionNotFound none) {
            return Files.notExists(meeting.path.resolve("region"));
        } catch (RoleTaken notYet) {
            return false;
        }
        return true;
    }

    private static boolean works(List<String> namespace, String command) {
        try {
            var whole = new ArrayList<>(namespace);
            whole.add(command);
            return new ProcessBuilder(whole).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
