package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.Descriptors;
import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.PerDirection;
import dev.slipring.perf.candidate.Posix;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import dev.slipring.perf.candidate.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A POSIX message queue, as long as the system lets everybody have them; both ends block. */
final class MessageQueue implements PerDirection {
    private static final Path LIMITS = Path.of("/proc/sys/fs/mqueue");

    @Override
    public String name() {
        return "mq";
    }

    @Override
    public Kind kind() {
        return Kind.KERNEL;
    }

    @Override
    public @Nullable String refusal(Mode mode, int size) {
        if (!Files.isDirectory(LIMITS)) {
            return "this kernel has no POSIX message queues";
        }
        int longest = limit("msgsize_max");
        return size > longest ? "a message has at most " + longest + " bytes here (fs.mqueue.msgsize_max)" : null;
    }

    @Override
    public boolean blocking() {
        return true;
    }

    @Override
    public Preparation create(Wire wire) {
        var posix = new Posix();
        int queue = posix.messageQueue("/slipring-perf-" + UUID.randomUUID(), limit("msg_max"), wire.length());
        Descriptors.show(queue, wire.file());
        return () -> posix.close(queue);
    }

    @Override
    public Outlet outlet(Wire wire) {
        return new Sending(wire);
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        return new Receiving(wire, receiver);
    }

    private static int limit(String name) {
        try (var reader = Files.newBufferedReader(LIMITS.resolve(name))) {
            return Integer.parseInt(reader.readLine()); // in one call: such a file has nothing more to say to the next
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Sending implements Outlet {
        private final Posix posix = new Posix();
        private final int queue;
        private final MemorySegment message;
        private final UnsafeBuffer buffer;

        Sending(Wire wire) {
            queue = posix.open(wire.file());
            message = Arena.ofAuto().allocate(wire.length(), Long.BYTES);
            buffer = new UnsafeBuffer(message.address(), wire.length());
        }

        @Override
        public int claim(int length) {
            return 0;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return buffer;
        }

        @Override
        public void commit() {
            posix.send(queue, message);
        }

        @Override
        public void close() {
            posix.close(queue);
        }
    }

    private static final class Receiving implements Inlet {
        private final Posix posix = new Posix();
        private final int queue;
        private final MemorySegment message;
        private final UnsafeBuffer buffer;
        private final Receiver receiver;

        Receiving(Wire wire, Receiver receiver) {
            this.receiver = receiver;
            queue = posix.open(wire.file());
            message = Arena.ofAuto().allocate(wire.length(), Long.BYTES);
            buffer = new UnsafeBuffer(message.address(), wire.length());
        }

        @Override
        public void poll(int limit) {
            receiver.onMessage(buffer, 0, posix.receive(queue, message));
        }

        @Override
        public void close() {
            posix.close(queue);
        }
    }
}
