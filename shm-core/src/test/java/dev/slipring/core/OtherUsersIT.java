package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Sandbox;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.core.process.Staged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of user nobody may do with our regions, as a stranger and as a member of the directory's group. */
class OtherUsersIT {
    /** A group of no name, which nobody is in but whom the tests put there. */
    private static final int GROUP = 54_321;

    @TempDir(factory = SharedMemory.class)
    private static Path stage;
    private static String classPath = "";

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeAll
    static void stageClasses() {
        classPath = Staged.classPath(stage, Region.class, Visiting.class, UnsafeBuffer.class);
    }

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
    }

    @Test
    void aRegionIsItsOwnersAloneUnlessHeSaysOtherwise() throws IOException {
        chmod(0755);
        var file = meeting.create("region");
        try (var stranger = visitor()) {
            String whose = "AccessDenied: " + file + " belongs to user 0 and group 0 with mode 0600, which does not let user 65534 ";
            String next = ": ask its owner to share it with a group of yours (0640 to watch, 0660 to join), or become user or member";
            assertThat(ask(stranger, "watch")).isEqualTo(whose + "watch" + next);
            assertThat(ask(stranger, "join")).isEqualTo(whose + "join" + next);
            assertThat(ask(stranger, "own")).isEqualTo(whose + "join" + next);
            assertThat(ask(stranger, "remove")).isEqualTo(whose + "join" + next);
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aMemberWatchesWhatTheGroupMayWatchAndCannotTakePart() throws IOException {
        shareDirectory(02750);
        var file = meeting.create("region", Meeting.SPEC.with(Sharing.GROUP_WATCHES));
        try (var owner = meeting.producer("region"); var member = visitor(GROUP)) {
            owner.memory(Area.DATA).putLongRelease(0, 42);
            assertThat(ask(member, "watch")).isEqualTo("open");
            assertThat(ask(member, "load")).isEqualTo("42");
            assertThat(ask(member, "dead 0 1")).isEqualTo("false");
            String whose = "AccessDenied: " + file + " belongs to user 0 and group " + GROUP + " with mode 0640, which does not let user ";
            assertThat(ask(member, "join")).startsWith(whose);
            assertThat(ask(member, "own")).startsWith(whose);
            assertThat(ask(member, "remove")).startsWith(whose);
            owner.close();
            assertThat(ask(member, "dead 0 1")).isEqualTo("true");
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aMemberTakesPartWhereTheGroupMayJoin() throws IOException {
        shareDirectory(02750);
        meeting.create("region", Meeting.SPEC.with(Sharing.GROUP_JOINS));
        try (var watcher = meeting.watcher("region"); var member = visitor(GROUP)) {
            assertThat(ask(member, "join")).isEqualTo("open");
            assertThat(watcher.participants().list()).extracting(ParticipantInfo::pid).containsExactly(member.pid());
            assertThat(ask(member, "close")).isEqualTo("closed");
            assertThat(watcher.participants().closedInOrder(Role.CONSUMER)).isEqualTo(1);
            assertThat(ask(member, "own")).isEqualTo("open");
            assertThat(ask(member, "store 43")).isEqualTo("stored");
            assertThat(watcher.view(Area.DATA).getLongAcquire(0)).isEqualTo(43);
            member.kill();
            try (var successor = meeting.producer("region")) {
                assertThat(successor.participants().died(Role.PRODUCER)).isEqualTo(1);
            }
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aMemberCreatesOnlyWhereTheGroupMayWriteAndTheOthersThenTakePart() throws IOException {
        shareDirectory(02750);
        try (var member = visitor(GROUP)) {
            assertThat(ask(member, "create GROUP_JOINS")).isEqualTo("AccessDenied: " + path + " belongs to user 0 and group " + GROUP
                + " with mode 2750, where user 65534 may not create files: have its owner create the region, or chmod 2770 it for a "
                + "group of yours");
            chmod(02770);
            assertThat(ask(member, "create GROUP_JOINS")).isEqualTo("created");
            meeting.producer("region").close();
            Region.remove(meeting.directory, "region");
            assertThat(ask(member, "create PRIVATE")).isEqualTo("created");
            assertThat(outcomes(() -> meeting.watcher("region"))).startsWith("AccessDenied: " + path.resolve("region")
                + " belongs to user 65534 and group " + GROUP + " with mode 0600, expected user 0 or a group's 0640/0660");
            assertThat(ask(member, "remove")).isEqualTo("removed");
        }
        meeting.assertNothingLeftBut();
    }

    @Test
    void aStrangerDoesNotEnterTheGroupsDirectory() throws IOException {
        shareDirectory(02770);
        meeting.create("region", Meeting.SPEC.with(Sharing.GROUP_JOINS));
        try (var stranger = visitor()) {
            for (String command : List.of("watch", "join", "own", "remove", "create GROUP_JOINS")) {
                assertThat(ask(stranger, command)).startsWith("AccessDenied: " + path + " belongs to user 0 and group " + GROUP
                    + " with mode 2770, which user 65534 may not enter: have its owner share it");
            }
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aDirectoryThatOthersMayWriteIsRefused() throws IOException {
        shareDirectory(02770);
        meeting.create("region", Meeting.SPEC.with(Sharing.GROUP_JOINS));
        chmod(02777);
        try (var member = visitor(GROUP)) {
            for (String command : List.of("watch", "join", "own", "remove", "create GROUP_JOINS")) {
                assertThat(ask(member, command)).startsWith("AccessDenied: " + path + " belongs to user 0 and group " + GROUP
                    + " with mode 2777 and is writable by others: chmod 700 it");
            }
        }
    }

    @Test
    void aDirectoryThatIsALinkIsRefused() throws IOException {
        chmod(0755);
        var link = Files.createSymbolicLink(path.resolve("link"), Files.createDirectory(path.resolve("real")));
        try (var stranger = visitor(link)) {
            for (String command : List.of("watch", "join", "own", "remove", "create PRIVATE")) {
                assertThat(ask(stranger, command)).isEqualTo("AccessDenied: " + link
                    + " is a symbolic link, not a directory: remove it, or choose another with SLIPRING_DIR");
            }
        }
        assertThat(path.resolve("real")).isEmptyDirectory();
    }

    @Test
    void inTheStandardDirectoryARegionOfAnotherUserIsRefusedWhateverItsMode() {
        var region = "/dev/shm/slipring-0/region";
        var script = "unset SLIPRING_DIR; mount -t tmpfs -o mode=1777 tmpfs /dev/shm; mkdir -m 700 /dev/shm/slipring-0; "
            + "head -c 4096 /dev/zero > " + region + "; chown nobody " + region + "; chmod 660 " + region + "; exec \"$@\"";
        try (var visitor = JavaProcess.start(Sandbox.mounts(script), Visiting.class)) {
            for (String command : List.of("watch", "join", "own", "remove")) {
                assertThat(ask(visitor, command)).isEqualTo("AccessDenied: " + region + " belongs to user 65534 and group 0 with mode 0660"
                    + ", expected user 0 (or, in a chosen directory of mode 2750/2770, a group's 0640/0660), and nothing for others: "
                    + "remove it, or fix owner and mode");
            }
        }
    }

    private void shareDirectory(int mode) throws IOException {
        Sandbox.nobody("/", GROUP); // skips the test where files cannot be given away either
        Files.setAttribute(path, "unix:gid", GROUP);
        chmod(mode);
    }

    private void chmod(int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    private JavaProcess visitor(int... groups) {
        return JavaProcess.start(Sandbox.nobody(path.toString(), groups), classPath, Visiting.class);
    }

    private static JavaProcess visitor(Path directory) {
        return JavaProcess.start(Sandbox.nobody(directory.toString()), classPath, Visiting.class);
    }

    private static String ask(JavaProcess visitor, String command) {
        visitor.tell(command);
        return visitor.readLine();
    }

    private static String outcomes(Runnable attempt) {
        try {
            attempt.run();
            return "done";
        } catch (SlipringException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
