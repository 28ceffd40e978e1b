package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.Sandbox;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real file systems, mounted for one process: the usable ones, the refused, and those without room. */
class FileSystemIT {
    private static final Path HUGE_PAGES = Path.of("/proc/sys/vm/nr_hugepages");
    private static final List<String> LIFE = List.of("own", "store 42", "close", "join", "load", "close", "watch", "load", "close");
    private static final List<String> ITS_ANSWERS = List.of("open", "stored", "closed", "open", "42", "closed", "open", "42", "closed");

    @TempDir(factory = SharedMemory.class)
    private Path path;

    @ParameterizedTest
    @CsvSource({"6969, nfs", "01021997, 9p", "65735546, fuse", "794c7630, overlay"})
    void aFileSystemThatCannotCarryRegionsIsRefusedByNameAndWithTheReason(String magic, String name) {
        assertThatExceptionOfType(AccessDenied.class).isThrownBy(() -> FileSystem.require(Long.parseLong(magic, 16), path))
            .withMessageStartingWith("%s is on a file system of type 0x%x (%s: ", path, Long.parseLong(magic, 16), name)
            .withMessageEndingWith("), expected tmpfs, hugetlbfs, ext4, xfs: choose another directory with SLIPRING_DIR");
    }

    @ParameterizedTest
    @CsvSource({"01021994, TMPFS", "958458f6, HUGETLBFS", "ef53, EXT4", "58465342, XFS"})
    void aFileSystemThatCanIsTold(String magic, FileSystem expected) {
        assertThat(FileSystem.require(Long.parseLong(magic, 16), path)).isEqualTo(expected);
    }

    @Test
    void anOverlayIsRefused() {
        var script = "mkdir lower upper work; mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay here";
        assertThat(life(script)).startsWith("AccessDenied: " + path.resolve("here")
            + " is on a file system of type 0x794c7630 (overlay: a file may become another one");
    }

    @Test
    void whereNothingCanBePreallocatedTheFileIsWritten() {
        assertThat(life(ext4("8M"))).isEqualTo("created");
    }

    @Test
    void whereNothingCanBePreallocatedAFullFileSystemIsACleanErrorToo() {
        assertThat(life(ext4("256K"))).isEqualTo(full(4 * RegionDescriptor.PAGE_ALIGNMENT));
    }

    @Test
    void whereNoFurtherFileCanBeMadeItIsACleanError() {
        assertThat(life("mount -t tmpfs -o mode=700,nr_inodes=1 tmpfs here"))
            .isEqualTo(full(4 * RegionDescriptor.PAGE_ALIGNMENT));
    }

    @Test
    void onHugePagesARegionLivesAsElsewhereAndATooSmallMountIsACleanError() throws IOException {
        assumeTrue(Files.isWritable(HUGE_PAGES), "needs root to set huge pages aside");
        int before = hugePages();
        try {
            Files.writeString(HUGE_PAGES, Integer.toString(before + 4));
            assumeTrue(hugePages() == before + 4, "needs memory for 4 more huge pages");
            assertThat(life("mount -t hugetlbfs -o mode=700,pagesize=2M,size=8M none here")).isEqualTo("created");
            assertThat(life("mount -t hugetlbfs -o mode=700,pagesize=2M,size=6M none here"))
                .isEqualTo(full(4 * RegionDescriptor.HUGE_PAGE_ALIGNMENT));
        } finally {
            Files.writeString(HUGE_PAGES, Integer.toString(before));
        }
    }

    /**
     * A whole life of a region in the directory {@code here} that a script mounts something on; what is refused or removed leaves nothing.
     *
     * @return what came of creating it
     */
    private String life(String script) {
        var enter = "mount -t tmpfs tmpfs " + path + "; cd " + path + "; mkdir -m 700 here; " + script + "; export SLIPRING_DIR="
            + path.resolve("here");
        Sandbox.assumeWorks(Sandbox.mounts(enter), "cannot be mounted here: " + script);
        try (var visitor = JavaProcess.start(Sandbox.mounts(enter + "; \"$@\"; find here -name region"), Visiting.class)) {
            long free = Long.parseLong(ask(visitor, "free"));
            String created = ask(visitor, "create PRIVATE");
            long freeThen = Long.parseLong(ask(visitor, "free"));
            if (created.equals("created")) {
                assertThat(freeThen).describedAs("nothing is left to be allocated later").isLessThanOrEqualTo(free - (4 << 16));
                assertThat(LIFE.stream().map(command -> ask(visitor, command))).isEqualTo(ITS_ANSWERS);
                assertThat(ask(visitor, "remove")).isEqualTo("removed");
            } else {
                assertThat(freeThen).describedAs("free bytes after the refusal").isEqualTo(free);
            }
            assertThat(visitor.end()).isZero();
            assertThat(visitor.everything()).last().asString().doesNotEndWith("here/region");
            return created;
        }
    }

    /** Without extents, so that it knows no fallocate. */
    private static String ext4(String size) {
        return "truncate -s " + size + " image; mkfs.ext4 -q -O ^extent,^64bit,^has_journal image; mount -o loop image here";
    }

    private String full(int bytes) {
        return "RegionFull: no room for the " + bytes + " bytes of " + path.resolve("here").resolve("region")
            + ": enlarge the file system (docker: --shm-size; huge pages: vm.nr_hugepages), or make it smaller";
    }

    private static int hugePages() throws IOException {
        return Integer.parseInt(Files.readString(HUGE_PAGES).strip());
    }

    private static String ask(JavaProcess visitor, String command) {
        visitor.tell(command);
        return visitor.readLine();
    }
}
