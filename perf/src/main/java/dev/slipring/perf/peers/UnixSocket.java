package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.Link;
import dev.slipring.perf.candidate.Meeting;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A Unix domain socket, a stream.
 *
 * @param name     as in {@code --candidates}
 * @param blocking or spinning, both ends
 */
record UnixSocket(String name, boolean blocking) implements StreamSocket {
    private static final int SEND_BUFFER = 1 << 20;

    @Override
    public ServerSocketChannel listen(Link link) throws IOException {
        var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address(link));
        Meeting.say(meeting(link), 0);
        return listening;
    }

    @Override
    public SocketChannel dial(Link link) throws IOException {
        Meeting.hear(meeting(link));
        return SocketChannel.open(address(link));
    }

    @Override
    public SocketChannel tune(SocketChannel channel) throws IOException {
        return channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
    }

    private static UnixDomainSocketAddress address(Link link) {
        return UnixDomainSocketAddress.of(link.directory().resolve("socket"));
    }

    private static Path meeting(Link link) {
        return link.directory().resolve("listening");
    }
}
