package dev.slipring.codec;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A decimal number exactly as it was written: {@code mantissa * 10^exponent}. {@code 805.0} is 8050 and -1, and comes back as
 * {@code 805.0}. Equal are those written the same; {@link #compareTo} goes by value, so 1.0 and 1.00 compare as 0 and are not equal (as
 * with {@link BigDecimal}).
 *
 * <p>Threads: immutable. The static methods on plain numbers allocate nothing; the rest is for edges and for loading.
 *
 * @param mantissa all digits, with the sign; never {@link Long#MIN_VALUE}, which is "no value" in a message
 * @param exponent of ten, -18…18
 */
public record Decimal(long mantissa, byte exponent) implements Comparable<Decimal> {
    /** Greatest exponent, and, negated, the smallest. */
    public static final int MAX_EXPONENT = 18;

    private static final long[] POWERS = powers();

    /** Checks the ranges. */
    public Decimal {
        if (mantissa == Long.MIN_VALUE || exponent < -MAX_EXPONENT || exponent > MAX_EXPONENT) {
            throw new IllegalArgumentException("mantissa=" + mantissa + ", exponent=" + exponent
                + ": the mantissa is -2^63, or the exponent outside " + -MAX_EXPONENT + "…" + MAX_EXPONENT);
        }
    }

    /** The number {@code mantissa * 10^exponent}; throws as the constructor does. */
    public static Decimal of(long mantissa, int exponent) {
        if ((byte) exponent != exponent) {
            throw new IllegalArgumentException("exponent=" + exponent + " is outside " + -MAX_EXPONENT + "…" + MAX_EXPONENT);
        }
        return new Decimal(mantissa, (byte) exponent);
    }

    /**
     * Reads {@code -?digits(.digits)?}: no plus sign, no exponent, no blanks, digits on both sides of a point.
     *
     * @throws NumberFormatException when the text is anything else, has more than 18 decimal places, or its digits exceed 2^63 - 1
     */
    public static Decimal parse(CharSequence text) {
        return parse(text, 0, text.length());
    }

    /**
     * Reads a part of a text, for instance one column of a line.
     *
     * @param start first character
     * @param end   after the last character
     * @throws NumberFormatException     as {@link #parse(CharSequence)}
     * @throws IndexOutOfBoundsException when the part is not within the text
     */
    public static Decimal parse(CharSequence text, int start, int end) {
        Objects.checkFromToIndex(start, end, text.length());
        boolean negative = start < end && text.charAt(start) == '-';
        int point = -1;
        long mantissa = 0; // below zero all along
        for (int i = negative ? start + 1 : start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c < '0' || c > '9' || mantissa < -(Long.MAX_VALUE - (c - '0')) / 10) {
                throw malformed(text, start, end);
            } else {
                mantissa = mantissa * 10 - (c - '0');
            }
        }
        int firstDigit = negative ? start + 1 : start;
        int decimals = point < 0 ? 0 : end - point - 1;
        if (firstDigit == end || point == firstDigit || point == end - 1 || decimals > MAX_EXPONENT) {
            throw malformed(text, start, end);
        }
        return new Decimal(negative ? mantissa : -mantissa, (byte) -decimals);
    }

    /** The same number as {@code value}, which must fit: throws {@link ArithmeticException} otherwise. */
    public static Decimal of(BigDecimal value) {
        if (value.scale() < -MAX_EXPONENT || value.scale() > MAX_EXPONENT || value.unscaledValue().bitLength() > 63) {
            throw new ArithmeticException(value + " does not fit a 63-bit mantissa and an exponent of -18…18");
        }
        return of(value.unscaledValue().longValue(), -value.scale());
    }

    /**
     * The mantissa of the same number with another exponent, exactly.
     *
     * @param exponent   -18…18
     * @param toExponent -18…18
     * @throws ArithmeticException when digits would be lost or the result exceeds 64 bits
     */
    public static long rescale(long mantissa, int exponent, int toExponent) {
        int shift = exponent - toExponent;
        if (shift == 0 || mantissa == 0) {
            return mantissa;
        }
        if (shift > MAX_EXPONENT || shift < -MAX_EXPONENT) {
            throw new ArithmeticException(mantissa + "e" + exponent + " does not fit exponent " + toExponent + " exactly");
        }
        if (shift > 0) {
            return Math.multiplyExact(mantissa, POWERS[shift]);
        }
        long power = POWERS[-shift];
        if (mantissa % power != 0) {
            throw new ArithmeticException(mantissa + "e" + exponent + " has digits below exponent " + toExponent);
        }
        return mantissa / power;
    }

    /**
     * The mantissa of a product, exactly: price times quantity, in units of {@code 10^toExponent}. Add such mantissas with
     * {@link Math#addExact(long, long)}.
     *
     * @throws ArithmeticException as {@link #rescale}
     */
    public static long multiply(long mantissa, int exponent, long otherMantissa, int otherExponent, int toExponent) {
        return rescale(Math.multiplyExact(mantissa, otherMantissa), exponent + otherExponent, toExponent);
    }

    /** Compares two numbers by value, exactly. Exponents: -18…18. */
    public static int compare(long mantissa, int exponent, long otherMantissa, int otherExponent) {
        int shift = exponent - otherExponent;
        if (shift == 0) {
            return Long.compare(mantissa, otherMantissa);
        }
        return shift > 0 ? compareScaled(mantissa, shift, otherMantissa) : -compareScaled(otherMantissa, -shift, mantissa);
    }

    /** Compares {@code mantissa * 10^shift} with {@code other} in 128 bits. */
    private static int compareScaled(long mantissa, int shift, long other) {
        if (shift > MAX_EXPONENT) {
            return mantissa == 0 ? Long.compare(0, other) : Long.signum(mantissa); // 10^19 exceeds every long
        }
        int high = Long.compare(Math.multiplyHigh(mantissa, POWERS[shift]), other >> 63);
        return high != 0 ? high : Long.compareUnsigned(mantissa * POWERS[shift], other);
    }

    @Override
    public int compareTo(Decimal other) {
        return compare(mantissa, exponent, other.mantissa, other.exponent);
    }

    /** The same number, with {@code scale} = -exponent. */
    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(mantissa, -exponent);
    }

    /** Appends a number in plain notation, as {@link #parse} reads it; allocates nothing beyond the builder's growth. */
    public static StringBuilder append(StringBuilder to, long mantissa, int exponent) {
        if (exponent >= 0) {
            to.append(mantissa);
            return mantissa == 0 ? to : to.repeat('0', exponent);
        }
        int digits = digits(mantissa);
        int zeros = 1 - exponent - digits; // so that one digit stands before the point
        to.append(mantissa);
        if (zeros > 0) {
            to.setLength(to.length() - digits);
            to.repeat('0', zeros).append(Math.abs(mantissa));
        }
        return to.insert(to.length() + exponent, '.');
    }

    private static int digits(long mantissa) {
        int digits = 1;
        for (long rest = mantissa / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** In plain notation: {@code 0.00200000}. What {@link #parse} read comes back, but for leading zeros and the sign of a zero. */
    @Override
    public String toString() {
        return append(new StringBuilder(24), mantissa, exponent).toString();
    }

    private static NumberFormatException malformed(CharSequence text, int start, int end) {
        return new NumberFormatException("expected digits with at most one point among them, at most " + MAX_EXPONENT
            + " after it and 2^63 - 1 in all, found \"" + text.subSequence(start, end) + '"');
    }

    private static long[] powers() {
        var powers = new long[MAX_EXPONENT + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
