package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.process.Await;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A writer dies instead of every single store; on a machine that keeps program order, and on one that does not. */
class SlotCrashTest {
    private static final int LENGTH = 24;
    private static final int WEAK_SEEDS = 2;
    private static final int MAX_STORES = 1_000;
    /** So many writers die one after the other at the same store: two cells would not outlast two deaths that each spoil one. */
    private static final int GENERATIONS = 2;

    @TempDir
    private Path directory;
    /** The last version whose writing returned, in any life. */
    private long written;

    /** What a writer may be doing when it dies. */
    enum Writing {
        COPIES {
            @Override
            void run(SlotWriter writer, Consumer<Long> done) {
                for (int length : new int[] {LENGTH, 5, 16}) {
                    done.accept(TestSlot.write(writer, length));
                }
            }
        },
        IN_PLACE {
            @Override
            void run(SlotWriter writer, Consumer<Long> done) {
                for (int length : new int[] {LENGTH, 8}) {
                    try (var update = writer.begin()) {
                        Pattern.write(99, update.buffer(), LENGTH);
                    }
                    try (var update = writer.begin()) {
                        long next = writer.version() + 1;
                        Pattern.write(next, update.buffer(), length);
                        done.accept(update.sourceTime(next * 10).contextVersion(next * 100).ringSequence(next * 1000).publish(length));
                    }
                }
            }
        };

        abstract void run(SlotWriter writer, Consumer<Long> done);
    }

