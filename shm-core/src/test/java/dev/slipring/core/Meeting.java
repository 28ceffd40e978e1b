package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** A directory of regions as the tests of this room use it, and what they look for in it. */
final class Meeting {
    static final int CAPACITY = 4096;
    static final RegionSpec SPEC = new RegionSpec(RegionKind.SPSC_RING, CAPACITY, 64, 0, false, Schema.NONE);

    final Path path;
    final RegionDirectory directory;
    final Attachment attachment;

    Meeting(Path path) {
        this.path = path;
        directory = new RegionDirectory(path);
        attachment = Attachment.standard().in(directory);
    }

    Path create(String name) {
        return create(name, SPEC);
    }

    Path create(String name, RegionSpec spec) {
        Region.create(directory, name, spec, MemorySeam.DIRECT, areas -> { });
        return path.resolve(name);
    }

    Region producer(String name) {
        return producer(name, attachment);
    }

    static Region producer(String name, Attachment attachment) {
        return Region.attach(name, RegionKind.SPSC_RING, Access.OWN, Role.PRODUCER, true, attachment);
    }

    Region consumer(String name) {
        return consumer(name, attachment);
    }

    static Region consumer(String name, Attachment attachment) {
        return Region.attach(name, RegionKind.SPSC_RING, Access.JOIN, Role.CONSUMER, true, attachment);
    }

    /** One of any number of consumers. */
    Region someConsumer(String name) {
        return Region.attach(name, RegionKind.SPSC_RING, Access.JOIN, Role.CONSUMER, false, attachment);
    }

    Region watcher(String name) {
        return Region.watch(name, RegionKind.SPSC_RING, attachment);
    }

    /** Changes the header's bytes and makes its checksum right again, as somebody would who knows the layout. */
    void forge(String name, Consumer<UnsafeBuffer> change) {
        damage(name, header -> {
            change.accept(header);
            var crc = new CRC32C();
            crc.update(header.byteArray(), 0, RegionDescriptor.CRC_OFFSET);
            header.putInt(RegionDescriptor.CRC_OFFSET, (int) crc.getValue());
        });
    }

    /** Changes the header's bytes. */
    void damage(String name, Consumer<UnsafeBuffer> change) {
        try (var file = new RandomAccessFile(path.resolve(name).toFile(), "rw")) {
            byte[] header = new byte[RegionDescriptor.HEADER_LENGTH];
            file.readFully(header);
            change.accept(new UnsafeBuffer(header));
            file.seek(0);
            file.write(header);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The descriptors of this process that lead into the directory, nameless files included. */
    List<String> descriptors() {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            var found = new ArrayList<String>();
            for (var each : all.toList()) {
                String target = target(each);
                if (target.startsWith(path.toString())) {
                    found.add(each.getFileName() + " -> " + target);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of this process's memory map that lead into the directory. */
    List<String> mappings() {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(path.toString())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless nothing of this process is left in the directory: no descriptor, no mapped page, no lock, and only these files. */
    void assertNothingLeftBut(String... names) {
        assertThat(descriptors()).isEmpty();
        assertThat(mappings()).isEmpty();
        try (var files = Files.list(path)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String name : names) {
            if (Files.isRegularFile(path.resolve(name)) && !Files.isSymbolicLink(path.resolve(name))) {
                assertUnlocked(path.resolve(name));
            }
        }
    }

    private static void assertUnlocked(Path file) {
        int fd = Linux.open(file.toString(), Linux.O_RDWR | Linux.O_CLOEXEC, 0);
        assertThat(fd).describedAs("descriptor of %s", file).isNotNegative();
        try (var locks = new LockFile(fd)) {
            assertThat(locks.tryExclusive(LockFile.LIFE)).describedAs("nobody has the life lock").isTrue();
            assertThat(locks.tryExclusive(LockFile.REPAIR)).describedAs("nobody has the repair lock").isTrue();
            for (var role : Role.values()) {
                assertThat(locks.tryExclusive(LockFile.roleByte(role))).describedAs("nobody is %s", role).isTrue();
            }
            for (int slot = 0; slot < RegionDescriptor.MAX_PARTICIPANTS; slot++) {
                assertThat(locks.tryExclusive(LockFile.slotByte(slot))).describedAs("nobody has slot %s", slot).isTrue();
            }
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile: the descriptor of this very listing, or another thread's
        }
    }
}
