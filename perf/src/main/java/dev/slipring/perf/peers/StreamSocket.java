package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.ByteStream;
import dev.slipring.perf.candidate.Candidate;
import dev.slipring.perf.candidate.Connection;
import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.Link;
import dev.slipring.perf.candidate.Mode;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** What {@link UnixSocket} and {@link Tcp} have in common: one connection for both directions, for which the far end listens. */
interface StreamSocket extends Candidate {
    /** Listens, and says where. */
    ServerSocketChannel listen(Link link) throws IOException;

    /** Connects to where the other end said that it listens. */
    SocketChannel dial(Link link) throws IOException;

    @Override
    default Kind kind() {
        return Kind.KERNEL;
    }

    @Override
    default Preparation prepare(Link link) {
        return Preparation.NOTHING;
    }

    @Override
    default Connection connect(Link link) {
        var channel = open(link);
        return new Connection() {
            @Override
            public Outlet outlet() {
                return ByteStream.outlet(channel, link.length());
            }

            @Override
            public Inlet inlet(Receiver receiver) {
                return ByteStream.inlet(channel, link.length(), receiver);
            }
        };
    }

    private SocketChannel open(Link link) {
        try {
            SocketChannel channel;
            if (link.end() == Mode.End.NEAR) {
                channel = dial(link);
            } else {
                try (var listening = listen(link)) {
                    channel = listening.accept();
                }
            }
            channel.configureBlocking(blocking());
            return tune(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets what differs from the defaults. */
    SocketChannel tune(SocketChannel channel) throws IOException;
}
