package dev.slipring.cli;

import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionKind;
import dev.slipring.frame.FrameCounter;
import dev.slipring.frame.FramePool;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.RingView;
import dev.slipring.seqlock.SlotReader;
import dev.slipring.seqlock.SlotTable;
import dev.slipring.seqlock.TableReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what arrives in a region, as somebody who looks on: messages of a ring, versions of slots, frames of a pool. */
interface Arrivals extends AutoCloseable {
    /** How many there were so far, since the beginning of the region; never less than before. */
    long count();

    @Override
    void close();

    /**
     * Begins to look.
     *
     * @param key of one slot; null for all of a table
     */
    static Arrivals in(Regions regions, String name, RegionHeader header, @Nullable String key) {
        if (key != null && header.kind() != RegionKind.SLOT_TABLE) {
            throw new IllegalArgumentException(name + " has no slots, so no slot " + key);
        }
        var attachment = regions.attachment(header);
        return switch (header.kind()) {
            case SPSC_RING, MPSC_RING, BROADCAST_RING -> new OfRing(RingView.of(name, header.kind(), attachment, JoinAt.latest()));
            case SLOT_TABLE -> ofSlots(SlotTable.reader(name, attachment), key);
            case FRAME_POOL -> new OfFrames(FramePool.counter(name, attachment));
        };
    }

    private static Arrivals ofSlots(TableReader table, @Nullable String key) {
        try {
            return new OfSlots(new Slots(table), key);
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
    }

    /** Frames. */
    record OfFrames(FrameCounter counter) implements Arrivals {
        @Override
        public long count() {
            return counter.published();
        }

        @Override
        public void close() {
            counter.close();
        }
    }

    /** Messages, those included that were gone before they could be looked at. */
    final class OfRing implements Arrivals {
        private static final int BATCH = 1000;

        private final RingView view;
        private final Passing passing = new Passing();

        OfRing(RingView view) {
            this.view = view;
        }

        @Override
        public long count() {
            view.poll(passing, BATCH);
            return view.sequence();
        }

        @Override
        public void close() {
            view.close();
        }
    }

    /** Versions of one slot, or of all, also of those that are added meanwhile. */
    final class OfSlots implements Arrivals {
        private final Slots slots;
        private final boolean all;
        private final List<SlotReader> readers = new ArrayList<>();
        private long count;

        OfSlots(Slots slots, @Nullable String key) {
            this.slots = slots;
            all = key == null;
            if (key != null) {
                readers.add(slots.table().reader(slots.find(key)));
            }
        }

        @Override
        public long count() {
            while (all && readers.size() < slots.table().count()) {
                readers.add(slots.table().reader(slots.table().key(readers.size())));
            }
            long versions = 0;
            for (int i = 0; i < readers.size(); i++) {
                readers.get(i).read();
                versions += readers.get(i).value().version();
            }
            count = Math.max(count, versions);
            return count;
        }

        @Override
        public void close() {
            slots.table().close();
        }
    }
}
