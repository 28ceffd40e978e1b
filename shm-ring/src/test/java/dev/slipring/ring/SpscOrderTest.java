package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Area;
import dev.slipring.core.recording.Access;
import dev.slipring.core.recording.Recording;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The orders of docs/memory-model.md, each required of the accesses as they are made; and each order taken away once. */
class SpscOrderTest {
    private static final MessageHandler IGNORE = (type, buffer, offset, length) -> { };
    private static final Predicate<Access> INDEX_STORE = access -> access.storesTo(Area.CHECKPOINTS, CheckpointDescriptor.INDEX_OFFSET);
    private static final Predicate<Access> CELL_STORE = access -> access.isStore() && access.area() == Area.CHECKPOINTS && access.offset(
        ) >= 16;
    private static final Predicate<Access> HEAD_STORE = access -> access.storesTo(Area.CONSUMER, SpscDescriptor.HEAD_OFFSET);

    @TempDir
    private Path directory;

    @Test
    void aPublishIsOrdered() {
        requirePublishOrder(Recording.Weakening.NONE);
    }

    @Test
    void aReleaseOfSpaceIsOrdered() {
        requireReleaseOrder(Recording.Weakening.NONE);
    }

    @Test
    void anAttachIsOrdered() {
        requireAttachOrder(Recording.Weakening.NONE);
    }

    @ParameterizedTest
    @CsvSource({"DATA, putLongRelease, putLong", "CONSUMER, getLongAcquire, getLong"})
    void aWeakerPublishIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requirePublishOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"CHECKPOINTS, putLongRelease, putLong", "CHECKPOINTS, storeStoreFence, ''", "CONSUMER, putLongRelease, putLong",
        "DATA, getLongAcquire, getLong"})
    void aWeakerReleaseOfSpaceIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requireReleaseOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"CHECKPOINTS, getLongAcquire, getLong", "CHECKPOINTS, loadLoadFence, ''", "DATA, getLongAcquire, getLong"})
    void aWeakerAttachIsNoticed(Area area, String call, String instead) {
        assertThatThrownBy(() -> requireAttachOrder(weaker(area, call, instead))).isInstanceOf(AssertionError.class);
    }

    private static Recording.Weakening weaker(Area area, String call, String instead) {
        return (inArea, asked) -> inArea == area && asked.equals(call) ? instead : asked;
    }

    /** Three records in a batch, at positions 0, 64 and 128, then the zero header at 192. */
    private void requirePublishOrder(Recording.Weakening weakening) {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        var recording = new Recording();
        try (var consumer = ring.consumer(); var producer = ring.producer(recording.seam(weakening))) {
            recording.clear();
            offerBatch(producer, 3);
            recording.requireOrder("payloads and inner headers before the first header",
                access -> access.isStore() && access.area() == Area.DATA && access.offset() > 0, access -> access.storesTo(Area.DATA, 0));
            recording.requireOrder("the zero before the first header", access -> access.storesTo(Area.DATA, 192) && access.value() == 0,
                access -> access.storesTo(Area.DATA, 0));
            recording.requireNever("nothing is stored to the published records, nor to the zero behind them, after the first header",
                access -> access.storesTo(Area.DATA, 0),
                access -> access.isStore() && access.area() == Area.DATA && access.offset() <= 192);
            while (producer.offer(1, new UnsafeBuffer(new byte[100]), 0, 100) > 0) {
                consumer.position();
            }
            consumer.poll(IGNORE, 100);
            recording.clear();
            producer.offer(1, new UnsafeBuffer(new byte[100]), 0, 100);
            recording.requireOrder("head is read before its space is overwritten",
                access -> access.loads(Area.CONSUMER, SpscDescriptor.HEAD_OFFSET), access -> access.isStore() && access.area(
                    ) == Area.DATA);
        } finally {
            ring.remove();
        }
    }

    private void requireReleaseOrder(Recording.Weakening weakening) {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        var recording = new Recording();
        try (var producer = ring.producer(); var consumer = ring.consumer(recording.seam(weakening), ConsumerOptions.STANDARD)) {
            recording.clear();
            for (int round = 0; round < 3; round++) {
                offerBatch(producer, 2);
                consumer.poll(IGNORE, 10);
            }
            recording.requireOrder("the cell before its index", CELL_STORE, INDEX_STORE);
            recording.requireOrder("the index before the next cell is touched", INDEX_STORE, CELL_STORE);
            recording.requireOrder("the checkpoint before the space is given away", INDEX_STORE, HEAD_STORE);
            recording.requireOrder("the records are read before their space is given away",
                access -> access.isLoad() && access.area() == Area.DATA, HEAD_STORE);
            recording.requireOrder("a header before the next one", access -> access.loads(Area.DATA, 0), access -> access.loads(Area.DATA,
                64));
        } finally {
            ring.remove();
        }
    }

    private void requireAttachOrder(Recording.Weakening weakening) {
        var ring = TestRing.create(directory, RingOptions.ofCapacity(1024));
        var recording = new Recording();
        try (var first = ring.producer()) {
            offerBatch(first, 3);
        }
        try (var producer = ring.producer(recording.seam(weakening))) {
            producer.position();
            recording.requireOrder("the index before its cell", access -> access.loads(Area.CHECKPOINTS, CheckpointDescriptor.INDEX_OFFSET),
                access -> access.loads(Area.CHECKPOINTS, 16));
            recording.requireOrder("the cell before the second look at the index", access -> access.loads(Area.CHECKPOINTS, 16),
                access -> access.loads(Area.CHECKPOINTS, CheckpointDescriptor.INDEX_OFFSET));
            recording.requireOrder("a header before the next one", access -> access.loads(Area.DATA, 64), access -> access.loads(Area.DATA,
                128));
        } finally {
            ring.remove();
        }
    }

    private static void offerBatch(RingProducer producer, int messages) {
        try (var batch = producer.batch()) {
            for (int i = 0; i < messages; i++) {
                batch.offer(1, new UnsafeBuffer(new byte[16]), 0, 16);
            }
            batch.publish();
        }
    }
}
