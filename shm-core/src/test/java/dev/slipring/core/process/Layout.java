package dev.slipring.core.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** The test vectors of docs/layout.md: code blocks that begin with {@code ```hexdump name}. */
public final class Layout {
    private static final int ROW = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private Layout() {
    }

    /** The text of a block, without its last line break. */
    public static String hexdump(String name) {
        String text = document();
        String opening = "\n```hexdump " + name + "\n";
        int start = text.indexOf(opening);
        if (start < 0) {
            throw new AssertionError("docs/layout.md has no block \"hexdump " + name + "\"");
        }
        return text.substring(start + opening.length(), text.indexOf("\n```", start + 1));
    }

    /** The bytes of a block. */
    public static byte[] vector(String name) {
        var bytes = new ByteArrayOutputStream();
        byte[] row = {};
        for (String line : hexdump(name).split("\n", -1)) {
            if (line.equals("*")) {
                continue;
            }
            int offset = Integer.parseInt(line.substring(0, 8), 16);
            while (bytes.size() < offset) {
                bytes.writeBytes(row); // the rows that a star stands for
            }
            if (line.length() > 8) {
                row = HEX.parseHex(line.substring(10, 58).strip().replace("  ", " "));
                bytes.writeBytes(row);
            }
        }
        return bytes.toByteArray();
    }

    /** Bytes as {@code hexdump -C} prints them, a multiple of 16 of them. */
    public static String toHexdump(byte[] bytes) {
        var text = new StringBuilder();
        byte[] before = {};
        boolean starred = false;
        for (int offset = 0; offset < bytes.length; offset += ROW) {
            byte[] row = Arrays.copyOfRange(bytes, offset, offset + ROW);
            if (!Arrays.equals(row, before)) {
                text.append(String.format("%08x  %s  %s  |%s|%n", offset, HEX.formatHex(row, 0, 8), HEX.formatHex(row, 8, ROW),
                    new String(row, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".")));
                starred = false;
            } else if (!starred) {
                text.append("*\n");
                starred = true;
            }
            before = row;
        }
        return text.append(String.format("%08x", bytes.length)).toString();
    }

    private static String document() {
        for (var directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
            var document = directory.resolve("docs").resolve("layout.md");
            if (Files.exists(document)) {
                try {
                    return Files.readString(document);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new AssertionError("no docs/layout.md above " + Path.of("").toAbsolutePath());
    }
}
