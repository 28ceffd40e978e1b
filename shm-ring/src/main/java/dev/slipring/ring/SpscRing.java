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
 * A ring for one producer and one consumer, each in any process: every message once, in order, whoever dies when.
 *
 * <p>The file is the state. A new producer goes on behind the last committed message, a new consumer at the last released one; neither
 * needs the other to do anything. Messages are 0 bytes to an eighth of the capacity long and are never split.
 */
public final class SpscRing {
    private SpscRing() {
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
     */
    public static void create(RegionDirectory directory, String name, RingOptions options) {
        create(directory, name, options, MemorySeam.DIRECT);
    }

    static void create(RegionDirectory directory, String name, RingOptions options, MemorySeam seam) {
        long start = options.initialPosition();
        Region.create(directory, name, options.spec(RegionKind.SPSC_RING), seam, areas -> {
            areas.memory(Area.PRODUCER).putLong(SpscDescriptor.POSITION_OFFSET, start);
            areas.memory(Area.CONSUMER).putLong(SpscDescriptor.HEAD_OFFSET, start);
            areas.memory(Area.CHECKPOINTS).putLong(CheckpointDescriptor.cellOffset(0), start);
        });
    }

    /** Removes a ring that nobody has open; throws as {@link Region#remove} does. */
    public static void remove(RegionDirectory directory, String name) {
        Region.remove(directory, name);
    }

    /**
     * Attaches as the one producer, in the standard directory; throws as {@link Region#attach} does.
     */
    public static RingProducer producer(String name) {
        return producer(name, Attachment.standard());
    }

    /** Attaches as the one producer; throws as {@link Region#attach} does. */
    public static RingProducer producer(String name, Attachment attachment) {
        return RingOptions.attach(Region.attach(name, RegionKind.SPSC_RING, Access.OWN, Role.PRODUCER, true, attachment),
            SpscProducer::new);
    }

    /** Attaches as the one consumer, in the standard directory; throws as {@link Region#attach} does. */
    public static RingConsumer consumer(String name) {
        return consumer(name, Attachment.standard(), ConsumerOptions.STANDARD);
    }

    /** Attaches as the one consumer; throws as {@link Region#attach} does. */
    public static RingConsumer consumer(String name, Attachment attachment, ConsumerOptions options) {
        Objects.requireNonNull(options, "options");
        return RingOptions.attach(Region.attach(name, RegionKind.SPSC_RING, Access.JOIN, Role.CONSUMER, true, attachment),
            region -> new SpscConsumer(region, options));
    }
}
