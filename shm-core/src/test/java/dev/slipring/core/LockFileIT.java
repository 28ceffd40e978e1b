package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel does with the locks of an open file description: why each participant has one of its own, for nothing else. */
class LockFileIT {
    private static final long BYTE = LockFile.slotByte(3);

    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;
    private Path file;

    /** Main class of another process: attaches, and closes the description that has its locks behind the region's back. */
    static final class LettingGo {
        private LettingGo() {
        }

        /** Arguments: directory, region. */
        public static void main(String[] arguments) throws IOException {
            var meeting = new Meeting(Path.of(arguments[0]));
            var region = meeting.producer(arguments[1]);
            int closed = 0;
            for (String descriptor : meeting.descriptors()) {
                String number = descriptor.split(" ", 2)[0];
                if (Files.readString(Path.of("/proc/self/fdinfo", number)).contains("OFDLCK")) {
                    closed += Linux.close(Integer.parseInt(number)) == 0 ? 1 : 0;
                }
            }
            System.out.println("let go of " + closed + " of " + region);
            JavaProcess.awaitParent();
            Runtime.getRuntime().halt(0); // the region would close a number that may be somebody else's by now
        }
    }

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
        file = meeting.create("region");
    }

    @Test
    void aDescriptionDoesNotSeeItsOwnLock() {
        int holder = open(Linux.O_RDWR);
        int other = open(Linux.O_RDONLY);
        assertThat(Linux.lock(holder, BYTE, true)).isZero();
        assertThat(new Inquiry(holder).isWriteLocked(BYTE)).as("asked through the one that has it").isFalse();
        assertThat(new Inquiry(other).isWriteLocked(BYTE)).isTrue();
        assertThat(Linux.lock(holder, BYTE, true)).as("taken a second time, through the same").isZero();
        Linux.close(holder);
        assertThat(new Inquiry(other).isWriteLocked(BYTE)).isFalse();
        Linux.close(other);
    }

    @Test
    void aMappingKeepsTheLocksOfItsDescription() {
        int mapped = open(Linux.O_RDWR);
        int other = open(Linux.O_RDONLY);
        assertThat(Linux.lock(mapped, BYTE, true)).isZero();
        long address = Linux.mmap(0, 4096, Linux.PROT_READ, Linux.MAP_SHARED, mapped, 0);
        assertThat(address).isPositive();
        Linux.close(mapped);
        assertThat(new Inquiry(other).isWriteLocked(BYTE)).as("closed, but mapped").isTrue();
        Linux.munmap(address, 4096);
        assertThat(new Inquiry(other).isWriteLocked(BYTE)).isFalse();
        Linux.close(other);
    }

    @Test
    void soWhatIsMappedIsNotWhatHasTheLocks() {
        try (var watcher = meeting.watcher("region"); var other = JavaProcess.start(LettingGo.class, path.toString(), "region")) {
            assertThat(other.readLine()).startsWith("let go of 1 of ");
            assertThat(watcher.participants().isDead(0, 1)).as("although it lives, and has the region mapped").isTrue();
            meeting.producer("region").close();
            assertThat(other.isAlive()).isTrue();
        }
    }

    private int open(int mode) {
        int fd = Linux.open(file.toString(), mode | Linux.O_CLOEXEC, 0);
        assertThat(fd).isNotNegative();
        return fd;
    }
}
