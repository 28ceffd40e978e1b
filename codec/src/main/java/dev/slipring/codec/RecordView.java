package dev.slipring.codec;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/**
 * One record of a bigger buffer, and the only way from there to a generated decoder.
 *
 * <p>A generated decoder knows no end of its message: a text length or group count that lies makes it read on into whatever follows. So a
 * decoder gets this view's own buffer, which ends where the record ends. No check before the reading stands in for that bound: the bytes
 * may change between a check and the reading when another process writes them, and the bound still holds.
 *
 * <p>A message is header {block length, template id, schema id, version; 16 bits each, little endian}, block, groups, texts. The lengths
 * and counts of groups and texts must be of 16 bits at most, as in the trading schema.
 *
 * <p>Threads: one at a time. Blocks: never. Allocates: nothing, but for exceptions. A decoder, and what was wrapped over its texts, is good
 * until the next {@link #wrap} or {@link #clear}, and no longer than the buffer under the record: not after the handler has returned.
 * {@snippet :
 * switch (view.wrap(buffer, offset, length)) {
 *     case TradeDecoder.TEMPLATE_ID -> onTrade(view.decode(trade));
 *     case QuoteDecoder.TEMPLATE_ID -> onQuote(view.decodeWhole(quote));
 *     default -> unknown++; // a newer writer's message
 * }
 * }
 */
public final class RecordView {
    /** Bytes of the message header. */
    public static final int HEADER_LENGTH = 8;

    private static final int BLOCK_LENGTH_OFFSET = 0;
    private static final int TEMPLATE_ID_OFFSET = 2;
    private static final int SCHEMA_ID_OFFSET = 4;
    private static final int VERSION_OFFSET = 6;
    private static final int NO_RECORD = -1;

    private final SchemaHistory schema;
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);

    private int templateId = NO_RECORD;
    private int blockLength;
    private int version;

    /**
     * A view of no record yet.
     *
     * @param schema whose messages it decodes
     * @throws IllegalStateException when Agrona's bounds checks are switched off in this JVM
     */
    public RecordView(SchemaHistory schema) {
        if (!UnsafeBuffer.SHOULD_BOUNDS_CHECK) {
            throw new IllegalStateException("bounds checks are off (-D" + UnsafeBuffer.DISABLE_BOUNDS_CHECKS_PROP_NAME
                + "=true): nothing would keep a decoder inside its record. Remove that property, or decode with the generated classes"
                + " alone where every writer is trusted");
        }
        this.schema = schema;
    }

    /**
     * Moves the view to a record and checks what its header says. When it throws, the view is of no record.
     *
     * @param offset first byte of the message header
     * @param length bytes of the record; may be more than the message needs
     * @return template id, 0…65535; it may be one that this version does not know
     * @throws DecodeException          when the record is shorter than a header, of another schema, or shorter than its block
     * @throws IllegalArgumentException when offset and length are not within the buffer
     */
    public int wrap(DirectBuffer buffer, int offset, int length) {
        templateId = NO_RECORD;
        if (offset < 0 || length < 0 || (long) offset + length > buffer.capacity()) {
            clear();
            throw new IllegalArgumentException("a record of " + length + " bytes at " + offset + " is not within a buffer of "
                + buffer.capacity());
        }
        record.wrap(buffer, offset, length);
        if (length < HEADER_LENGTH) {
            throw cleared(DecodeException.tooShort(length));
        }
        int schemaId = header(SCHEMA_ID_OFFSET);
        if (schemaId != schema.id()) {
            throw cleared(DecodeException.schema(schema.id(), schemaId));
        }
        int block = header(BLOCK_LENGTH_OFFSET);
        if (block > length - HEADER_LENGTH) {
            throw cleared(DecodeException.blockTooLong(length - HEADER_LENGTH, block));
        }
        blockLength = block;
        version = header(VERSION_OFFSET);
        templateId = header(TEMPLATE_ID_OFFSET);
        return templateId;
    }

    /**
     * Wraps a decoder over the record's block. Reading a group or a text that goes on after the record's end throws
     * {@link IndexOutOfBoundsException}; a text that nobody reads is found by {@link #requireEnd} only.
     *
     * @param <D>     a message's decoder, generated with interfaces
     * @param decoder of this schema
     * @return the decoder
     * @throws DecodeException          when the record holds another message, or a block too short for the version it names
     * @throws IllegalArgumentException when the decoder is of another schema, or of a message that the history does not know
     * @throws IllegalStateException    when the view is of no record
     */
    public <D extends MessageDecoderFlyweight> D decode(D decoder) {
        if (templateId == NO_RECORD) {
            throw new IllegalStateException("no record: wrap() one first");
        }
        if (decoder.sbeSchemaId() != schema.id()) {
            throw new IllegalArgumentException("a decoder of schema id " + decoder.sbeSchemaId() + " in a view of " + schema);
        }
        if (decoder.sbeTemplateId() != templateId) {
            throw DecodeException.template(decoder.getClass().getSimpleName(), decoder.sbeTemplateId(), templateId);
        }
        int required = schema.blockLength(templateId, version);
        if (required == SchemaHistory.ABSENT) {
            throw DecodeException.notYetIntroduced(templateId, version);
        }
        if (blockLength < required) {
            throw DecodeException.blockTooShort(templateId, version, required, blockLength);
        }
        decoder.wrap(record, HEADER_LENGTH, blockLength, version);
        return decoder;
    }

    /**
     * As {@link #decode}, with every group and text followed to its end first, so that a record of which only a part could be read is
     * refused before any of it is. Takes time with the number of group entries; worth it for messages with groups or texts only.
     *
     * @param <D>     a message's decoder, generated with interfaces
     * @param decoder of this schema
     * @return the decoder, at the start of the message
     * @throws DecodeException also when groups or texts go on after the record's end
     */
    public <D extends MessageDecoderFlyweight> D decodeWhole(D decoder) {
        decode(decoder);
        int messageLength;
        try {
            messageLength = decoder.sbeDecodedLength();
        } catch (IndexOutOfBoundsException outside) {
            throw DecodeException.overrun(record.capacity(), "groups or texts beyond it (" + outside.getMessage() + ")");
        }
        if (messageLength < blockLength || messageLength > record.capacity() - HEADER_LENGTH) {
            throw DecodeException.overrun(record.capacity(), "a message that claims " + (HEADER_LENGTH + (long) messageLength));
        }
        return decoder;
    }

    /**
     * The last check after {@link #decode}, when groups and texts were read or skipped: did the decoder stay inside?
     *
     * @throws DecodeException          when the decoder's limit is beyond the record's end
     * @throws IllegalArgumentException when the decoder is not over this view
     */
    public void requireEnd(MessageDecoderFlyweight decoder) {
        if (decoder.buffer() != record) {
            throw new IllegalArgumentException(decoder.getClass().getSimpleName() + " was not decoded by this view");
        }
        if (decoder.limit() < HEADER_LENGTH || decoder.limit() > record.capacity()) {
            throw DecodeException.overrun(record.capacity(), "a message that claims " + decoder.limit());
        }
    }

    /** Forgets the record. Decoders over this view throw {@link IndexOutOfBoundsException} from now on. */
    public void clear() {
        templateId = NO_RECORD;
        record.wrap(0, 0);
    }

    /** Template id of the record, or -1 when the view is of none. */
    public int templateId() {
        return templateId;
    }

    /** Version of the schema in which the record was written, 0…65535; may be newer than this build's. Of the last record. */
    public int version() {
        return version;
    }

    private int header(int offset) {
        return record.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private DecodeException cleared(DecodeException refusal) {
        clear();
        return refusal;
    }
}
