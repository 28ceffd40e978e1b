package dev.slipring.examples.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.examples.demo.PeerGone;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArbiterTest {
    private static final boolean IN_ORDER = true;

    private final Arbiter arbiter = new Arbiter();
    private final List<Long> taken = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachTradeIsTakenOnceAndInOrderHoweverTheLinesTakeTurns(long seed) {
        var random = new Random(seed);
        long[] sent = {0, 0};
        while (sent[0] + sent[1] < 200) {
            int line = sent[0] == 100 || (sent[1] < 100 && random.nextBoolean()) ? 1 : 0;
            copy(Line.values()[line], sent[line]++);
        }
        assertThat(taken).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(arbiter.duplicates()).isEqualTo(100);
        var a = arbiter.totals(Line.A);
        var b = arbiter.totals(Line.B);
        assertThat(a.first() + b.first()).isEqualTo(100);
        assertThat(a.copies()).isEqualTo(b.copies());
        assertThat(a.copies().outOfSequence()).isZero();
    }

    @Test
    void whatOneLineHasBroughtIsNotTakenAgainFromTheOtherWhenTheFirstIsGone() {
        copy(Line.B, 0);
        copy(Line.B, 1);
        copy(Line.A, 0);
        copy(Line.A, 1);
        copy(Line.A, 2);
        assertThat(taken).containsExactly(0L, 1L, 2L);
        assertThat(arbiter.totals(Line.A).first()).isEqualTo(1);
        assertThat(arbiter.totals(Line.B).first()).isEqualTo(2);
    }

    @Test
    void aDeathIsTheEndOnlyWhenALineHasClosed() {
        copy(Line.A, 0);
        copy(Line.B, 0);
        assertThatThrownBy(() -> arbiter.isEnd(!IN_ORDER)).isInstanceOf(PeerGone.class).hasMessage("both feeds died");
        assertThatThrownBy(() -> arbiter.isEnd(IN_ORDER)).as("where a death looks like leaving").isInstanceOf(PeerGone.class);
        arbiter.onEnd(Line.A, 1);
        assertThat(arbiter.isEnd(!IN_ORDER)).isTrue();
        assertThat(arbiter.isEnd(IN_ORDER)).isTrue();
    }

    @Test
    void aLineThatHasLeftIsNotTheEndWhileTheOtherIsYetToCome() {
        copy(Line.A, 0);
        arbiter.onEnd(Line.A, 1);
        assertThat(arbiter.isEnd(IN_ORDER)).isFalse();
        copy(Line.B, 0);
        assertThat(arbiter.isEnd(IN_ORDER)).isTrue();
    }

    @Test
    void aLineWithoutTradesHasComeToo() {
        arbiter.onEnd(Line.A, 0);
        arbiter.onEnd(Line.B, 0);
        assertThat(arbiter.isEnd(IN_ORDER)).isTrue();
    }

    @Test
    void aLineThatClosesBeforeAllItSentHasComeIsAnError() {
        copy(Line.A, 0);
        assertThatThrownBy(() -> arbiter.onEnd(Line.A, 2)).isInstanceOf(IllegalStateException.class)
            .hasMessage("line A closed after 2 trades, and 1 came");
    }

    private void copy(Line line, long sequence) {
        if (arbiter.isFirst(line, sequence, 0, 100, 1)) {
            taken.add(sequence);
        }
    }
}
