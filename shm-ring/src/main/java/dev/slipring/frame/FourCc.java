package dev.slipring.frame;

import java.nio.charset.StandardCharsets;

/** Four-character codes of formats: four printable ASCII characters in one word, the first in the lowest byte, as V4L2 and AVI have it. */
public final class FourCc {
    private static final int LENGTH = Integer.BYTES;

    private FourCc() {
    }

    /**
     * The code of these characters.
     *
     * @throws IllegalArgumentException unless they are four printable ASCII characters
     */
    public static int of(String characters) {
        int code = 0;
        byte[] bytes = characters.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < Math.min(bytes.length, LENGTH); i++) {
            code |= (bytes[i] & 0xff) << (i * Byte.SIZE);
        }
        if (bytes.length != LENGTH || !isPrintable(code)) {
            throw new IllegalArgumentException("FourCC \"" + characters + "\" is not four printable ASCII characters");
        }
        return code;
    }

    /** The characters of a code; in hex when they are not printable. */
    public static String toString(int code) {
        if (!isPrintable(code)) {
            return "0x" + Integer.toHexString(code);
        }
        return new String(new char[] {(char) (code & 0xff), (char) (code >> 8 & 0xff), (char) (code >> 16 & 0xff),
            (char) (code >> 24 & 0xff)});
    }

    static boolean isPrintable(int code) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int character = code >> shift & 0xff;
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }
}
