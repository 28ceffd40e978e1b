package dev.slipring.cli.recording;

import static dev.slipring.cli.recording.RecordingDescriptor.CRC_LENGTH;
import static dev.slipring.cli.recording.RecordingDescriptor.END;
import static dev.slipring.cli.recording.RecordingDescriptor.ENTRY_LENGTH;
import static dev.slipring.cli.recording.RecordingDescriptor.GAP;
import static dev.slipring.cli.recording.RecordingDescriptor.HEADER_LENGTH;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes a recording: {@link RecordingDescriptor}. What it was given is in the file once it is flushed; without an END it is cut short. */
public final class RecordingWriter implements Closeable {
    private static final int BUFFER_LENGTH = 1 << 18;

    private final FileChannel file;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer entries = ByteBuffer.allocateDirect(BUFFER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Begins a file.
     *
     * @param overwrite whether it may be there already
     */
    public RecordingWriter(Path path, boolean overwrite, RecordingHeader header) throws IOException {
        file = FileChannel.open(path, overwrite
            ? Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)
            : Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
        header.writeTo(entries);
        entries.position(HEADER_LENGTH);
    }

    /** One message. */
    public void message(int type, long sequence, long arrivalNs, DirectBuffer buffer, int offset, int length) throws IOException {
        int start = begin(length, type, sequence, arrivalNs);
        new UnsafeBuffer(entries).putBytes(entries.position(), buffer, offset, length);
        entries.position(entries.position() + length);
        end(start);
    }

    /** Messages that were lost. */
    public void gap(long first, long last, long arrivalNs) throws IOException {
        int start = begin(Long.BYTES, GAP, first, arrivalNs);
        entries.putLong(last);
        end(start);
    }

    /** The last entry; the file is on the disk when this returns. */
    public void end(RecordingEnd why, long sequence, long arrivalNs) throws IOException {
        int start = begin(Integer.BYTES, END, sequence, arrivalNs);
        entries.putInt(why.ordinal());
        end(start);
        flush();
        file.force(true);
    }

    /** Hands what was given so far to the operating system. */
    public void flush() throws IOException {
        entries.flip();
        while (entries.hasRemaining()) {
            file.write(entries);
        }
        entries.clear();
    }

    /** Also when it has not come to an end: what was given so far is kept. */
    @Override
    public void close() throws IOException {
        try (file) {
            flush();
        }
    }

    private int begin(int length, int type, long sequence, long arrivalNs) throws IOException {
        int whole = ENTRY_LENGTH + length + CRC_LENGTH;
        if (entries.remaining() < whole) {
            flush();
        }
        if (entries.capacity() < whole) {
            entries = ByteBuffer.allocateDirect(whole).order(ByteOrder.LITTLE_ENDIAN);
        }
        int start = entries.position();
        entries.putInt(length).putInt(type).putLong(sequence).putLong(arrivalNs);
        return start;
    }

    private void end(int start) {
        crc.reset();
        crc.update(entries.duplicate().flip().position(start));
        entries.putInt((int) crc.getValue());
    }
}
