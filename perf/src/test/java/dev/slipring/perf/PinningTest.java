package dev.slipring.perf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PinningTest {
    @Test
    void listsOfTheKernelAreUnderstood() {
        assertThat(Pinning.parse("0\n")).containsExactly(0);
        assertThat(Pinning.parse("\t0-2,5,8-9")).containsExactly(0, 1, 2, 5, 8, 9);
        assertThat(Pinning.parse("")).isEmpty();
    }
}
