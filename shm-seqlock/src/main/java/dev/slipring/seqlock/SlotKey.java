package dev.slipring.seqlock;

import java.nio.charset.StandardCharsets;

/**
 * What a slot is found by: a number, or a name, whose number follows from it.
 *
 * @param value the number
 * @param name  the name, at most 52 bytes of UTF-8; empty for a bare number
 */
public record SlotKey(long value, String name) {
    private static final long FNV_OFFSET_BASIS = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01b3L;

    /** Checks the name's length, and that the number is the name's. */
    public SlotKey {
        int length = bytes(name).length;
        if (length > TableDescriptor.MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("the name \"" + name + "\" has " + length + " bytes, more than "
                + TableDescriptor.MAX_NAME_LENGTH);
        }
        if (length > 0 && value != hash(name)) {
            throw new IllegalArgumentException("key " + value + " is not that of the name \"" + name + "\": use SlotKey.of");
        }
    }

    /** A number: an instrument's, a sensor's. */
    public static SlotKey of(long value) {
        return new SlotKey(value, "");
    }

    /** A name that is not empty. Its number is its FNV-1a hash (Fowler, Noll, Vo), so that other languages find it too. */
    public static SlotKey of(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a slot's name is not empty: use a number, or a name");
        }
        return new SlotKey(hash(name), name);
    }

    byte[] nameBytes() {
        return bytes(name);
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static long hash(String name) {
        long hash = FNV_OFFSET_BASIS;
        for (byte each : bytes(name)) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? Long.toString(value) : "\"" + name + "\"";
    }
}
