package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.ByteStream;
import dev.slipring.perf.candidate.Descriptors;
import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.PerDirection;
import dev.slipring.perf.candidate.Posix;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import dev.slipring.perf.candidate.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A pipe as a shell makes them, made larger; both ends block. */
final class Pipe implements PerDirection {
    /** As much as the kernel lets everybody have. */
    static final int CAPACITY = 1 << 20;

    @Override
    public String name() {
        return "pipe";
    }

    @Override
    public Kind kind() {
        return Kind.KERNEL;
    }

    @Override
    public boolean blocking() {
        return true;
    }

    @Override
    public Preparation create(Wire wire) {
        var posix = new Posix();
        int[] ends = posix.pipe();
        posix.resizePipe(ends[0], CAPACITY);
        Descriptors.show(ends[0], reading(wire));
        Descriptors.show(ends[1], writing(wire));
        return () -> {
            posix.close(ends[0]);
            posix.close(ends[1]);
        };
    }

    @Override
    public Outlet outlet(Wire wire) {
        return ByteStream.outlet(open(writing(wire), StandardOpenOption.WRITE), wire.length());
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        return ByteStream.inlet(open(reading(wire), StandardOpenOption.READ), wire.length(), receiver);
    }

    private static Path reading(Wire wire) {
        return wire.directory().resolve(wire.name() + "-reading");
    }

    private static Path writing(Wire wire) {
        return wire.directory().resolve(wire.name() + "-writing");
    }

    static FileChannel open(Path file, StandardOpenOption how) {
        try {
            return FileChannel.open(file, how);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + file, e);
        }
    }
}
