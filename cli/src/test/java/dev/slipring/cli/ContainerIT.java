package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Sandbox;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a container, as far as the kernel is concerned: with other mounts, and with other process ids. */
class ContainerIT {
    @TempDir(factory = SharedMemory.class)
    private Path path;

    @Test
    void whoDoesNotShareTheDirectoryIsToldSo() {
        var through = Sandbox.mounts("mount -t tmpfs none /dev/shm; exec \"$@\""); // skips where that is not allowed
        SpscRing.create(new RegionDirectory(path), "orders", RingOptions.ofCapacity(4096));
        try (var inside = visitor(through)) {
            for (String verb : List.of("ls", "inspect orders", "tail orders", "clean")) {
                assertThat(Visitor.ask(inside, verb)).contains("no directory " + path,
                    "in a container: is that directory shared", "exit 3");
            }
        }
    }

    @Test
    void whoSharesItSeesWhoLivesWhateverTheirNumbers() {
        var directory = new RegionDirectory(path);
        SpscRing.create(directory, "orders", RingOptions.ofCapacity(4096));
        try (var inside = visitor(Sandbox.pidNamespace());
            var producer = SpscRing.producer("orders", Attachment.standard().in(directory).as("feed"))) {
            assertThat(Visitor.ask(inside, "ls")).containsPattern("orders +spsc .* feed").contains("exit 0");
            assertThat(Visitor.ask(inside, "inspect orders")).contains("\"feed\"")
                .containsPattern("alive +pid " + ProcessHandle.current().pid());
            assertThat(Visitor.ask(inside, "clean")).contains("kept  orders", "exit 0");
            assertThat(producer.position()).isZero();
        }
    }

    private JavaProcess visitor(List<String> through) {
        var command = new ArrayList<>(through);
        command.addAll(List.of("env", "SLIPRING_DIR=" + path));
        return JavaProcess.start(command, Visitor.class);
    }
}
