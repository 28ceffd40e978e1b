package dev.slipring.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    private static final int ROUNDS = 50_000;

    @ParameterizedTest
    @CsvSource({
        "805.0, 8050, -1", "0.00200000, 200000, -8", "0, 0, 0", "0.00, 0, -2", "-0.5, -5, -1", "-12, -12, 0", "0.1, 1, -1",
        "9223372036854775807, 9223372036854775807, 0", "-9223372036854775807, -9223372036854775807, 0",
        "0.000000000000000001, 1, -18", "9.223372036854775807, 9223372036854775807, -18", "-0.000000000000000001, -1, -18",
    })
    void aNumberIsKeptAsItWasWritten(String text, long mantissa, int exponent) {
        assertThat(Decimal.parse(text)).isEqualTo(Decimal.of(mantissa, exponent)).hasToString(text);
        assertThat(Decimal.parse("1385303041," + text + ",x", 11, 11 + text.length())).hasToString(text);
        assertThat(Decimal.parse(text).toBigDecimal()).isEqualTo(new BigDecimal(text));
        assertThat(Decimal.of(new BigDecimal(text))).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "1.", ".5", "-.5", "+1", "1e5", " 1", "1 ", "1.2.3", "--1", "1-", "1,5", "٣", "NaN",
        "9223372036854775808", "-9223372036854775808", "99999999999999999999", "0.0000000000000000001", "922337203685477580.70"})
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> Decimal.parse(text))
            .withMessageContaining("found \"" + text + '"');
    }

    @Test
    void leadingZerosAndTheSignOfZeroAreNotKept() {
        assertThat(Decimal.parse("007.0")).hasToString("7.0");
        assertThat(Decimal.parse("-0.0")).hasToString("0.0");
    }

    @Test
    void positiveExponentsAreWrittenOut() {
        assertThat(Decimal.of(12, 3)).hasToString("12000");
        assertThat(Decimal.of(0, 3)).hasToString("0");
        assertThat(Decimal.append(new StringBuilder("at "), -5, -3)).hasToString("at -0.005");
    }

    @Test
    void rangesAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> Decimal.of(Long.MIN_VALUE, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Decimal.of(1, 19));
        assertThatIllegalArgumentException().isThrownBy(() -> Decimal.of(1, -19));
        assertThatIllegalArgumentException().isThrownBy(() -> Decimal.of(1, 256));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Decimal.of(BigDecimal.TEN.pow(19)));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Decimal.of(new BigDecimal("1e-19")));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> Decimal.parse("12", 1, 3));
    }

    @Test
    void writtenDifferentlyIsNotEqualButComparesEqual() {
        assertThat(Decimal.parse("1.0")).isNotEqualTo(Decimal.parse("1.00")).isEqualByComparingTo(Decimal.parse("1.00"));
    }

    @Test
    void everyNumberAgreesWithBigDecimal() {
        var random = Seeds.random("DecimalTest.everyNumber");
        for (int i = 0; i < ROUNDS; i++) {
            var a = random(random);
            var b = random.nextInt(4) == 0 ? near(a, random) : random(random);
            assertThat(a).hasToString(a.toBigDecimal().toPlainString());
            if (a.exponent() <= 0) {
                assertThat(Decimal.parse(a.toString())).isEqualTo(a);
            }
            assertThat(Integer.signum(a.compareTo(b))).as(a + " and " + b).isEqualTo(a.toBigDecimal().compareTo(b.toBigDecimal()));
            int exponent = random.nextInt(37) - 18;
            assertThat(rescaled(a, exponent)).as(a + " to " + exponent).isEqualTo(exact(a.toBigDecimal(), exponent));
        }
    }

    @Test
    void aNotionalIsExactToTheLastDigit() {
        var price = Decimal.parse("805.12");
        var quantity = Decimal.parse("0.00200001");
        assertThat(Decimal.multiply(price.mantissa(), price.exponent(), quantity.mantissa(), quantity.exponent(), -10))
            .isEqualTo(new BigDecimal("805.12").multiply(new BigDecimal("0.00200001")).setScale(10).unscaledValue().longValueExact());
        assertThatExceptionOfType(ArithmeticException.class)
            .isThrownBy(() -> Decimal.multiply(price.mantissa(), price.exponent(), quantity.mantissa(), quantity.exponent(), -9))
            .withMessageContaining("has digits below exponent -9");
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Decimal.multiply(Long.MAX_VALUE, 0, 2, 0, 0));
    }

    private static Object rescaled(Decimal a, int exponent) {
        try {
            return Decimal.rescale(a.mantissa(), a.exponent(), exponent);
        } catch (ArithmeticException refused) {
            return "refused";
        }
    }

    private static Object exact(BigDecimal value, int exponent) {
        try {
            return value.setScale(-exponent).unscaledValue().longValueExact();
        } catch (ArithmeticException refused) {
            return "refused";
        }
    }

    private static Decimal random(Random random) {
        long mantissa = random.nextLong() >> random.nextInt(64);
        return Decimal.of(mantissa == Long.MIN_VALUE ? 0 : mantissa, random.nextInt(37) - 18);
    }

    /** The same value written with more digits, or one last digit beside it. */
    private static Decimal near(Decimal a, Random random) {
        int shift = Math.min(random.nextInt(19), a.exponent() + 18);
        long power = BigDecimal.TEN.pow(shift).longValueExact();
        long high = Math.multiplyHigh(a.mantissa(), power);
        boolean fits = (high == 0 && a.mantissa() * power > 0) || (high == -1 && a.mantissa() * power < -1);
        return fits ? Decimal.of(a.mantissa() * power - random.nextInt(2), a.exponent() - shift) : a;
    }
}
