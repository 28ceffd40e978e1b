package dev.slipring.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollingVwapTest {
    @Test
    void itIsTheAverageWeightedByQuantity() {
        var vwap = new RollingVwap(10);
        vwap.add(100_00, 1);
        vwap.add(200_00, 3);
        assertThat(vwap.value()).isEqualTo(175_0000);
    }

    @Test
    void whatDoesNotFitIsCutOff() {
        var vwap = new RollingVwap(10);
        vwap.add(1, 2);
        vwap.add(2, 1);
        assertThat(vwap.value()).as("1.3333… cents").isEqualTo(133);
    }

    @Test
    void itIsZeroWhileNothingWasTraded() {
        var vwap = new RollingVwap(2);
        assertThat(vwap.value()).isZero();
        vwap.add(100, 0);
        assertThat(vwap.value()).isZero();
    }

    @Test
    void itForgetsTheOldest() {
        var vwap = new RollingVwap(3);
        var prices = new ArrayList<Long>();
        var quantities = new ArrayList<Long>();
        var random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            prices.add((long) random.nextInt(100_000));
            quantities.add((long) random.nextInt(1_000_000));
            vwap.add(prices.getLast(), quantities.getLast());
            assertThat(vwap.isFull()).isEqualTo(i >= 2);
            var notional = BigDecimal.ZERO;
            var volume = BigDecimal.ZERO;
            for (int k = Math.max(0, i - 2); k <= i; k++) {
                notional = notional.add(BigDecimal.valueOf(prices.get(k), 2).multiply(BigDecimal.valueOf(quantities.get(k), 8)));
                volume = volume.add(BigDecimal.valueOf(quantities.get(k), 8));
            }
            var expected = volume.signum() == 0 ? BigDecimal.ZERO : notional.divide(volume, 4, RoundingMode.DOWN);
            assertThat(Units.decimal(vwap.value(), Units.VWAP_EXPONENT)).as("after trade %d", i).isEqualByComparingTo(expected);
        }
    }

    @Test
    void aSumThatDoesNotFitIsAnErrorAndNotAWrongAverage() {
        var vwap = new RollingVwap(10);
        vwap.add(1 << 30, 1L << 32);
        assertThatThrownBy(() -> vwap.add(1 << 30, 1L << 33)).isInstanceOf(ArithmeticException.class);
    }
}
