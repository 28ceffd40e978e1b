package dev.slipring.ring;

import dev.slipring.core.Access;
import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Patience;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Role;
import dev.slipring.core.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Makes the real producers and consumers of millions of rings, over any memory: one file is attached to once, for what a side wants from
 * its region besides memory (header, participants, whether it is open), and each side made here lies over the memory it is given.
 */
public final class RingSides {
    private static final String NAME = "sides";

    private final RingKind kind;
    private final RingOptions options;
    private final List<Region> producing = new ArrayList<>();
    private final Region consuming;
    private MemorySeam current = MemorySeam.DIRECT;
    private BooleanSupplier death = () -> false;

    /** Attaches for as long as this JVM lives. */
    private RingSides(RingKind kind, RegionDirectory directory, RingOptions options, int producers) {
        this.kind = kind;
        this.options = options;
        kind.create(directory, NAME, options);
        var attachment = Attachment.standard().in(directory);
        for (int i = 0; i < producers; i++) {
            producing.add(Region.attach(NAME, kind.regionKind(), Access.OWN, Role.PRODUCER, kind == RingKind.SPSC,
                attachment.through(this::wrap)));
        }
        var access = kind == RingKind.SPSC ? Access.JOIN : Access.OWN;
        consuming = Region.attach(NAME, kind.regionKind(), access, Role.CONSUMER, true, attachment.through(this::wrapForConsumer));
    }

    /**
     * Sides of SPSC rings.
     *
     * @param directory empty, or not there yet; where regions may lie
     * @param capacity  of each ring; records are aligned to 8
     */
    public static RingSides spsc(Path directory, int capacity) {
        var options = new RingOptions(capacity, Long.BYTES, 0, false, Schema.NONE);
        return new RingSides(RingKind.SPSC, new RegionDirectory(directory), options, 1);
    }

    /** Sides of MPSC rings, as above, whose producers have the numbers from 0 to {@code producers - 1}. */
    public static RingSides mpsc(Path directory, int capacity, int producers) {
        return new RingSides(RingKind.MPSC, new RegionDirectory(directory), RingOptions.ofCapacity(capacity), producers);
    }

    /** Makes a new ring, that starts at 0, of zeroed memories. For an SPSC ring they are one as they are. */
    public synchronized void prepare(MemorySeam memories) {
        if (kind == RingKind.MPSC) {
            current = memories;
            MpscRing.prepare(new Region.Areas() {
                @Override
                public long epoch() {
                    return consuming.header().epoch();
                }

                @Override
                public Memory memory(Area area) {
                    return consuming.memory(area);
                }
            }, options);
        }
    }

    /** The only producer, or the first, over these memories, which it resumes as it finds them. */
    public RingProducer producer(MemorySeam memories) {
        return producer(0, memories);
    }

    /** One of the producers, as above. */
    public synchronized RingProducer producer(int number, MemorySeam memories) {
        current = memories;
        var region = producing.get(number);
        return kind == RingKind.SPSC ? new SpscProducer(region) : new MpscProducer(region);
    }

    /** A consumer over these memories, as above. */
    public synchronized RingConsumer consumer(MemorySeam memories) {
        current = memories;
        return kind == RingKind.SPSC ? new SpscConsumer(consuming, ConsumerOptions.STANDARD)
            : new MpscConsumer(consuming, ConsumerOptions.STANDARD);
    }

    /** Makes a consumer ask about the owner of the claim that holds it up at its very next look; then not for another 10 ms. */
    public static void exhaustPatience(RingConsumer consumer) {
        for (int attempts = 1; attempts < Patience.ATTEMPTS_BEFORE_ASKING; attempts++) {
            ((MpscConsumer) consumer).letGoOfTheDead();
        }
    }

    /**
     * What consumers that ask are told from now on, in place of the kernel's word: true when the owner's life is over. Until it says so,
     * the kernel is asked, and says that the owner lives. For the thread that polls.
     */
    public void tellOfDeath(BooleanSupplier whetherDead) {
        death = whetherDead;
    }

    /** What a side counts of itself goes to its region: it says nothing about the flow. */
    private Memory wrap(Area area, Memory mapped) {
        return area == Area.PARTICIPANTS ? mapped : current.wrap(area, mapped);
    }

    /** A life is over when its slot is of another generation. */
    private Memory wrapForConsumer(Area area, Memory mapped) {
        return area != Area.PARTICIPANTS ? wrap(area, mapped) : new ForwardingMemory(mapped) {
            @Override
            public int getIntAcquire(int offset) {
                int value = super.getIntAcquire(offset);
                return death.getAsBoolean() ? value + 1 : value;
            }
        };
    }
}
