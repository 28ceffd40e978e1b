package dev.slipring.frame;

import dev.slipring.core.Access;
import dev.slipring.core.Area;
import dev.slipring.core.Attachment;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Role;
import java.util.Objects;
import java.util.function.Function;

/**
 * Large frames for one producer and any number of consumers, each in any process: handed over without a copy, never torn, never
 * overwritten while somebody has them.
 *
 * <p>The producer never waits for a consumer, unless that one is {@link ConsumerPolicy#lossless}; who dies with frames in hand, gives them
 * back as soon as the kernel says so; who is stopped keeps them, and {@link PoolStatus} says who that is.
 *
 * <p>The file is the state. A new producer goes on with the next sequence; a frame that was half written vanishes. A new consumer begins
 * with the newest frame.
 */
public final class FramePool {
    private FramePool() {
    }

    /** Creates a pool in the standard directory. */
    public static void create(String name, PoolOptions options) {
        create(RegionDirectory.standard(), name, options);
    }

    /**
     * Creates a pool, all of whose memory is there afterwards.
     *
     * @throws dev.slipring.core.RegionExists when the name is taken
     * @throws dev.slipring.core.RegionFull   when there is no room for it
     * @throws dev.slipring.core.AccessDenied when the directory cannot be trusted or written
     */
    public static void create(RegionDirectory directory, String name, PoolOptions options) {
        create(directory, name, options, MemorySeam.DIRECT);
    }

    static void create(RegionDirectory directory, String name, PoolOptions options, MemorySeam seam) {
        var spec = options.spec(directory.pageAlignment(options.sharing()));
        Region.create(directory, name, spec, seam, areas -> {
            areas.memory(Area.PRODUCER).putInt(PoolDescriptor.FRAMES_OFFSET, options.frames());
            areas.memory(Area.PRODUCER).putInt(PoolDescriptor.FRAME_BYTES_OFFSET, options.frameBytes());
        });
    }

    /** Removes a pool that nobody has open; throws as {@link Region#remove} does. */
    public static void remove(RegionDirectory directory, String name) {
        Region.remove(directory, name);
    }

    /** Attaches as the one producer, in the standard directory; throws as {@link Region#attach} does. */
    public static FrameProducer producer(String name) {
        return producer(name, Attachment.standard());
    }

    /** Attaches as the one producer; throws as {@link Region#attach} does. */
    public static FrameProducer producer(String name, Attachment attachment) {
        return begin(attach(name, Access.OWN, Role.PRODUCER, attachment, ConsumerPolicy.latest()), FrameProducer::new);
    }

    /** Attaches as a consumer, in the standard directory; throws as below. */
    public static FrameConsumer consumer(String name, ConsumerPolicy policy) {
        return consumer(name, Attachment.standard(), policy);
    }

    /**
     * Attaches as a consumer; throws as {@link Region#attach} does.
     *
     * @throws dev.slipring.core.RegionFull when the pool has too few frames for this one and the consumers that it has
     */
    public static FrameConsumer consumer(String name, Attachment attachment, ConsumerPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        return begin(attach(name, Access.JOIN, Role.CONSUMER, attachment, policy), region -> new FrameConsumer(region, policy));
    }

    /** What a pool looks like now, seen without taking part. Throws as {@link Region#watch} does. */
    public static PoolStatus status(String name, Attachment attachment) {
        try (var region = Region.watch(name, RegionKind.FRAME_POOL, attachment)) {
            return status(region);
        }
    }

    private static PoolStatus status(Region region) {
        try {
            return PoolStatus.of(new Pool(region));
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
    }

    /** Looks on at how many frames there were. Throws as {@link Region#watch} does. */
    public static FrameCounter counter(String name, Attachment attachment) {
        return begin(Region.watch(name, RegionKind.FRAME_POOL, attachment), region -> new FrameCounter(new Pool(region)));
    }

    private static Region attach(String name, Access access, Role role, Attachment attachment, ConsumerPolicy policy) {
        return Region.attach(name, RegionKind.FRAME_POOL, access, role, role == Role.PRODUCER, attachment,
            areas -> new PoolSeats(areas, policy));
    }

    private static <T> T begin(Region region, Function<Region, T> side) {
        try {
            return side.apply(region);
        } catch (Throwable e) {
            region.abandon();
            throw e;
        }
    }
}
