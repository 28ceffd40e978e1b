package dev.slipring.frame;

import dev.slipring.core.MonotonicClock;
import dev.slipring.core.ParticipantInfo;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pool as people see it: who has which frame since when. Taken while the others go on, so it is not of one moment; decide nothing on it.
 *
 * @param frames     of the pool
 * @param frameBytes what each holds
 * @param pageBytes  2 MiB where its directory gives huge pages (hugetlbfs), else 64 KiB, which are pages of whatever size the kernel uses
 * @param published  how many frames were published
 * @param newestNs   how long ago the newest of them was published, in ns; -1 when there is none, or it is just being replaced
 * @param producer   who produces, if anybody lives
 * @param consumers  who consumes
 * @param holders    who has which frame
 * @param abandoned  how many frames only the dead have; they are free as soon as the producer goes past one, or somebody attaches
 * @param faults     what cannot be, each a sentence; the rest is what was found, moved into its range where it was outside
 */
public record PoolStatus(int frames, int frameBytes, int pageBytes, long published, long newestNs, Optional<ParticipantInfo> producer,
    List<Viewer> consumers, List<Holder> holders, int abandoned, List<String> faults) {

    /** Copies the lists. */
    public PoolStatus {
        consumers = List.copyOf(consumers);
        holders = List.copyOf(holders);
        faults = List.copyOf(faults);
    }

    static PoolStatus of(Pool pool) {
        var region = pool.region();
        try {
            var status = look(pool);
            region.checkOpen(); // after the loads: a closed region reads as zeros
            return status;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    private static PoolStatus look(Pool pool) {
        long published = pool.producerWords().getLongAcquire(PoolDescriptor.PUBLISHED_OFFSET);
        var living = pool.region().participants().list();
        var viewers = new ArrayList<Viewer>();
        var holders = new ArrayList<Holder>();
        for (var who : living) {
            if (who.role() == Role.CONSUMER && who.slot() < PoolDescriptor.MAX_SEATS) {
                var his = holders(pool, who);
                holders.addAll(his);
                viewers.add(viewer(pool.words(), who, his.size(), published));
            }
        }
        var producer = living.stream().filter(who -> who.role() == Role.PRODUCER).findFirst();
        return new PoolStatus(pool.frames(), pool.frameBytes(), pool.pageAlignment(), published, newestNs(pool, published), producer,
            viewers, holders, abandoned(pool, living), new PoolCheckup(pool).faults());
    }

    private static int abandoned(Pool pool, List<ParticipantInfo> living) {
        long theirs = 0;
        for (var who : living) {
            theirs |= PoolDescriptor.leaseBit(who.slot());
        }
        int abandoned = 0;
        for (int frame = 0; frame < pool.frames(); frame++) {
            long leases = PoolDescriptor.leases(pool.words().getLongAcquire(PoolDescriptor.wordOffset(frame)));
            if (leases != 0 && (leases & theirs) == 0) {
                abandoned++;
            }
        }
        return abandoned;
    }

    private static long newestNs(Pool pool, long published) {
        if (published < 1) {
            return -1;
        }
        int frame = PoolDescriptor.entryFrame(pool.producerWords().getLongAcquire(PoolDescriptor.entryOffset(published - 1)));
        if (frame >= pool.frames()) {
            return -1;
        }
        long at = pool.descriptors().getLong(FrameDescriptor.offset(frame) + FrameDescriptor.PUBLISHED);
        boolean known = pool.descriptors().getLong(FrameDescriptor.offset(frame) + FrameDescriptor.SEQUENCE) == published - 1;
        return known ? Math.max(0, MonotonicClock.nanoTime() - at) : -1;
    }

    private static List<Holder> holders(Pool pool, ParticipantInfo who) {
        var holders = new ArrayList<Holder>();
        for (int frame = 0; frame < pool.frames(); frame++) {
            if ((pool.words().getLongAcquire(PoolDescriptor.wordOffset(frame)) & PoolDescriptor.leaseBit(who.slot())) != 0) {
                long sequence = pool.descriptors().getLong(FrameDescriptor.offset(frame) + FrameDescriptor.SEQUENCE);
                holders.add(new Holder(who, frame, sequence, since(pool.words(), who, frame)));
            }
        }
        return holders;
    }

    private static Instant since(ReadMemory words, ParticipantInfo who, int frame) {
        for (int i = 0; i < PoolDescriptor.MAX_LEASES; i++) {
            long lease = words.getLongAcquire(PoolDescriptor.leaseOffset(who.slot(), i));
            if (PoolDescriptor.leasedFrame(lease) == frame) {
                return Instant.ofEpochMilli(PoolDescriptor.leasedSinceMs(lease));
            }
        }
        return who.since(); // it has just given the frame back
    }

    private static Viewer viewer(ReadMemory words, ParticipantInfo who, int leases, long published) {
        int seat = PoolDescriptor.seatOffset(who.slot());
        var kinds = ConsumerPolicy.Kind.values();
        var kind = kinds[Math.clamp(words.getInt(seat + PoolDescriptor.SEAT_POLICY), 0, kinds.length - 1)];
        int queued = Math.clamp(words.getInt(seat + PoolDescriptor.SEAT_QUEUED), 1, kind == ConsumerPolicy.Kind.LATEST ? 1
            : PoolDescriptor.MAX_FRAMES - 2);
        int most = Math.clamp(words.getInt(seat + PoolDescriptor.SEAT_MAX_LEASES), 1, PoolDescriptor.MAX_LEASES);
        return new Viewer(who, new ConsumerPolicy(kind, queued, most), leases,
            Math.max(0, published - words.getLongAcquire(seat + PoolDescriptor.SEAT_CURSOR)),
            words.getLong(seat + PoolDescriptor.SEAT_DELIVERED), words.getLong(seat + PoolDescriptor.SEAT_DROPPED));
    }
}