    @ParameterizedTest
    @EnumSource
    void theLastGoodValueStaysReadableAndTheNextWriterGoesOn(Writing script) {
        assertThat(sweep(script, 2, false, UnaryOperator.identity())).isGreaterThan(20);
        assertThat(sweep(script, 2, true, UnaryOperator.identity())).isGreaterThan(20);
        assertThat(sweep(script, 4, false, UnaryOperator.identity())).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeadOwnerIsReportedOnceItsLockIsGoneAndNotBefore(boolean shared) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH));
        var process = new FaultyProcess();
        try (var reader = slot.reader()) {
            var writer = shared ? slot.sharedWriter(process.seam()) : slot.writer(process.seam());
            TestSlot.write(writer, LENGTH);
            process.dieAfter(3);
            assertThatThrownBy(() -> TestSlot.write(writer, LENGTH)).isInstanceOf(ProcessDied.class);
            long start = System.nanoTime();
            Await.until("it has been silent for 50 ms", () -> {
                assertThat(reader.read()).as("its lock is still there").isEqualTo(Read.OK);
                return System.nanoTime() - start > 50_000_000;
            });
            process.kill(writer);
            Await.until("the death is reported", () -> reader.read() == Read.WRITER_DEAD);
            TestSlot.require(reader.value());
            try (var next = slot.writer()) {
                Await.until("there is a writer again", () -> reader.read() == Read.OK);
                assertThat(TestSlot.write(next, LENGTH)).isEqualTo(2);
                assertThat(reader.read()).isEqualTo(Read.OK);
                TestSlot.require(reader.value());
            }
            assertThat(reader.read()).as("it left in order").isEqualTo(Read.OK);
        }
        slot.remove();
    }

    /** Mistakes that must be noticed here. */
    enum Mutation {
        /** The even stamp orders nothing. */
        WEAK_STAMP {
            @Override
            Memory over(Memory memory) {
                return new ForwardingMemory(memory) {
                    @Override
                    public void putLongRelease(int offset, long value) {
                        memory.putLong(offset, value);
                    }
                };
            }
        },
        /** The odd stamp is not ordered before the value. */
        NO_FENCE {
            @Override
            Memory over(Memory memory) {
                return new ForwardingMemory(memory) {
                    @Override
                    public void storeStoreFence() {
                        // not made
                    }
                };
            }
        },
        /** There is no odd stamp. */
        NO_ODD_STAMP {
            @Override
            Memory over(Memory memory) {
                return new ForwardingMemory(memory) {
                    @Override
                    public void putLongOpaque(int offset, long value) {
                        // not made
                    }
                };
            }
        };

        abstract Memory over(Memory memory);

        MemorySeam over(MemorySeam seam) {
            return (area, mapped) -> area == Area.DATA ? over(seam.wrap(area, mapped)) : seam.wrap(area, mapped);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMutationOfTheOrderOfStoresIsNoticed(Mutation mutation) {
        assertThatThrownBy(() -> sweep(Writing.COPIES, 2, false, mutation::over)).isInstanceOf(AssertionError.class).cause()
            .isInstanceOfAny(AssertionError.class, RegionCorrupt.class);
    }

    /** A newcomer does not begin with a value that others have seen superseded. */
    @Test
    void aCompleteValueThatWasNotAnnouncedIsAnnouncedByTheNextWriter() {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH));
        var process = new FaultyProcess();
        var writer = slot.writer(process.seam());
        TestSlot.write(writer, LENGTH);
        process.dieAfter(12); // the odd stamp, 3 words of payload, 7 of the header, the even stamp; not latest
        assertThatThrownBy(() -> TestSlot.write(writer, LENGTH)).isInstanceOf(ProcessDied.class);
        process.kill(writer);
        try (var reader = slot.reader()) {
            assertThat(reader.read().isDelivered()).isTrue();
            assertThat(reader.value().version()).isEqualTo(2);
            try (var next = slot.writer()) {
                assertThat(next.version()).isEqualTo(2);
                assertThat(TestSlot.write(next, LENGTH)).isEqualTo(3);
            }
        }
        slot.remove();
    }

    /** Returns how many stores the script makes. */
    private int sweep(Writing script, int cells, boolean shared, UnaryOperator<MemorySeam> mutation) {
        int store = 0;
        while (dies(script, cells, shared, store, -1, mutation)) {
            for (int seed = 0; seed < WEAK_SEEDS; seed++) {
                dies(script, cells, shared, store, store * WEAK_SEEDS + seed, mutation);
            }
            store++;
            assertThat(store).isLessThan(MAX_STORES);
        }
        return store;
    }

    private boolean dies(Writing script, int cells, boolean shared, int store, int seed, UnaryOperator<MemorySeam> mutation) {
        var slot = TestSlot.create(directory, SlotOptions.ofPayload(LENGTH).cells(cells));
        boolean died = false;
        written = 0;
        try (var witness = slot.reader()) {
            for (int warmUp = 0; warmUp < 3; warmUp++) {
                try (var writer = slot.writer()) {
                    written = TestSlot.write(writer, LENGTH);
                }
            }
            for (int life = 0; life < GENERATIONS; life++) {
                died |= dies(slot, script, shared, store, seed, mutation);
                long seen = newest(witness);
                try (var newcomer = slot.reader()) {
                    assertThat(newest(newcomer)).as("what a newcomer reads").isEqualTo(seen);
                    requireRetained(newcomer, seen, cells);
                }
            }
            try (var next = slot.writer()) {
                long version = TestSlot.write(next, LENGTH);
                assertThat(version).isGreaterThan(witness.value().version());
                assertThat(newest(witness)).isEqualTo(version);
                written = version;
            }
        } catch (Throwable e) {
            throw new AssertionError(script + " with " + cells + " cells, shared " + shared + ", died at store " + store + ", seed " + seed,
                e);
        }
        slot.remove();
        return died;
    }

    /** What a reader gets at once: at least all whose writing returned, at most one more. */
    private long newest(SlotReader reader) {
        assertThat(reader.read().isDelivered()).as("a value is delivered").isTrue();
        TestSlot.require(reader.value());
        assertThat(reader.value().version()).isBetween(written, written + 1);
        written = reader.value().version();
        return written;
    }

    /** Of the older versions, one that a reader still gets is whole. */
    private static void requireRetained(SlotReader reader, long newest, int cells) {
        for (long version = newest - 1; version > Math.max(0, newest - cells); version--) {
            if (reader.readExactly(version) == Read.OK) {
                TestSlot.require(reader.value());
            }
        }
    }

    private boolean dies(TestSlot slot, Writing script, boolean shared, int store, int seed, UnaryOperator<MemorySeam> mutation) {
        var process = new FaultyProcess();
        var seam = mutation.apply(process.seam());
        if (seed < 0) {
            process.dieAfter(store);
        } else {
            process.dieAfter(store, seed);
        }
        return process.live(() -> shared ? slot.sharedWriter(seam) : slot.writer(seam), writer -> {
            if (shared && writer.version() == 0) {
                try (var update = writer.begin()) { // a shared writer knows the version only once it has had the slot
                    assertThat(update.isOpen()).isTrue();
                }
            }
            script.run(writer, version -> written = version);
        });
    }
}
