package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import java.nio.file.Path;
import java.util.function.Function;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The writer goes on in the middle of a reader's copy, at every place where it can hurt. */
class SlotTornTest {
    private static final int LENGTH = 64;

    @TempDir
    private Path directory;

    /** Lets something happen in the middle of a copy, or before it. */
    private static final class Interrupted extends ForwardingMemory {
        private final Memory memory;
        private final int until;
        private final Runnable meanwhile;

        Interrupted(Memory memory, int until, Runnable meanwhile) {
            super(memory);
            this.memory = memory;
            this.until = until;
            this.meanwhile = meanwhile;
        }

        @Override
        public void copyOut(int offset, MutableDirectBuffer destination, int destinationOffset, int length) {
            int first = Math.min(until, length);
            memory.copyOut(offset, destination, destinationOffset, first);
            meanwhile.run();
            memory.copyOut(offset + first, destination, destinationOffset + first, length - first);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 16, 56, 64, 112, 120})
    void aValueThatWasOverwrittenMeanwhileIsNotDelivered(int until) {
        read(memory -> meanwhile -> new Interrupted(memory, until, meanwhile), 1);
    }

    @Test
    void withoutASecondLookItWouldBe() {
        assertThatThrownBy(() -> read(memory -> meanwhile -> new NoSecondLook(new Interrupted(memory, 64, meanwhile)), 1)).isInstanceOf(
            AssertionError.class);
    }

    @Test
    void aReaderThatIsAlwaysInterruptedGivesUp() {
        read(memory -> meanwhile -> new Interrupted(memory, 64, meanwhile), Integer.MAX_VALUE);
    }

    /** Reads under a memory; for each of the first copies, the writer writes as often as it takes to come to the same cell again. */
    private void read(Function<Memory, Function<Runnable, Memory>> interrupting, int interruptions) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH).cells(2));
        int[] left = {0};
        try (var writer = slot.writer(); var reader = slot.reader((area, memory) -> area != Area.DATA ? memory
            : interrupting.apply(memory).apply(() -> {
                if (left[0]-- > 0) {
                    TestSlot.write(writer, LENGTH);
                    TestSlot.write(writer, LENGTH);
                }
            }))) {
            assertThat(reader.read()).as("it has found the slot").isEqualTo(Read.NONE_YET);
            left[0] = interruptions;
            TestSlot.write(writer, LENGTH);
            var outcome = reader.read();
            if (interruptions == 1) {
                assertThat(outcome).isEqualTo(Read.OK);
                TestSlot.require(reader.value());
                assertThat(reader.value().version()).isEqualTo(3);
                assertThat(reader.retries()).isEqualTo(1);
            } else {
                assertThat(outcome).isEqualTo(Read.BUSY);
                assertThat(reader.value().version()).isZero();
                assertThat(reader.retries()).isEqualTo(SlotReader.MAX_TRIES);
                assertThat(writer.version()).as("tries are bounded").isEqualTo(1 + 2 * SlotReader.MAX_TRIES);
            }
        }
    }
}
