package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.Candidate;
import dev.slipring.perf.candidate.Connection;
import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.Link;
import dev.slipring.perf.candidate.Meeting;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** UDP over loopback, a datagram per message; both ends block. The kernel drops what the receiver's buffer has no room for. */
final class Udp implements Candidate {
    private static final int LONGEST = 65_507;
    private static final int SOCKET_BUFFER = 4 << 20;

    @Override
    public String name() {
        return "udp";
    }

    @Override
    public Kind kind() {
        return Kind.KERNEL;
    }

    @Override
    public @Nullable String refusal(Mode mode, int size) {
        return size > LONGEST ? "a datagram carries at most " + LONGEST + " bytes" : null;
    }

    @Override
    public boolean blocking() {
        return true;
    }

    @Override
    public boolean lossy() {
        return true;
    }

    @Override
    public Preparation prepare(Link link) {
        return Preparation.NOTHING;
    }

    @Override
    public Connection connect(Link link) {
        var channel = open(link);
        return new Connection() {
            @Override
            public Outlet outlet() {
                return new Sending(channel, link.length());
            }

            @Override
            public Inlet inlet(Receiver receiver) {
                return new Receiving(channel, link.length(), receiver);
            }
        };
    }

    private static DatagramChannel open(Link link) {
        var loopback = InetAddress.getLoopbackAddress();
        try {
            var channel = DatagramChannel.open().bind(new InetSocketAddress(loopback, 0))
                .setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER).setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            boolean near = link.end() == Mode.End.NEAR;
            Meeting.say(port(link, near), channel.socket().getLocalPort());
            return channel.connect(new InetSocketAddress(loopback, Meeting.hear(port(link, !near))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path port(Link link, boolean near) {
        return link.directory().resolve(near ? "near-port" : "far-port");
    }

    private static final class Sending implements Outlet {
        private final DatagramChannel channel;
        private final ByteBuffer bytes;
        private final UnsafeBuffer buffer;

        Sending(DatagramChannel channel, int length) {
            this.channel = channel;
            bytes = ByteBuffer.allocateDirect(length);
            buffer = new UnsafeBuffer(bytes);
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
            try {
                channel.write(bytes.clear());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Receiving implements Inlet {
        private final DatagramChannel channel;
        private final Receiver receiver;
        private final ByteBuffer bytes;
        private final UnsafeBuffer buffer;

        Receiving(DatagramChannel channel, int length, Receiver receiver) {
            this.channel = channel;
            this.receiver = receiver;
            bytes = ByteBuffer.allocateDirect(length);
            buffer = new UnsafeBuffer(bytes);
        }

        @Override
        public void poll(int limit) {
            try {
                receiver.onMessage(buffer, 0, channel.read(bytes.clear()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
