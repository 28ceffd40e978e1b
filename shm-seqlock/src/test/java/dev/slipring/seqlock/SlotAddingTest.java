package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.process.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody dies instead of every single store of adding a slot; on a machine that keeps program order, and on one that does not. */
class SlotAddingTest {
    private static final int WEAK_SEEDS = 3;
    private static final List<SlotKey> KEYS = List.of(SlotKey.of("first"), SlotKey.of("second"), SlotKey.of("third"), SlotKey.of(0));

    @TempDir
    private Path directory;

    @Test
    void theSlotIsThereOrNotAndNoRoomIsLost() {
        int store = 0;
        while (dies(store, -1)) {
            for (int seed = 0; seed < WEAK_SEEDS; seed++) {
                dies(store, seed);
            }
            store++;
        }
        assertThat(store).isGreaterThan(20);
    }

    @Test
    void whoAddsOneWhileAnotherDoesWaitsForIt() throws Exception {
        var there = new RegionDirectory(directory);
        var attachment = Attachment.standard().in(there);
        SlotTable.create(there, "table", SlotOptions.ofPayload(8).cells(2).slots(KEYS.size()));
        var waiting = new ArrayList<Waiting<SlotWriter>>();
        try (var other = SlotTable.writer("table", attachment);
            var slow = SlotTable.writer("table", attachment.through((area, memory) -> area != Area.DATA ? memory
                : new ForwardingMemory(memory) {
                    @Override
                    public void putIntRelease(int offset, int value) { // the entry that leads to the slot
                        waiting.add(new Waiting<>(() -> other.sharedWriter(KEYS.getLast())));
                        waiting.getFirst().awaitAsleep();
                        super.putIntRelease(offset, value);
                    }
                }))) {
            slow.sharedWriter(KEYS.getFirst());
            waiting.getFirst().outcome();
            assertThat(other.count()).isEqualTo(2);
        }
    }

    private boolean dies(int store, int seed) {
        var there = new RegionDirectory(directory);
        var attachment = Attachment.standard().in(there);
        SlotTable.create(there, "table", SlotOptions.ofPayload(8).cells(2).slots(KEYS.size()));
        boolean died;
        try (var before = SlotTable.writer("table", attachment); var readers = SlotTable.reader("table", attachment)) {
            before.sharedWriter(KEYS.getFirst());
            died = addAndDie(attachment, store, seed);
            assertThat(readers.find(KEYS.getFirst().value())).isZero();
            assertThat(readers.find(KEYS.get(1).value())).isIn(-1, 1);
            for (var key : KEYS.reversed()) { // the one that was being added comes late
                before.writer(key);
            }
            var found = new ArrayList<SlotKey>();
            for (int number = 0; number < readers.count(); number++) {
                found.add(readers.key(number));
                assertThat(readers.find(readers.key(number).value())).isEqualTo(number);
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(KEYS);
        } catch (Throwable e) {
            throw new AssertionError("died at store " + store + ", seed " + seed, e);
        }
        SlotTable.remove(there, "table");
        return died;
    }

    private static boolean addAndDie(Attachment attachment, int store, int seed) {
        var process = new FaultyProcess();
        if (seed < 0) {
            process.dieAfter(store);
        } else {
            process.dieAfter(store, seed);
        }
        return process.live(() -> SlotTable.writer("table", attachment.through(process.seam())), writer -> writer.writer(KEYS.get(1)));
    }
}
