package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Statistics.of(List.of(9.0, 1.0, 5.0))).isEqualTo(new Statistics(5, 1, 9));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Statistics.of(List.of(4.0, 1.0, 100.0, 2.0))).isEqualTo(new Statistics(3, 1, 100));
    }

    @Test
    void ratiosAreMadeWithinARoundAndNotBetweenMedians() {
        var values = List.of(10.0, 40.0, 90.0);
        var peers = List.of(20.0, 20.0, 30.0);
        assertThat(Statistics.ofRatios(values, peers)).isEqualTo(new Statistics(2.0, 0.5, 3.0));
        var disturbed = List.of(900.0, 10.0, 20.0); // one round in which everything was slow, for both
        assertThat(Statistics.ofRatios(disturbed, List.of(1800.0, 20.0, 40.0))).isEqualTo(new Statistics(0.5, 0.5, 0.5));
        var swapped = List.of(1.0, 6.0, 2.0); // medians 2 and 2, yet in two rounds of three it is slower
        assertThat(Statistics.ofRatios(swapped, List.of(2.0, 4.0, 1.0)).median()).isEqualTo(1.5);
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatThrownBy(() -> Statistics.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Statistics.ofRatios(List.of(1.0), List.of(1.0, 2.0))).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("1 rounds").hasMessageContaining("2");
    }
}
