package dev.slipring.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    private enum Role {
        CAMERA, VIEWER
    }

    @Test
    void allOfThemTogetherAreComparedWithOneProcessorInTheTimeOfTheLongest() {
        var used = new EnumMap<>(Map.of(Role.VIEWER, new ProcessorTime.Used(250_000_000, 2_000_000_000), Role.CAMERA,
            new ProcessorTime.Used(1_500_000_000, 1_900_000_000)));
        var time = ProcessorTime.of(used);
        assertThat(time).isEqualTo(new ProcessorTime(Map.of("CAMERA", 1.5, "VIEWER", 0.25), 2, 87.5));
        assertThat(time).hasToString("CAMERA 1.50, VIEWER 0.25 s; together 87.5 % of one processor over 2.0 s");
    }

    @Test
    void whereNobodyHasSaidAnythingThereIsNone() {
        assertThat(ProcessorTime.of(new EnumMap<Role, ProcessorTime.Used>(Role.class))).isNull();
    }

    @Test
    void whoComputesUsesOfIt() {
        var before = now();
        var used = before.since(before);
        while (used.processorNs() < 50_000_000) { // to be had in steps of 10 ms
            used = now().since(before);
        }
        assertThat(used.clockNs()).isPositive();
    }

    private static ProcessorTime.Used now() {
        return Objects.requireNonNull(ProcessorTime.Used.now(), "the kernel does not say");
    }
}
