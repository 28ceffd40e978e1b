package dev.slipring.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What each process knows it has done, in a file of its own beside the ring, so that it outlives the process. */
final class Tally {
    private final LongBuffer words;

    Tally(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            words = channel.map(FileChannel.MapMode.READ_WRITE, 0, 64).order(ByteOrder.nativeOrder()).asLongBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Messages whose sending returned. */
    long sent() {
        return words.get(0);
    }

    void sent(long count) {
        words.put(0, count);
    }

    /** Messages whose handler returned. */
    long delivered() {
        return words.get(1);
    }

    void delivered(long count) {
        words.put(1, count);
    }

    /** Messages released, at least. */
    long released() {
        return words.get(2);
    }

    void released(long count) {
        words.put(2, count);
    }
}
