package dev.slipring.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipring.cli.text.JsonLines;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.PrimitiveType;
import uk.co.real_logic.sbe.ir.Encoding;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.TokenListener;
import uk.co.real_logic.sbe.otf.Types;

/**
 * Makes JSON of the fields of one message. A value that is null, or that the message's version did not have, is {@code null}; an enum value
 * its name, or its number if it is unknown; a set of bits the names of those that are set; a composite of mantissa and exponent alone, one
 * decimal number.
 */
final class SbeFields implements TokenListener {
    /** A message that claims more entries of groups than this lies: the bytes of each would have to overlap. */
    private static final int MAX_ENTRIES = 100_000;
    private static final int MAX_EXPONENT = 64;
    private static final Set<String> DECIMAL = Set.of("mantissa", "exponent");

    private final Deque<ObjectNode> open = new ArrayDeque<>();
    private final int version;
    /** Before which the fields of the message itself end; later, those of groups, whose end only the buffer says. */
    private int blockEnd;
    private int entries;
    /** How many composites deep we are in one that the message's version did not have. */
    private int absent;

    /**
     * @param fields   where to put them
     * @param version  in which the message was written
     * @param blockEnd where its block ends
     */
    SbeFields(ObjectNode fields, int version, int blockEnd) {
        open.push(fields);
        this.version = version;
        this.blockEnd = blockEnd;
    }

    @Override
    public void onBeginMessage(Token token) {
        // the caller has its name
    }

    @Override
    public void onEndMessage(Token token) {
        // nothing is open any more
    }

    @Override
    public void onEncoding(Token field, DirectBuffer buffer, int index, Token type, int actingVersion) {
        put(field, isAbsent(field) ? null : value(field, type, buffer, index));
    }

    @Override
    public void onEnum(Token field, DirectBuffer buffer, int index, List<Token> tokens, int first, int last, int actingVersion) {
        if (field.isConstantEncoding()) {
            String constant = field.encoding().constValue().toString();
            put(field, JsonLines.NODES.textNode(constant.substring(constant.lastIndexOf('.') + 1)));
            return;
        }
        if (isAbsent(field)) {
            put(field, null);
            return;
        }
        var encoding = tokens.get(first + 1).encoding();
        long value = integer(buffer, index, encoding);
        put(field, tokens.subList(first + 1, last).stream().filter(each -> each.encoding().constValue().longValue() == value)
            .findFirst().<JsonNode>map(each -> JsonLines.NODES.textNode(each.name()))
            .orElseGet(() -> value == encoding.primitiveType().nullValue().longValue() ? JsonLines.NODES.nullNode()
                : number(value, encoding.primitiveType())));
    }

    @Override
    public void onBitSet(Token field, DirectBuffer buffer, int index, List<Token> tokens, int first, int last, int actingVersion) {
        if (isAbsent(field)) {
            put(field, null);
            return;
        }
        long bits = integer(buffer, index, tokens.get(first + 1).encoding());
        var names = JsonLines.NODES.arrayNode();
        tokens.subList(first + 1, last).stream().filter(each -> (bits >>> each.encoding().constValue().longValue() & 1) != 0)
            .forEach(each -> names.add(each.name()));
        put(field, names);
    }

    @Override
    public void onBeginComposite(Token field, List<Token> tokens, int first, int last) {
        if (isAbsent(field)) {
            absent++;
        }
        open.push(JsonLines.NODES.objectNode());
    }

    @Override
    public void onEndComposite(Token field, List<Token> tokens, int first, int last) {
        var composite = open.pop();
        put(field, isAbsent(field) ? null : simplest(composite));
        if (absent > 0) {
            absent--;
        }
    }

    @Override
    public void onGroupHeader(Token token, int count) {
        blockEnd = Integer.MAX_VALUE;
        open.element().putArray(token.name());
    }

    @Override
    public void onBeginGroup(Token token, int index, int count) {
        if (++entries > MAX_ENTRIES) {
            throw new IllegalArgumentException("it says more than " + MAX_ENTRIES + " entries of groups");
        }
        open.push(((ArrayNode) open.element().get(token.name())).addObject());
    }

    @Override
    public void onEndGroup(Token token, int index, int count) {
        open.pop();
    }

    @Override
    public void onVarData(Token field, DirectBuffer buffer, int index, int length, Token type) {
        if (length < 0 || length > buffer.capacity() - index) {
            throw new IndexOutOfBoundsException(length);
        }
        byte[] bytes = new byte[length];
        buffer.getBytes(index, bytes);
        var encoding = type.encoding().characterEncoding();
        put(field, encoding == null ? JsonLines.NODES.textNode(HexFormat.of().formatHex(bytes)) : text(bytes, encoding));
    }

