package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.recording.Access;
import dev.slipring.core.recording.Recording;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of who adds a slot and who finds it, each store and each look in its order; and each order taken away once. */
class SlotAddingOrderTest {
    private static final TableDescriptor LAYOUT = TestTable.OPTIONS.layout();
    private static final Predicate<Access> ENTRY = access -> isAt(access, LAYOUT.indexOffset(0), LAYOUT.keyOffset(0));
    private static final Predicate<Access> KEY = access -> isAt(access, LAYOUT.keyOffset(0), LAYOUT.latestOffset(0));
    private static final Predicate<Access> COUNT = access -> access.area() == Area.PRODUCER
        && access.offset() == TableDescriptor.COUNT_OFFSET;

    @TempDir
    private Path directory;

    private static boolean isAt(Access access, int from, int to) {
        return access.area() == Area.DATA && (access.isLoad() || access.isStore()) && access.offset() >= from && access.offset() < to;
    }

    @Test
    void aSlotIsAddedInOrder() {
        requireAddingOrder(Recording.Weakening.NONE);
    }

    @ParameterizedTest
    @CsvSource({"DATA, putIntRelease, putInt", "PRODUCER, putLongRelease, putLong"})
    void aWeakerAddingIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requireAddingOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aSlotIsFoundInOrder() {
        requireFindingOrder(Recording.Weakening.NONE);
    }

    @Test
    void aWeakerFindingIsNoticed() {
        assertThatThrownBy(() -> requireFindingOrder(weaker(Area.DATA, "getIntAcquire", "getInt"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void slotsAreListedInOrder() {
        requireListingOrder(Recording.Weakening.NONE);
    }

    @Test
    void aWeakerListingIsNoticed() {
        assertThatThrownBy(() -> requireListingOrder(weaker(Area.PRODUCER, "getLongAcquire", "getLong"))).isInstanceOf(
            AssertionError.class);
    }

    private static Recording.Weakening weaker(Area area, String call, String instead) {
        return (asked, made) -> asked == area && made.equals(call) ? instead : made;
    }

    private void requireAddingOrder(Recording.Weakening weakening) {
        var table = TestTable.create(directory, 4);
        var recording = new Recording();
        try (var writers = table.writers(recording.seam(weakening))) {
            writers.sharedWriter(TestTable.LEFT);
            Predicate<Access> store = Access::isStore;
            recording.requireOrder("the key before the entry that leads to it", store.and(KEY), store.and(ENTRY));
            recording.requireOrder("the entry before it is counted", store.and(ENTRY), store.and(COUNT));
            recording.requireOrder("the count before the next may add one", store.and(COUNT),
                access -> access.storesTo(Area.PRODUCER, TableDescriptor.DIRECTORY_OWNER_OFFSET));
        } finally {
            table.remove();
        }
    }

    private void requireFindingOrder(Recording.Weakening weakening) {
        var table = TestTable.create(directory, 4);
        var recording = new Recording();
        try (var writers = table.writers(); var readers = table.readers(recording.seam(weakening))) {
            writers.sharedWriter(TestTable.LEFT);
            assertThat(readers.find(TestTable.LEFT.value())).isZero();
            recording.requireOrder("the entry before the key that it leads to", ENTRY, KEY);
        } finally {
            table.remove();
        }
    }

    private void requireListingOrder(Recording.Weakening weakening) {
        var table = TestTable.create(directory, 4);
        var recording = new Recording();
        try (var writers = table.writers(); var readers = table.readers(recording.seam(weakening))) {
            writers.sharedWriter(TestTable.LEFT);
            assertThat(readers.key(0)).isEqualTo(TestTable.LEFT);
            recording.requireOrder("the count before the key", COUNT, KEY);
        } finally {
            table.remove();
        }
    }
}
