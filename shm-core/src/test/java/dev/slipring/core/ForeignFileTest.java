package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and directories that are not what they should be, or not whose they should be. */
class ForeignFileTest {
    private static final int NOBODY = 65_534;

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(meeting.descriptors()).isEmpty();
        assertThat(meeting.mappings()).isEmpty();
    }

    @Test
    void aSymbolicLinkIsNotFollowed() throws IOException {
        meeting.create("target");
        Files.createSymbolicLink(path.resolve("region"), path.resolve("target"));
        assertRefusedAs("a symbolic link");
        meeting.assertNothingLeftBut("region", "target");
    }

    @Test
    void aDanglingLinkIsNoFreeName() throws IOException {
        Files.createSymbolicLink(path.resolve("region"), path.resolve("nowhere"));
        assertThatExceptionOfType(RegionExists.class).isThrownBy(() -> meeting.create("region"));
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aDirectoryIsNoRegion() throws IOException {
        Files.createDirectory(path.resolve("region"));
        assertRefusedAs("a directory");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aFifoIsNoRegionAndBlocksNobody() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", path.resolve("region").toString()).start().waitFor()).isZero();
        assertRefusedAs("a FIFO");
    }

    /** Opening may rewind a tape or arm a watchdog; that of a FIFO is seen at its other end. */
    @Test
    void whatIsNoRegularFileIsNotEvenOpened() throws Exception {
        var fifo = path.resolve("region");
        assertThat(new ProcessBuilder("mkfifo", "-m", "600", fifo.toString()).start().waitFor()).isZero();
        var writer = new ProcessBuilder("sh", "-c", ": > " + fifo).start();
        try {
            Await.until("the writer waits for a reader", () -> sleeps(writer.pid()));
            assertRefusedAs("a FIFO");
            assertThat(sleeps(writer.pid())).as("it still waits for the first reader").isTrue();
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    @Test
    void aSocketIsNoRegion() throws IOException {
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(path.resolve("region")));
            assertRefusedAs("a socket");
        }
    }

    @Test
    void aDeviceIsNoRegion() throws Exception {
        int made = new ProcessBuilder("mknod", "-m", "600", path.resolve("region").toString(), "c", "1", "3").start().waitFor();
        assumeTrue(made == 0, "needs the right to make a device");
        assertRefusedAs("a device");
    }

    @Test
    void aRegionWithTwoNamesIsRefusedUnderBothUntilOneIsGone() throws IOException {
        meeting.create("other");
        Files.createLink(path.resolve("region"), path.resolve("other"));
        assertRefused("has 2 names, expected 1: remove the hard links");
        Files.delete(path.resolve("other"));
        meeting.producer("region").close();
        meeting.assertNothingLeftBut("region");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-----w-", "rw------x", "rw-rw-rw-"})
    void aRegionThatOthersMayTouchIsRefused(String mode) throws IOException {
        var file = meeting.create("region");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        for (var refused : openings()) {
            assertThatExceptionOfType(AccessDenied.class).isThrownBy(refused::run)
                .withMessageContaining("with mode " + Linux.status(file.toString()).orElseThrow().octalMode())
                .withMessageContaining("nothing for others: remove it, or fix owner and mode");
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aFileOfAnotherUserIsRefused() throws IOException {
        var file = meeting.create("region");
        assumeTrue(chown(file), "needs the right to give files away");
        for (var refused : openings()) {
            assertThatExceptionOfType(AccessDenied.class).isThrownBy(refused::run)
                .withMessageStartingWith("%s belongs to user 65534 and group %s with mode 0600, expected user %s", file, group(file),
                    Linux.effectiveUser());
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aFileOfAnotherUserIsWelcomeWhereHeSharesItWithAGroupThatMeetsThere() throws IOException {
        var file = meeting.create("region");
        assumeTrue(chown(file), "needs the right to give files away");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        for (var refused : openings()) {
            assertThatExceptionOfType(AccessDenied.class).isThrownBy(refused::run)
                .withMessageContaining("(or, in a chosen directory of mode 2750/2770, a group's 0640/0660)");
        }
        Files.setAttribute(path, "unix:mode", 02750);
        meeting.consumer("region").close();
        meeting.assertNothingLeftBut("region");
    }

    @ParameterizedTest
    @CsvSource({"0777, false", "1777, false", "0702, false", "2777, false", "0770, false", "2770, true", "2750, true", "0750, true",
        "0700, true"})
    void aDirectoryIsTrustedOnlyWhereNobodyElseCanPutFiles(String mode, boolean trusted) throws IOException {
        meeting.create("region");
        Files.setAttribute(path, "unix:mode", Integer.parseInt(mode, 8));
        if (trusted) {
            meeting.producer("region").close();
            meeting.create("second");
            meeting.assertNothingLeftBut("region", "second");
        } else {
            for (var refused : openings()) {
                assertThatExceptionOfType(AccessDenied.class).isThrownBy(refused::run)
                    .withMessage("%s belongs to user %s and group %s with mode %s and is writable by others: chmod 700 it (or choose one "
                        + "of mode 2770 with SLIPRING_DIR, to share with a group)", path, Linux.effectiveUser(), group(path), mode);
            }
            assertThatExceptionOfType(AccessDenied.class).isThrownBy(() -> meeting.create("second"));
            meeting.assertNothingLeftBut("region");
        }
    }

    @Test
    void aDirectoryOfAnotherUserIsRefusedUnlessHeSharesItWithTheGroup() throws IOException {
        meeting.create("region");
        assumeTrue(chown(path), "needs the right to give files away");
        for (var refused : openings()) {
            assertThatExceptionOfType(AccessDenied.class).isThrownBy(refused::run)
                .withMessage("%s belongs to user 65534 and group %s with mode 0700, expected user %s or root: choose another with "
                    + "SLIPRING_DIR", path, group(path), Linux.effectiveUser());
        }
        Files.setAttribute(path, "unix:mode", 02770);
        meeting.producer("region").close();
        meeting.assertNothingLeftBut("region");
    }

    @ParameterizedTest
    @EnumSource(Sharing.class)
    void aRegionIsSharedOnlyWhereAGroupIsMeantToMeet(Sharing sharing) throws IOException {
        var spec = Meeting.SPEC.with(sharing);
        if (sharing != Sharing.PRIVATE) {
            assertThatExceptionOfType(AccessDenied.class).isThrownBy(() -> meeting.create("region", spec))
                .withMessage("%s belongs to user %s and group %s with mode 0700, expected a directory for a group (%s): chgrp it and chmod "
                    + "2750 (the owner creates) or 2770 (every member may), and choose it with SLIPRING_DIR", path, Linux.effectiveUser(),
                    group(path), sharing);
            meeting.assertNothingLeftBut();
        }
        Files.setAttribute(path, "unix:mode", 02750);
        var file = meeting.create("region", spec);
        assertThat(Linux.status(file.toString()).orElseThrow().mode() & 07777).isEqualTo(sharing.mode());
        meeting.producer("region").close();
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void aDirectoryMayBeNoLinkAndNoFile() throws IOException {
        var real = Files.createDirectory(path.resolve("real"));
        new Meeting(real).create("region");
        var link = new Meeting(Files.createSymbolicLink(path.resolve("link"), real));
        assertThatExceptionOfType(AccessDenied.class).isThrownBy(() -> link.producer("region"))
            .withMessage("%s is a symbolic link, not a directory: remove it, or choose another with SLIPRING_DIR", link.path);
        assertThatExceptionOfType(AccessDenied.class).isThrownBy(() -> link.create("second"));
        var file = new Meeting(Files.createFile(path.resolve("file")));
        assertThatExceptionOfType(AccessDenied.class).isThrownBy(() -> file.create("region"))
            .withMessageContaining("is a regular file, not a directory");
    }

    private void assertRefusedAs(String type) {
        assertRefused("is " + type + ", expected a regular file (links are not followed): remove it, or use another name");
    }

    private static boolean sleeps(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "stat")).contains("(sh) S ");
        } catch (IOException e) {
            return false;
        }
    }

    private void assertRefused(String reason) {
        for (var refused : openings()) {
            assertThatExceptionOfType(RegionIncompatible.class).isThrownBy(refused::run)
                .withMessage("%s %s", path.resolve("region"), reason);
        }
        assertThatExceptionOfType(RegionExists.class).isThrownBy(() -> meeting.create("region"));
    }

    private Runnable[] openings() {
        return new Runnable[] {() -> meeting.producer("region"), () -> meeting.consumer("region"), () -> meeting.watcher("region"),
            () -> Region.remove(meeting.directory, "region")};
    }

    private static int group(Path file) {
        return Linux.status(file.toString()).orElseThrow().gid();
    }

    private static boolean chown(Path file) {
        try {
            Files.setAttribute(file, "unix:uid", NOBODY);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
