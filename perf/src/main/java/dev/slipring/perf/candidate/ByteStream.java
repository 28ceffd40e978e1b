package dev.slipring.perf.candidate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages in a stream of bytes, each after its length in a 64-bit word. One call writes a message; one call reads as many as are there.
 * The buffers are direct, so that nothing is copied between them and the call.
 *
 * <p>With channels that block, so do both ends; with others they return, or spin until a message is written that was begun.
 */
public final class ByteStream {
    private static final int HEADER = Long.BYTES;
    private static final int READ_AHEAD = 256 * 1024;

    private ByteStream() {
    }

    /** @param length of the messages */
    public static Outlet outlet(WritableByteChannel channel, int length) {
        return new Writing(channel, length);
    }

    /** @param length of the messages */
    public static Inlet inlet(ReadableByteChannel channel, int length, Receiver receiver) {
        return new Reading(channel, length, receiver);
    }

    private static final class Writing implements Outlet {
        private final WritableByteChannel channel;
        private final ByteBuffer bytes;
        private final UnsafeBuffer buffer;

        Writing(WritableByteChannel channel, int length) {
            this.channel = channel;
            bytes = ByteBuffer.allocateDirect(HEADER + length);
            buffer = new UnsafeBuffer(bytes);
        }

        @Override
        public int claim(int length) {
            buffer.putLong(0, length);
            return HEADER;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return buffer;
        }

        @Override
        public void commit() {
            bytes.clear();
            try {
                channel.write(bytes);
                while (bytes.hasRemaining()) {
                    Thread.onSpinWait();
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            closed(channel);
        }
    }

    private static final class Reading implements Inlet {
        private final ReadableByteChannel channel;
        private final Receiver receiver;
        private final ByteBuffer bytes;
        private final UnsafeBuffer buffer;
        /** From here to the position of {@link #bytes}: read, and not yet handed over. */
        private int begin;

        Reading(ReadableByteChannel channel, int length, Receiver receiver) {
            this.channel = channel;
            this.receiver = receiver;
            bytes = ByteBuffer.allocateDirect(Math.max(READ_AHEAD, 4 * (HEADER + length))).order(ByteOrder.nativeOrder());
            buffer = new UnsafeBuffer(bytes);
        }

        @Override
        public void poll(int limit) {
            while (!holdsMessage()) {
                if (read() == 0) {
                    return;
                }
            }
            for (int handed = 0; handed < limit && holdsMessage(); handed++) {
                int length = (int) buffer.getLong(begin);
                int offset = begin + HEADER;
                begin = offset + length;
                receiver.onMessage(buffer, offset, length);
            }
        }

        private boolean holdsMessage() {
            int held = bytes.position() - begin;
            return held >= HEADER && held >= HEADER + buffer.getLong(begin);
        }

        private int read() {
            if (begin == bytes.position()) {
                bytes.clear();
                begin = 0;
            } else if (!bytes.hasRemaining()) {
                bytes.flip().position(begin).compact();
                begin = 0;
            }
            try {
                int read = channel.read(bytes);
                if (read < 0) {
                    throw new IllegalStateException("the other end has closed the stream");
                }
                return read;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            closed(channel);
        }
    }

    private static void closed(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close " + channel, e);
        }
    }
}
