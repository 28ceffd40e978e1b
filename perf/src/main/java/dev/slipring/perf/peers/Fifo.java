package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.ByteStream;
import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.PerDirection;
import dev.slipring.perf.candidate.Posix;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import dev.slipring.perf.candidate.Wire;
import java.nio.file.StandardOpenOption;

/** A pipe with a name in the file system, made larger; both ends block. The coordinator has it open, so that opening it does not. */
final class Fifo implements PerDirection {
    @Override
    public String name() {
        return "fifo";
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
        posix.mkfifo(wire.file());
        int fifo = posix.open(wire.file());
        posix.resizePipe(fifo, Pipe.CAPACITY);
        return () -> posix.close(fifo);
    }

    @Override
    public Outlet outlet(Wire wire) {
        return ByteStream.outlet(Pipe.open(wire.file(), StandardOpenOption.WRITE), wire.length());
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        return ByteStream.inlet(Pipe.open(wire.file(), StandardOpenOption.READ), wire.length(), receiver);
    }
}
