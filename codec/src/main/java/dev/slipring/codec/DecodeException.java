package dev.slipring.codec;

import java.util.Locale;

/**
 * A record does not hold the message that it should. Nothing was read from outside the record, and the view that refused it is ready for
 * the next one. Made by {@link RecordView} only.
 */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What does not fit. */
    public enum Reason {
        /** Fewer bytes than a message header. */
        TOO_SHORT,
        /** Another schema's message. */
        SCHEMA,
        /** Another message of the schema, or one that the version named does not have. */
        TEMPLATE,
        /** A block that is longer than the record, or shorter than the message's fields. */
        BLOCK_LENGTH,
        /** Groups or variable-length data that go on after the end of the record. */
        OVERRUN
    }

    private final Reason reason;

    private DecodeException(Reason reason, String message) {
        super(reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + message);
        this.reason = reason;
    }

    /** What does not fit, for programs; {@link #getMessage()} has both values and the next step. */
    public Reason reason() {
        return reason;
    }

    static DecodeException tooShort(int length) {
        return new DecodeException(Reason.TOO_SHORT, "expected a message header of " + RecordView.HEADER_LENGTH
            + " bytes, found a record of " + length + "; is this the start of a record, and does its writer speak SBE?");
    }

    static DecodeException schema(int expected, int found) {
        return new DecodeException(Reason.SCHEMA, "expected schema id " + expected + ", found " + found
            + "; attach to a region of schema " + expected + ", or decode with the other schema's codecs");
    }

    static DecodeException template(String decoder, int expected, int found) {
        return new DecodeException(Reason.TEMPLATE, "expected template " + expected + " (" + decoder + "), found " + found
            + "; choose the decoder by what wrap() returned");
    }

    static DecodeException blockTooLong(int mostBytes, int found) {
        return new DecodeException(Reason.BLOCK_LENGTH, "expected a block of at most " + mostBytes + " bytes, which is what the record"
            + " holds after its header, found block length " + found + "; the writer cut the record short or is corrupt");
    }

    static DecodeException blockTooShort(int templateId, int version, int leastBytes, int found) {
        return new DecodeException(Reason.BLOCK_LENGTH, "expected a block of at least " + leastBytes + " bytes for template " + templateId
            + " in version " + version + ", found block length " + found + "; the writer's header is wrong");
    }

    static DecodeException notYetIntroduced(int templateId, int version) {
        return new DecodeException(Reason.TEMPLATE, "expected a message of version " + version + ", found template " + templateId
            + ", which came later; the writer's header is wrong");
    }

    static DecodeException overrun(int recordLength, String found) {
        return new DecodeException(Reason.OVERRUN, "expected a message within its record of " + recordLength + " bytes, found " + found
            + "; the writer cut the record short or is corrupt");
    }
}
