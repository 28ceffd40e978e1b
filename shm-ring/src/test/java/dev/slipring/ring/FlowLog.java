package dev.slipring.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What became of each message of one flow, in a file beside the ring, so that it outlives the processes that write it: the producer says
 * that it is about to send, and that its sending returned; the consumer, that it has it.
 */
final class FlowLog {
    private static final int HEADER = 64;
    private static final long LENGTH = 1L << 28; // sparse
    private static final byte ATTEMPTED = 1;
    private static final byte SENT = 2;

    private final MemorySegment sending;
    private final MemorySegment delivered;

    FlowLog(Path directory, int flow) {
        sending = map(directory.resolve("sending-" + flow));
        delivered = map(directory.resolve("delivered-" + flow));
    }

    private static MemorySegment map(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH, Arena.ofAuto());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Numbers 1 to this were attempted. */
    long attempted() {
        return sending.get(ValueLayout.JAVA_LONG, 0);
    }

    /** Its sending is about to begin; a successor begins behind it. */
    void attempting(long number) {
        sending.set(ValueLayout.JAVA_BYTE, HEADER + number, ATTEMPTED);
        sending.set(ValueLayout.JAVA_LONG, 0, number);
    }

    /** Its sending returned. */
    void sent(long number) {
        sending.set(ValueLayout.JAVA_BYTE, HEADER + number, SENT);
    }

    boolean isSent(long number) {
        return sending.get(ValueLayout.JAVA_BYTE, HEADER + number) == SENT;
    }

    /** The last number that was delivered. */
    long lastDelivered() {
        return delivered.get(ValueLayout.JAVA_LONG, 0);
    }

    void delivered(long number) {
        delivered.set(ValueLayout.JAVA_BYTE, HEADER + number, SENT);
        delivered.set(ValueLayout.JAVA_LONG, 0, Math.max(lastDelivered(), number));
    }

    boolean isDelivered(long number) {
        return delivered.get(ValueLayout.JAVA_BYTE, HEADER + number) == SENT;
    }
}
