package dev.slipring.ring;

import dev.slipring.core.Access;
import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Role;
import java.nio.file.Path;

/** Makes the real producers and readers of millions of broadcast rings, over any memory, as {@link RingSides} does. */
public final class BroadcastSides {
    /** Bytes of the producer's words that are in use. */
    public static final int PRODUCER_LENGTH = BroadcastDescriptor.markOffset(BroadcastDescriptor.SEGMENTS);

    private static final String NAME = "broadcast";

    private final Region producing;
    private final Region reading;
    private MemorySeam current = MemorySeam.DIRECT;

    /**
     * Attaches for as long as this JVM lives.
     *
     * @param directory empty, or not there yet; where regions may lie
     * @param capacity  of each ring; may be less than {@link BroadcastRing#create} would take, so that a trial is short
     */
    public BroadcastSides(Path directory, int capacity) {
        var there = new RegionDirectory(directory);
        Region.create(there, NAME, RingOptions.ofCapacity(capacity).spec(RegionKind.BROADCAST_RING), MemorySeam.DIRECT, areas -> { });
        var attachment = Attachment.standard().in(there).through(this::wrap);
        producing = Region.attach(NAME, RegionKind.BROADCAST_RING, Access.OWN, Role.PRODUCER, true, attachment);
        reading = Region.watch(NAME, RegionKind.BROADCAST_RING, attachment);
    }

    /** The producer over these memories, which it resumes as it finds them. */
    public synchronized RingProducer producer(MemorySeam memories) {
        current = memories;
        return new BroadcastProducer(producing);
    }

    /** A reader over these memories, which begins at the oldest message. */
    public synchronized BroadcastReader reader(MemorySeam memories) {
        current = memories;
        return new BroadcastCursor(reading, JoinAt.oldest(), false);
    }

    private Memory wrap(Area area, Memory mapped) {
        return area == Area.PARTICIPANTS ? mapped : current.wrap(area, mapped); // its counts, which say nothing of the flow
    }
}