    private boolean isAbsent(Token field) {
        return absent > 0 || field.version() > version;
    }

    private @Nullable JsonNode value(Token field, Token type, DirectBuffer buffer, int index) {
        var encoding = type.encoding();
        if (type.isConstantEncoding()) {
            return constant(encoding);
        }
        int size = encoding.primitiveType().size();
        int count = type.arrayLength();
        requireInBlock(index, size * Math.max(1, count));
        if (count > 1 && encoding.primitiveType() == PrimitiveType.CHAR) {
            byte[] bytes = new byte[count];
            buffer.getBytes(index, bytes);
            return text(bytes, encoding.characterEncoding());
        }
        boolean optional = field.isOptionalEncoding() || type.isOptionalEncoding();
        if (count <= 1) {
            return single(buffer, index, encoding, optional);
        }
        var values = JsonLines.NODES.arrayNode();
        for (int i = 0; i < count; i++) {
            values.add(single(buffer, index + i * size, encoding, optional));
        }
        return values;
    }

    private static JsonNode constant(Encoding encoding) {
        var value = encoding.constValue();
        return switch (encoding.primitiveType()) {
            case CHAR -> JsonLines.NODES.textNode(value.toString());
            case FLOAT, DOUBLE -> JsonLines.NODES.numberNode(value.doubleValue());
            default -> number(value.longValue(), encoding.primitiveType());
        };
    }

    private @Nullable JsonNode single(DirectBuffer buffer, int index, Encoding encoding, boolean optional) {
        var type = encoding.primitiveType();
        if (type == PrimitiveType.FLOAT || type == PrimitiveType.DOUBLE) {
            double value = type == PrimitiveType.FLOAT ? buffer.getFloat(index, encoding.byteOrder())
                : buffer.getDouble(index, encoding.byteOrder());
            return Double.isNaN(value) ? null // which is what SBE's null is
                : Double.isInfinite(value) ? JsonLines.NODES.textNode(Double.toString(value)) : JsonLines.NODES.numberNode(value);
        }
        long value = integer(buffer, index, encoding);
        if (optional && value == encoding.applicableNullValue().longValue()) {
            return null;
        }
        return type == PrimitiveType.CHAR ? text(new byte[] {(byte) value}, encoding.characterEncoding()) : number(value, type);
    }

    private long integer(DirectBuffer buffer, int index, Encoding encoding) {
        requireInBlock(index, encoding.primitiveType().size());
        return Types.getLong(buffer, index, encoding);
    }

    private void requireInBlock(int index, int length) {
        if (index + length > blockEnd) {
            throw new IllegalArgumentException("its block is too short for the fields of version " + version);
        }
    }

    private static JsonNode number(long value, PrimitiveType type) {
        return value < 0 && type == PrimitiveType.UINT64 ? JsonLines.NODES.numberNode(new BigInteger(Long.toUnsignedString(value)))
            : JsonLines.NODES.numberNode(value);
    }

    /** Up to the first zero byte. */
    private static JsonNode text(byte[] bytes, @Nullable String encoding) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return JsonLines.NODES.textNode(new String(bytes, 0, end, charset(encoding)));
    }

    private static Charset charset(@Nullable String encoding) {
        try {
            return encoding == null || encoding.isEmpty() ? StandardCharsets.ISO_8859_1 : Charset.forName(encoding);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.ISO_8859_1; // loses nothing
        }
    }

    /** A decimal number in place of its mantissa and exponent. */
    private static JsonNode simplest(ObjectNode composite) {
        if (!names(composite).equals(DECIMAL)) {
            return composite;
        }
        var mantissa = composite.get("mantissa");
        var exponent = composite.get("exponent");
        if (mantissa.isNull()) {
            return JsonLines.NODES.nullNode();
        }
        boolean readable = mantissa.isIntegralNumber() && exponent.canConvertToInt() && Math.abs(exponent.asInt()) <= MAX_EXPONENT;
        return readable ? JsonLines.NODES.numberNode(new BigDecimal(mantissa.bigIntegerValue(), -exponent.asInt())) : composite;
    }

    private static Set<String> names(ObjectNode composite) {
        var names = new HashSet<String>();
        composite.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void put(Token field, @Nullable JsonNode value) {
        open.element().set(field.name(), value == null ? JsonLines.NODES.nullNode() : value);
    }
}
