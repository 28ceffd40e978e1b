package dev.slipring.perf.candidate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A plain mapped file, for candidates that bring no file handling of their own. */
public final class MappedFile {
    private static final int PAGE = 4096;

    private MappedFile() {
    }

    /** Makes a file of zeros, all of it there. */
    public static void create(Path file, int length) {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var zeros = ByteBuffer.allocate(PAGE);
            for (int done = 0; done < length; done += zeros.position()) {
                zeros.clear().limit(Math.min(PAGE, length - done));
                channel.write(zeros, done);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + file, e);
        }
    }

    /** Maps the whole file for reading and writing, every page of it. */
    public static MappedByteBuffer map(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size()).load();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot map " + file, e);
        }
    }
}
