package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipring.codec.SchemaHistory;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Sharing;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Sandbox;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.core.process.Staged;
import dev.slipring.monitor.RegionLook;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.jline.terminal.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import uk.co.real_logic.sbe.ir.Ir;

/** The verbs as user nobody, who is in the group of the regions' directory. */
class GroupIT {
    private static final int GROUP = 54_321;

    @TempDir(factory = SharedMemory.class)
    private static Path stage;

    @TempDir(factory = SharedMemory.class)
    private Path path;

    @Test
    void aMemberSeesWhatTheGroupMayWatchIsToldWhatHeMayNotReadAndRemovesNothing() throws IOException {
        var command = Sandbox.nobody(path.toString(), GROUP); // skips where that is not allowed
        Files.setAttribute(path, "unix:gid", GROUP);
        Files.setAttribute(path, "unix:mode", 02750);
        var directory = new RegionDirectory(path);
        var here = Attachment.standard().in(directory);
        SpscRing.create(directory, "private", RingOptions.ofCapacity(4096));
        SpscRing.create(directory, "shared", RingOptions.ofCapacity(4096).with(Sharing.GROUP_WATCHES));
        SpscRing.create(directory, "ended", RingOptions.ofCapacity(4096).with(Sharing.GROUP_WATCHES));
        SpscRing.producer("ended", here).close();
        String classPath = Staged.classPath(stage, Main.class, Visitor.class, RegionDirectory.class, SpscRing.class, SlotTable.class,
            RegionLook.class, SchemaHistory.class, DirectBuffer.class, CommandLine.class, ObjectMapper.class, JsonFactory.class,
            JsonInclude.class, Histogram.class, Ir.class, Terminal.class);
        try (var producer = SpscRing.producer("shared", here.as("feed"));
            var member = JavaProcess.start(command, classPath, Visitor.class)) {
            assertThat(Visitor.ask(member, "ls")).contains("exit 0")
                .containsPattern("shared +spsc +- +256K +" + ProcessHandle.current().pid() + " feed")
                .contains("private belongs to user 0 and group " + GROUP + " with mode 0600, which does not let user 65534 watch: ask its");
            assertThat(Visitor.ask(member, "inspect private")).contains("not to be read by this user", "mode 0600", "exit 4")
                .doesNotContain("header");
            assertThat(Visitor.ask(member, "inspect shared")).contains("sound", "mode 0640; open", "alive    pid", "exit 0");
            assertThat(Visitor.ask(member, "clean")).contains("kept  private", "kept  shared", "not removed  ended", "exit 4")
                .contains("0640, which does not let user 65534 join: ask its owner");
            assertThat(producer.position()).isZero();
        }
        assertThat(path.toFile().list()).containsExactlyInAnyOrder("private", "shared", "ended");
    }
}
