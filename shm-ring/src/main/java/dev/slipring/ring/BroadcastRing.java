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
 * A ring for one producer and any number of readers, each in any process. The producer waits for no reader; a reader that is too slow is
 * told exactly which messages it lost. Readers map everything read-only, and the producer does not know of them.
 *
 * <p>A gated <em>subscriber</em> is different: it registers, loses nothing, and the producer is refused ({@link MessageSink#FULL}) while
 * the slowest subscriber is a ring behind. One that dies is let go as soon as the kernel says so; one that is stopped is waited for.
 *
 * <p>Whoever is to be woken must be known. So on a ring {@link RingOptions#withParking with parking} subscribers sleep while they wait, and
 * so does a {@link #parkingReader}, which registers for nothing else: it may lose messages as any reader, and the producer waits for it as
 * little. A {@link #reader} that waits naps, at most 1 ms at a time.
 *
 * <p>The last messages outlive the producer: until the ring is removed, a reader that joins at {@link JoinAt#oldest} finds them.
 *
 * <p>Producer and restart otherwise as {@link SpscRing}, with these differences: records are 64-byte aligned; a message is at most an
 * eighth of the capacity less 8 bytes; a batch is at most as long as the longest message, and its {@link Batch#publish() publish} may be
 * refused if there are subscribers; {@link MessageSink#NO_CONSUMER} is never said. Where a reader can begin is known for each 64th of the
 * ring, so the oldest message that it finds may be a 64th younger than the oldest there is.
 */
public final class BroadcastRing {
    private BroadcastRing() {
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
     * @throws IllegalArgumentException       for another record alignment than 64, or a capacity below 4096
     */
    public static void create(RegionDirectory directory, String name, RingOptions options) {
        create(directory, name, options, MemorySeam.DIRECT);
    }

    static void create(RegionDirectory directory, String name, RingOptions options, MemorySeam seam) {
        requireSuited(options);
        long start = options.initialPosition();
        Region.create(directory, name, options.spec(RegionKind.BROADCAST_RING), seam, areas -> {
            areas.memory(Area.PRODUCER).putLong(BroadcastDescriptor.INTENT_OFFSET, start);
            areas.memory(Area.PRODUCER).putLong(BroadcastDescriptor.TAIL_OFFSET, start);
        });
    }

    /**
     * Whether there can be a broadcast ring like this.
     *
     * @return the same
     * @throws IllegalArgumentException for another record alignment than 64, or a capacity below 4096
     */
    public static RingOptions requireSuited(RingOptions options) {
        if (options.recordAlignment() != BroadcastDescriptor.ALIGNMENT || options.capacity() < BroadcastDescriptor.MIN_CAPACITY) {
            throw new IllegalArgumentException("recordAlignment=" + options.recordAlignment() + " and capacity=" + options.capacity()
                + ": a broadcast ring's are " + BroadcastDescriptor.ALIGNMENT + " and at least " + BroadcastDescriptor.MIN_CAPACITY);
        }
        return options;
    }

    /** Removes a ring that nobody has open; throws as {@link Region#remove} does. */
    public static void remove(RegionDirectory directory, String name) {
        Region.remove(directory, name);
    }

    /** Attaches as the one producer, in the standard directory; throws as {@link Region#attach} does. */
    public static RingProducer producer(String name) {
        return producer(name, Attachment.standard());
    }

    /** Attaches as the one producer; throws as {@link Region#attach} does. */
    public static RingProducer producer(String name, Attachment attachment) {
        return RingOptions.attach(Region.attach(name, RegionKind.BROADCAST_RING, Access.OWN, Role.PRODUCER, true, attachment),
            BroadcastProducer::new);
    }

    /** Reads along, from the next message on, in the standard directory; throws as {@link Region#watch} does. */
    public static BroadcastReader reader(String name) {
        return reader(name, Attachment.standard(), JoinAt.latest());
    }

    /** Reads along; throws as {@link Region#watch} does. */
    public static BroadcastReader reader(String name, Attachment attachment, JoinAt where) {
        Objects.requireNonNull(where, "where");
        return RingOptions.attach(Region.watch(name, RegionKind.BROADCAST_RING, attachment),
            region -> new BroadcastCursor(region, where, false));
    }

    /** Reads along and sleeps while it waits, from the next message on, in the standard directory; throws as {@link Region#attach} does. */
    public static BroadcastReader parkingReader(String name) {
        return parkingReader(name, Attachment.standard(), JoinAt.latest());
    }

    /** Reads along and sleeps while it waits, if the ring has parking; throws as {@link Region#attach} does. */
    public static BroadcastReader parkingReader(String name, Attachment attachment, JoinAt where) {
        return join(name, attachment, where, false);
    }

    /** Subscribes, from the next message on, in the standard directory; throws as {@link Region#attach} does. */
    public static BroadcastReader subscriber(String name) {
        return subscriber(name, Attachment.standard(), JoinAt.latest());
    }

    /** Subscribes: from where it begins, nothing is lost. Throws as {@link Region#attach} does. */
    public static BroadcastReader subscriber(String name, Attachment attachment, JoinAt where) {
        return join(name, attachment, where, true);
    }

    private static BroadcastReader join(String name, Attachment attachment, JoinAt where, boolean gating) {
        Objects.requireNonNull(where, "where");
        return RingOptions.attach(Region.attach(name, RegionKind.BROADCAST_RING, Access.JOIN, Role.CONSUMER, false, attachment,
            GateSeats::new), region -> new BroadcastCursor(region, where, gating));
    }
}
