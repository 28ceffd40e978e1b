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
import dev.slipring.core.Schema;
import java.nio.file.Path;

/**
 * Makes the real producers and consumers of millions of rings, over any memory: one file is attached to once, for what a side wants from
 * its region besides memory (header, participants, whether it is open), and each side made here lies over the memory it is given.
 */
public final class SpscSides {
    private static final String NAME = "sides";

    private final Region producing;
    private final Region consuming;
    private MemorySeam current = MemorySeam.DIRECT;

    /**
     * Attaches for as long as this JVM lives.
     *
     * @param directory empty, or not there yet; where regions may lie
     * @param capacity  of each ring; records are aligned to 8
     */
    public SpscSides(Path directory, int capacity) {
        var meeting = new RegionDirectory(directory);
        SpscRing.create(meeting, NAME, new RingOptions(capacity, Long.BYTES, 0, false, Schema.NONE));
        var attachment = Attachment.standard().in(meeting).through(this::wrap);
        producing = Region.attach(NAME, RegionKind.SPSC_RING, Access.OWN, Role.PRODUCER, true, attachment);
        consuming = Region.attach(NAME, RegionKind.SPSC_RING, Access.JOIN, Role.CONSUMER, true, attachment);
    }

    /** A producer over these memories, which it resumes as it finds them; all zeros are a new ring that starts at 0. */
    public synchronized RingProducer producer(MemorySeam memories) {
        current = memories;
        return new SpscProducer(producing);
    }

    /** A consumer over these memories, as above. */
    public synchronized RingConsumer consumer(MemorySeam memories) {
        current = memories;
        return new SpscConsumer(consuming, ConsumerOptions.STANDARD);
    }

    private Memory wrap(Area area, Memory mapped) {
        return current.wrap(area, mapped);
    }
}
