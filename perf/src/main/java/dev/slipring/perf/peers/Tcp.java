package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.Link;
import dev.slipring.perf.candidate.Meeting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * TCP over loopback, without Nagle's algorithm. The kernel sizes the buffers as it sees fit, which it stops doing when told a size.
 *
 * @param name     as in {@code --candidates}
 * @param blocking or spinning, both ends
 */
record Tcp(String name, boolean blocking) implements StreamSocket {
    @Override
    public ServerSocketChannel listen(Link link) throws IOException {
        var listening = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Meeting.say(meeting(link), listening.socket().getLocalPort());
        return listening;
    }

    @Override
    public SocketChannel dial(Link link) throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), Meeting.hear(meeting(link))));
    }

    @Override
    public SocketChannel tune(SocketChannel channel) throws IOException {
        return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    private static Path meeting(Link link) {
        return link.directory().resolve("port");
    }
}
