package dev.slipring.cli.recording;

import static dev.slipring.cli.recording.RecordingDescriptor.ARRIVAL_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.CRC_LENGTH;
import static dev.slipring.cli.recording.RecordingDescriptor.END;
import static dev.slipring.cli.recording.RecordingDescriptor.ENTRY_LENGTH;
import static dev.slipring.cli.recording.RecordingDescriptor.GAP;
import static dev.slipring.cli.recording.RecordingDescriptor.HEADER_LENGTH;
import static dev.slipring.cli.recording.RecordingDescriptor.LENGTH_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.SEQUENCE_OFFSET;
import static dev.slipring.cli.recording.RecordingDescriptor.TYPE_OFFSET;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a recording: {@link RecordingDescriptor}. Each entry is checked before it is delivered; the first one that is damaged, or not all
 * there, ends it.
 */
public final class RecordingReader implements Closeable {
    private static final int BUFFER_LENGTH = 1 << 16;
    private static final int USUAL_LENGTH = 1 << 12;

    private final InputStream file;
    private final RecordingHeader header;
    private final int maxLength;
    private final CRC32C crc = new CRC32C();
    private byte[] bytes = new byte[USUAL_LENGTH];
    private final UnsafeBuffer entry = new UnsafeBuffer(bytes);
    private final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
    /** Bytes read so far. */
    private long position;
    private long entries;
    /** The sequence that must follow; -1 before the first. */
    private long expected = -1;
    private long arrivalNs;

    /** What happens in a recording. */
    public sealed interface Entry {
        /** When it arrived, in ns after the beginning. */
        long arrivalNs();
    }

    /** @param bytes valid until the next entry is read */
    public record Message(int type, long sequence, long arrivalNs, DirectBuffer bytes) implements Entry {
    }

    /** Messages that were lost. */
    public record Gap(long first, long last, long arrivalNs) implements Entry {
        public long count() {
            return last - first + 1;
        }
    }

    /** The end, which not every recording came to. */
    public record End(RecordingEnd why, long sequence, long arrivalNs) implements Entry {
    }

    public RecordingReader(Path path) throws IOException {
        file = new BufferedInputStream(Files.newInputStream(path), BUFFER_LENGTH);
        try {
            header = RecordingHeader.read(ByteBuffer.wrap(file.readNBytes(HEADER_LENGTH)).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            file.close();
            throw e;
        }
        position = HEADER_LENGTH;
        maxLength = header.ring().capacity() / 8; // as in the ring
    }

    public RecordingHeader header() {
        return header;
    }

    /**
     * The next entry; the last one is an {@link End}.
     *
     * @throws RecordingDamaged when it is damaged, or missing
     */
    public Entry next() throws IOException {
        read(0, ENTRY_LENGTH);
        int length = entry.getInt(LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        int type = entry.getInt(TYPE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        long sequence = entry.getLong(SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        long arrival = entry.getLong(ARRIVAL_OFFSET, ByteOrder.LITTLE_ENDIAN);
        int due = type == GAP ? Long.BYTES : type == END ? Integer.BYTES : length;
        if (type < END || length != due || length < 0 || length > maxLength) {
            throw damaged("it cannot have type " + type + " and " + length + " bytes");
        }
        if (bytes.length < ENTRY_LENGTH + length + CRC_LENGTH) {
            bytes = Arrays.copyOf(bytes, ENTRY_LENGTH + length + CRC_LENGTH);
            entry.wrap(bytes);
        }
        read(ENTRY_LENGTH, length + CRC_LENGTH);
        crc.reset();
        crc.update(bytes, 0, ENTRY_LENGTH + length);
        if (entry.getInt(ENTRY_LENGTH + length, ByteOrder.LITTLE_ENDIAN) != (int) crc.getValue()) {
            throw damaged("its checksum is wrong");
        }
        if (arrival < arrivalNs || (expected >= 0 && sequence != expected) || sequence < 0) {
            throw damaged("it has sequence " + sequence + " at " + arrival + " ns, expected " + expected + " at " + arrivalNs
                + " or later");
        }
        return deliver(type, sequence, arrival, length);
    }

    private Entry deliver(int type, long sequence, long arrival, int length) throws IOException {
        Entry delivered;
        if (type == GAP) {
            var gap = new Gap(sequence, entry.getLong(ENTRY_LENGTH, ByteOrder.LITTLE_ENDIAN), arrival);
            if (gap.last < gap.first) {
                throw damaged("it is a gap from " + gap.first + " to " + gap.last);
            }
            expected = gap.last + 1;
            delivered = gap;
        } else if (type == END) {
            int why = entry.getInt(ENTRY_LENGTH, ByteOrder.LITTLE_ENDIAN);
            if (why < 0 || why >= RecordingEnd.values().length || file.read() >= 0) {
                throw damaged("it is an end for reason " + why + ", expected 0…" + (RecordingEnd.values().length - 1)
                    + ", with nothing behind it");
            }
            delivered = new End(RecordingEnd.values()[why], sequence, arrival);
        } else {
            payload.wrap(bytes, ENTRY_LENGTH, length);
            expected = sequence + 1;
            delivered = new Message(type, sequence, arrival, payload);
        }
        position += ENTRY_LENGTH + length + CRC_LENGTH;
        entries++;
        arrivalNs = arrival;
        return delivered;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void read(int offset, int length) throws IOException {
        int read = file.readNBytes(bytes, offset, length);
        if (read < length) {
            throw new RecordingDamaged("it was cut short at byte " + (position + offset + read) + ", within entry " + entries
                + (offset + read == 0 ? ", which would begin there: who recorded it was killed, or had no room" : ""));
        }
    }

    private RecordingDamaged damaged(String what) {
        return new RecordingDamaged("entry " + entries + " at byte " + position + " is damaged: " + what);
    }
}
