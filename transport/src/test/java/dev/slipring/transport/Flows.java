package dev.slipring.transport;

import dev.slipring.core.RegionDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Addresses for tests: each a flow of its own. */
final class Flows {
    /** Short, so that tests are; long enough for a machine with more to do. */
    static final Duration LIVENESS = Duration.ofMillis(1500);

    /** Longer than any test has time: what is noticed nevertheless was not noticed by this. */
    static final Duration NEVER = Duration.ofMinutes(5);

    private static final AtomicInteger NEXT = new AtomicInteger(1);

    private Flows() {
    }

    /** The kinds there are, small enough to be filled soon. */
    static String[] kinds() {
        return new String[] {"shm:spsc?capacity=64k", "shm:mpsc?capacity=64k&parking=true",
            "shm:broadcast?capacity=64k&parking=true", "aeron:ipc?term-length=64k",
            "aeron:ipc?term-length=64k|publication=concurrent", "aeron:udp?term-length=64k"};
    }

    /** A flow of that kind that nobody else uses. */
    static String next(String kind) {
        int number = NEXT.getAndIncrement();
        var uri = TransportUri.parse(kind);
        if (!uri.isAeron()) {
            return uri.with("name", "flow-" + number).toString();
        }
        var stream = uri.with("stream-id", "" + number);
        return (uri.scheme().equals("aeron:udp") ? stream.with("endpoint", "127.0.0.1:" + freePort()) : stream).toString();
    }

    static TransportOptions options(Path directory) {
        return TransportOptions.standard().in(new RegionDirectory(directory)).aliveWithin(LIVENESS);
    }

    private static int freePort() {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
