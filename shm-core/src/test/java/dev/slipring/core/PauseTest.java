package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PauseTest {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    @Test
    void anInterruptedThreadPausesNoShorterAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        long start = System.nanoTime();
        Pause.of(PAUSE_NS);
        long paused = System.nanoTime() - start;
        assertThat(Thread.interrupted()).isTrue();
        assertThat(paused).isGreaterThanOrEqualTo(PAUSE_NS);
    }
}
