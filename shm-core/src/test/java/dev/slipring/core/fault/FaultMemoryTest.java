package dev.slipring.core.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.HeapMemory;
import dev.slipring.core.Memory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FaultMemoryTest {
    private final FaultyProcess process = new FaultyProcess();
    private final Memory real = HeapMemory.ofCapacity(64);
    private final Memory memory = process.seam().wrap(Area.DATA, real);

    @Test
    void diesInsteadOfTheChosenStoreAndNeverStoresAgain() {
        process.dieAfter(1);
        memory.putLong(0, 1);
        assertThatThrownBy(() -> memory.putLongRelease(8, 2)).isInstanceOf(ProcessDied.class);
        assertThatThrownBy(() -> memory.putLong(16, 3)).isInstanceOf(ProcessDied.class);
        assertThat(List.of(real.getLong(0), real.getLong(8), real.getLong(16))).containsExactly(1L, 0L, 0L);
    }

    @Test
    void cutsABulkCopyInTheMiddle() {
        process.dieAfter(1);
        assertThatThrownBy(() -> memory.copyIn(0, new UnsafeBuffer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}), 0, 9)).isInstanceOf(
            ProcessDied.class);
        assertThat(real.buffer().getByte(7)).isEqualTo((byte) 8);
        assertThat(real.buffer().getByte(8)).isZero();
    }

    @Test
    void onAWeakMachineAnySubsetOfTheUnorderedStoresIsSeen() {
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            var weakProcess = new FaultyProcess();
            var weakReal = HeapMemory.ofCapacity(64);
            var weak = weakProcess.seam().wrap(Area.DATA, weakReal);
            weakProcess.dieAfter(4, seed);
            weak.putLong(0, 1);
            weak.putLongRelease(8, 2);
            weak.putLong(16, 3);
            weak.putLong(24, 4);
            assertThatThrownBy(() -> weak.putLong(32, 5)).isInstanceOf(ProcessDied.class);
            assertThat(weakReal.getLong(0)).as("ordered by the release").isEqualTo(1);
            assertThat(weakReal.getLong(8)).isEqualTo(2);
            seen.add(weakReal.getLong(16) + "," + weakReal.getLong(24));
        }
        assertThat(seen).containsExactlyInAnyOrder("0,0", "3,0", "0,4", "3,4");
    }

    @Test
    void writesThroughAClaimedViewAreStoresToo() {
        var view = new UnsafeBuffer(0, 0);
        memory.wrap(view, 0, 16);
        view.putLong(0, 7);
        view.putLong(8, 8);
        assertThat(real.getLong(0)).isZero();
        process.dieAfter(1);
        assertThatThrownBy(() -> memory.putLongRelease(16, 1)).isInstanceOf(ProcessDied.class);
        assertThat(real.getLong(0)).isEqualTo(7);
        assertThat(real.getLong(8)).isZero();
    }
}
