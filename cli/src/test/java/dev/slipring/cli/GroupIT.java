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
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jline.terminal.Terminal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import uk.co.real_logic.sbe.ir.Ir;

/** The verbs, and readers through the API, as user nobody, who is in the group of the regions' directory. */
class GroupIT {
    private static final int GROUP = 54_321;
    private static final int MESSAGES = 3;

    @TempDir(factory = SharedMemory.class)
    private static Path stage;
    private static String classPath = "";

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private List<String> command = List.of();
    private RegionDirectory directory = new RegionDirectory(Path.of("/"));

    @BeforeAll
    static void stageClasses() {
        classPath = Staged.classPath(stage, Main.class, Visitor.class, RegionDirectory.class, SpscRing.class, SlotTable.class,
            RegionLook.class, SchemaHistory.class, DirectBuffer.class, CommandLine.class, ObjectMapper.class, JsonFactory.class,
            JsonInclude.class, Histogram.class, Ir.class, Terminal.class);
    }

    @BeforeEach
    void share() throws IOException {
        command = Sandbox.nobody(path.toString(), GROUP); // skips where that is not allowed
        Files.setAttribute(path, "unix:gid", GROUP);
        Files.setAttribute(path, "unix:mode", 02750);
        directory = new RegionDirectory(path);
    }

    @Test
    void aMemberSeesWhatTheGroupMayWatchIsToldWhatHeMayNotReadAndRemovesNothing() throws IOException {
        var here = Attachment.standard().in(directory);
        SpscRing.create(directory, "private", RingOptions.ofCapacity(4096));
        SpscRing.create(directory, "shared", RingOptions.ofCapacity(4096).with(Sharing.GROUP_WATCHES));
        SpscRing.create(directory, "ended", RingOptions.ofCapacity(4096).with(Sharing.GROUP_WATCHES));
        SpscRing.producer("ended", here).close();
        try (var producer = SpscRing.producer("shared", here.as("feed"));
            var member = JavaProcess.start(command, classPath, Visitor.class)) {
            assertThat(Visitor.ask(member, "ls")).contains("exit 0")
                .containsPattern("shared +spsc +- +256K +" + ProcessHandle.current().pid() + " feed")
                .contains("private belongs to user 0 and group " + GROUP + " with mode 0600, which does not let user 65534 watch: ask its");
            assertThat(Visitor.ask(member, "inspect private")).contains("not to be read by this user", "mode 0600", "exit 4")
                .doesNotContain("header");
            assertThat(Visitor.ask(member, "inspect shared")).contains("sound", "mode 0640; open", "alive    pid", "exit 0");
            assertThat(Visitor.ask(member, "tail private")).contains("mode 0600, which does not let user 65534 watch", "exit 4");
            assertThat(Visitor.ask(member, "clean")).contains("kept  private", "kept  shared", "not removed  ended", "exit 4")
                .contains("0640, which does not let user 65534 join: ask its owner");
            assertThat(producer.position()).isZero();
            Files.setAttribute(path, "unix:mode", 0700);
            assertThat(Visitor.ask(member, "ls")).contains("mode 0700, which user 65534 may not enter", "exit 4");
            assertThat(Visitor.ask(member, "doctor")).containsPattern("FAIL +directory +" + path + " .*0700").contains("exit 1");
        }
        assertThat(path.toFile().list()).containsExactlyInAnyOrder("private", "shared", "ended");
    }

    @Test
    void aMemberReadsThroughTheApiWhatTheGroupMayWatchAndWritesNothing() {
        for (var sharing : Sharing.values()) {
            BroadcastRing.create(directory, sharing + "-ring", RingOptions.ofCapacity(4096).with(sharing));
            SlotTable.create(directory, sharing + "-slots", SlotOptions.ofPayload(8).slots(4).with(sharing));
            fill(sharing.name());
        }
        try (var member = JavaProcess.start(command, classPath, Member.class)) {
            for (String shared : List.of("GROUP_WATCHES", "GROUP_JOINS")) {
                assertThat(ask(member, "ring " + shared + "-ring")).isEqualTo("3 messages of sum 6; mapped r--s");
                assertThat(ask(member, "slot " + shared + "-slots")).isEqualTo("OK 42; mapped r--s");
            }
            String noJoin = " belongs to user 0 and group " + GROUP + " with mode 0640, which does not let user 65534 join: ask its owner";
            assertThat(ask(member, "produce GROUP_WATCHES-ring")).startsWith("AccessDenied: ").contains(noJoin);
            assertThat(ask(member, "subscribe GROUP_WATCHES-ring")).startsWith("AccessDenied: ").contains(noJoin);
            assertThat(ask(member, "write GROUP_WATCHES-slots")).startsWith("AccessDenied: ").contains(noJoin);
            assertThat(ask(member, "store GROUP_WATCHES-ring")).endsWith("(Permission denied)");
            assertThat(ask(member, "subscribe GROUP_JOINS-ring")).isEqualTo("subscribed");
            String noWatch = " belongs to user 0 and group " + GROUP + " with mode 0600, which does not let user 65534 watch: ask its ";
            assertThat(ask(member, "ring PRIVATE-ring")).startsWith("AccessDenied: ").contains(noWatch);
            assertThat(ask(member, "slot PRIVATE-slots")).startsWith("AccessDenied: ").contains(noWatch);
            assertThat(ask(member, "store PRIVATE-ring")).endsWith("(Permission denied)");
        }
    }

    private void fill(String prefix) {
        var here = Attachment.standard().in(directory);
        var message = new UnsafeBuffer(new byte[8]);
        try (var ring = BroadcastRing.producer(prefix + "-ring", here); var table = SlotTable.writer(prefix + "-slots", here)) {
            for (int i = 1; i <= MESSAGES; i++) {
                message.putLong(0, i);
                assertThat(ring.offer(1, message, 0, 8)).isPositive();
            }
            message.putLong(0, 42);
            table.writer(SlotKey.of("gyro")).write(message, 0, 8);
        }
    }

    private static String ask(JavaProcess member, String what) {
        member.tell(what);
        return member.readLine();
    }
}
