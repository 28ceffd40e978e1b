package dev.slipring.examples.fusion.gpmf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One item of a GPMF stream: a key of four characters, a type, and samples of one size. As published in GoPro's gpmf-parser: all is
 * big-endian, an item is {key 4 bytes, type 1, bytes of a sample 1, samples 2, data} and padded to 4 bytes; type 0 holds items.
 *
 * @param key      four characters
 * @param type     of its data: {@code 's'} 16-bit, {@code 'l'} 32-bit, {@code 'c'} text, {@code 'U'} time as text; 0 for items
 * @param size     bytes of a sample
 * @param data     all samples, read-only
 * @param children items in it, when its type is 0
 */
record GpmfItem(String key, char type, int size, ByteBuffer data, List<GpmfItem> children) {
    private static final int HEADER_LENGTH = 8;
    private static final int KEY_LENGTH = 4;
    private static final int MAX_DEPTH = 8;

    /** Takes a stream apart; throws {@link IllegalArgumentException} for what is none. */
    static List<GpmfItem> parse(byte[] stream) {
        return parse(ByteBuffer.wrap(stream).asReadOnlyBuffer(), 0);
    }

    private static List<GpmfItem> parse(ByteBuffer in, int depth) {
        var items = new ArrayList<GpmfItem>();
        while (in.hasRemaining()) {
            require(in.remaining() >= HEADER_LENGTH && depth < MAX_DEPTH, "an item's header of " + HEADER_LENGTH + " bytes", in);
            byte[] key = new byte[KEY_LENGTH];
            in.get(key);
            char type = (char) Byte.toUnsignedInt(in.get());
            int size = Byte.toUnsignedInt(in.get());
            int length = size * Short.toUnsignedInt(in.getShort());
            int padded = (length + KEY_LENGTH - 1) & -KEY_LENGTH;
            require(in.remaining() >= padded, padded + " bytes", in);
            var data = in.slice(in.position(), length);
            in.position(in.position() + padded);
            items.add(new GpmfItem(new String(key, StandardCharsets.ISO_8859_1), type, size, data,
                type == 0 ? parse(data.duplicate(), depth + 1) : List.of()));
        }
        return items;
    }

    private static void require(boolean there, String what, ByteBuffer in) {
        if (!there) {
            throw new IllegalArgumentException("no GPMF: expected " + what + " at " + in.position() + ", found " + in.remaining());
        }
    }

    Optional<GpmfItem> child(String wanted) {
        return children.stream().filter(item -> item.key.equals(wanted)).findFirst();
    }

    /** The child that there must be. */
    GpmfItem need(String wanted) {
        return child(wanted).orElseThrow(() -> new IllegalArgumentException("no " + wanted + " in " + key));
    }

    String text() {
        return StandardCharsets.ISO_8859_1.decode(data.duplicate()).toString();
    }

    /** All whole numbers in it, one sample's after the other's. */
    List<Integer> numbers() {
        var in = data.duplicate();
        var numbers = new ArrayList<Integer>();
        while (in.hasRemaining()) {
            numbers.add(switch (type) {
                case 's' -> (int) in.getShort();
                case 'S' -> Short.toUnsignedInt(in.getShort());
                case 'l', 'L' -> in.getInt();
                default -> throw new IllegalArgumentException(key + " has type " + type + ", expected whole numbers");
            });
        }
        return numbers;
    }
}
