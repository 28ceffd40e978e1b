package dev.slipring.examples.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Where a buffer's memory is, by the kernel's word: the file and the offset in it that {@code /proc/self/maps} says of its address. Asks
 * once for each address. For one thread.
 */
final class Whereabouts {
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final int HEX = 16;
    private static final int SHARED = 3;

    private final Map<Long, Place> known = new HashMap<>();

    /** The place of the first byte. */
    Place of(DirectBuffer buffer) {
        return known.computeIfAbsent(buffer.addressOffset(), Whereabouts::look);
    }

    private static Place look(long address) {
        try (var lines = Files.lines(MAPS)) {
            return lines.map(line -> place(line, address)).filter(place -> !place.equals(Place.PRIVATE)).findFirst().orElse(Place.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line is {@code from-to rwxs offset device inode path}. */
    static Place place(String line, long address) {
        var words = line.split(" +", 6);
        int dash = words[0].indexOf('-');
        long from = Long.parseUnsignedLong(words[0].substring(0, dash), HEX);
        long to = Long.parseUnsignedLong(words[0].substring(dash + 1), HEX);
        boolean within = Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address, to) < 0;
        if (!within || words[1].charAt(SHARED) != 's') {
            return Place.PRIVATE;
        }
        return new Place(Long.parseLong(words[4]), Long.parseLong(words[2], HEX) + address - from);
    }
}
