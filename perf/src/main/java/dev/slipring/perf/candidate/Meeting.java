package dev.slipring.perf.candidate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How the ends of a socket find each other: who listens says where, in a file of the pair's directory. */
public final class Meeting {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private Meeting() {
    }

    /** Says a number, all of it at once. */
    public static void say(Path file, int number) {
        try {
            var draft = Files.writeString(file.resolveSibling(file.getFileName() + ".draft"), Integer.toString(number));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The number that the other end says, or will have said soon. */
    public static int hear(Path file) {
        long deadline = System.nanoTime() + PATIENCE_NS;
        while (!Files.exists(file)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the other end does not say where it listens: no " + file);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
        try {
            return Integer.parseInt(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
