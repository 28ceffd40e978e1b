package dev.slipring.cli.text;

import java.util.Locale;

/** Numbers as people read and write them. Kibibytes and so on, as in {@code ls -h} and {@code --shm-size}. */
public final class Units {
    private static final String[] PREFIXES = {"", "K", "M", "G", "T", "P", "E"};
    private static final long STEP = 1024;
    private static final long DECIMAL_STEP = 1000;

    private Units() {
    }

    /** At most five characters: 999, 1.2K, 64M. */
    public static String bytes(long number) {
        return inSteps(number, STEP);
    }

    /** At most five characters, in powers of 1000: 999, 1.2K, 64M. */
    public static String count(long number) {
        return inSteps(number, DECIMAL_STEP);
    }

    private static String inSteps(long number, long step) {
        double value = number;
        int prefix = 0;
        while (Math.round(value * 10) >= step * 10 && prefix < PREFIXES.length - 1) {
            value /= step;
            prefix++;
        }
        return value >= 100 || value == Math.rint(value) ? Math.round(value) + PREFIXES[prefix]
            : String.format(Locale.ROOT, "%.1f%s", value, PREFIXES[prefix]);
    }

    /** A time span, in the largest unit of which there is one. */
    public static String span(long ns) {
        if (ns < 1_000) {
            return ns + " ns";
        }
        if (ns < 1_000_000) {
            return ns / 1_000 + " µs";
        }
        if (ns < 1_000_000_000) {
            return ns / 1_000_000 + " ms";
        }
        long seconds = ns / 1_000_000_000;
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }

    /**
     * Reads 4096, 64k, 1m, 2g.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static long parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        int suffix = lower.isEmpty() ? -1 : " kmgt".indexOf(lower.charAt(lower.length() - 1));
        try {
            return suffix > 0 ? Math.multiplyExact(Long.parseLong(lower.substring(0, lower.length() - 1)), 1L << (10 * suffix))
                : Long.parseLong(lower);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no number of bytes, expected one such as 4096, 64k, 1m or 2g", e);
        }
    }
}
