package dev.slipring.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipring.codec.TradingSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.IrDecoder;
import uk.co.real_logic.sbe.otf.OtfHeaderDecoder;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/**
 * Reads messages by the intermediate representation of their schema, without generated code. Whatever the bytes say, nothing outside the
 * message is read: it lies in a buffer of its own length. What is no message of the schema is printed as hex, with the reason.
 */
final class SbeSchema implements Payload {
    private final Ir ir;
    private final OtfHeaderDecoder header;
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);

    SbeSchema(Ir ir) {
        this.ir = ir;
        header = new OtfHeaderDecoder(ir.headerStructure());
    }

    /** The one that comes with Slipring. */
    static SbeSchema trading() {
        try (var resource = Objects.requireNonNull(TradingSchema.class.getResourceAsStream(TradingSchema.IR_RESOURCE))) {
            return ofIr(resource.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + TradingSchema.IR_RESOURCE, e);
        }
    }

    /**
     * Reads a schema.
     *
     * @param file XML unless its name ends in {@code .sbeir}
     * @throws VerbFailure when it cannot be read, or is no schema
     */
    static SbeSchema load(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw VerbFailure.of(file, e);
        }
        try {
            return file.toString().endsWith(".sbeir") ? ofIr(bytes) : ofXml(bytes);
        } catch (Exception e) { // the parser declares nothing less
            throw new VerbFailure(ExitCode.DAMAGED, file + " is no SBE schema: " + e.getMessage(), e);
        }
    }

    private static SbeSchema ofIr(byte[] bytes) {
        try (var decoder = new IrDecoder(ByteBuffer.wrap(bytes))) {
            return new SbeSchema(decoder.decode());
        }
    }

    private static SbeSchema ofXml(byte[] bytes) throws Exception {
        var options = ParserOptions.builder().stopOnError(true).suppressOutput(true).build();
        try (var xml = new ByteArrayInputStream(bytes)) {
            return new SbeSchema(new IrGenerator().generate(XmlSchemaParser.parse(xml, options)));
        }
    }

    @Override
    public void describe(ObjectNode line, DirectBuffer buffer, int offset, int length) {
        try {
            decode(line, buffer, offset, length);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            line.remove("fields");
            line.put("error", e instanceof IndexOutOfBoundsException ? "it says more than its " + length + " bytes" : e.getMessage());
            HEX.describe(line, buffer, offset, length);
        }
    }

    private void decode(ObjectNode line, DirectBuffer buffer, int offset, int length) {
        message.wrap(buffer, offset, length);
        int start = header.encodedLength();
        if (length < start) {
            throw new IllegalArgumentException("expected an SBE header of " + start + " bytes, found " + length + " bytes");
        }
        int id = header.getSchemaId(message, 0);
        int template = header.getTemplateId(message, 0);
        int block = header.getBlockLength(message, 0);
        int version = header.getSchemaVersion(message, 0);
        if (id != ir.id()) {
            throw new IllegalArgumentException("expected schema id " + ir.id() + ", found " + id);
        }
        var tokens = ir.getMessage(template);
        if (tokens == null) {
            throw new IllegalArgumentException("schema " + id + " has no message " + template + " in version " + ir.version());
        }
        if (block > length - start) {
            throw new IllegalArgumentException("expected a block of at most " + (length - start) + " bytes, found " + block);
        }
        line.put("message", tokens.getFirst().name()).put("version", version);
        OtfMessageDecoder.decode(message, start, version, block, tokens, new SbeFields(line.putObject("fields"), version,
            start + block));
    }
}
