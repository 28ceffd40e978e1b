package dev.slipring.ring;

import dev.slipring.core.Access;
import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Role;
import java.util.Objects;

/**
 * A ring for many producers and one consumer, each in any process: every message once, in the order of the claims, whoever dies when.
 *
 * <p>A producer that is slow, or stopped, in the middle of a message is waited for, without limit, while the others go on behind it; one
 * that died there loses that message, and the flow goes on as soon as the kernel says so. No timeout decides anything.
 *
 * <p>Otherwise as {@link SpscRing}, with these differences: records are 64-byte aligned; a batch is at most as long as the longest message,
 * and its {@link Batch#publish() publish} may be refused; {@link RingProducer#position() position} and {@link RingProducer#sequence()
 * sequence} of a producer are those of its own messages; the consumer maps the data writable.
 */
public final class MpscRing {
    private MpscRing() {
    }

    /** Creates a ring in the standard directory. */
    public static void create(String name, RingOptions options) {
        create(RegionDirectory.standard(), name, options);
    }

    /**
     * Creates a ring.
     *
     * @throws dev.slipring.core.RegionExists when the name is taken
     * @throws dev.slipring.core.RegionFull   when there is no room for it
     * @throws dev.slipring.core.AccessDenied when the directory cannot be trusted or written
     * @throws IllegalArgumentException       for another record alignment than 64
     */
    public static void create(RegionDirectory directory, String name, RingOptions options) {
        create(directory, name, options, MemorySeam.DIRECT);
    }

    static void create(RegionDirectory directory, String name, RingOptions options, MemorySeam seam) {
        requireSuited(options);
        Region.create(directory, name, options.spec(RegionKind.MPSC_RING), seam, areas -> prepare(areas, options));
    }

    /** Whether there can be a ring of many producers like this. */
    static void requireSuited(RingOptions options) {
        if (options.recordAlignment() != MpscDescriptor.ALIGNMENT) {
            throw new IllegalArgumentException("recordAlignment=" + options.recordAlignment() + " is not " + MpscDescriptor.ALIGNMENT
                + ": producers must not share a cache line");
        }
    }

    /** Stores what a new ring begins with. */
    static void prepare(Region.Areas areas, RingOptions options) {
        long start = options.initialPosition();
        areas.memory(Area.PRODUCER).putLong(MpscDescriptor.TAIL_OFFSET, start);
        areas.memory(Area.CONSUMER).putLong(MpscDescriptor.HEAD_OFFSET, start);
        areas.memory(Area.CONSUMER).putLong(MpscDescriptor.CONSUMED_OFFSET, start);
        areas.memory(Area.CHECKPOINTS).putLong(CheckpointDescriptor.cellOffset(0), start);
        var data = areas.memory(Area.DATA);
        for (int at = 0; at < options.capacity(); at += MpscDescriptor.ALIGNMENT) {
            long position = start + (at - (int) start & options.capacity() - 1);
            data.putLong(at, MpscDescriptor.empty(areas.epoch(), position));
        }
    }

    /** Removes a ring that nobody has open; throws as {@link Region#remove} does. */
    public static void remove(RegionDirectory directory, String name) {
        Region.remove(directory, name);
    }

    /** Attaches as a producer, in the standard directory; throws as {@link Region#attach} does. */
    public static RingProducer producer(String name) {
        return producer(name, Attachment.standard());
    }

    /** Attaches as a producer, one of at most 63 beside the consumer; throws as {@link Region#attach} does. */
    public static RingProducer producer(String name, Attachment attachment) {
        return RingOptions.attach(Region.attach(name, RegionKind.MPSC_RING, Access.OWN, Role.PRODUCER, false, attachment),
            MpscProducer::new);
    }

    /** Attaches as the one consumer, in the standard directory; throws as {@link Region#attach} does. */
    public static RingConsumer consumer(String name) {
        return consumer(name, Attachment.standard(), ConsumerOptions.STANDARD);
    }

    /** Attaches as the one consumer; throws as {@link Region#attach} does. */
    public static RingConsumer consumer(String name, Attachment attachment, ConsumerOptions options) {
        Objects.requireNonNull(options, "options");
        return RingOptions.attach(Region.attach(name, RegionKind.MPSC_RING, Access.OWN, Role.CONSUMER, true, attachment),
            region -> new MpscConsumer(region, options));
    }
}
