package dev.slipring.monitor;

import dev.slipring.core.ParticipantStatus;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionInspection.Verdict;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Role;
import dev.slipring.frame.PoolStatus;
import dev.slipring.frame.Viewer;
import dev.slipring.ring.RingStatus;
import dev.slipring.seqlock.TableStatus;
import dev.slipring.seqlock.TableStatus.SlotStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a region counts, at one moment: the one source of {@code top}, {@code metrics}, the JMX bean and the JFR event. What cannot be told
 * is null. Unless the verdict is SOUND, the rest is what was found, and may be wrong.
 *
 * @param name       of the entry, which may be none that a region can have
 * @param kind       null for what is no region
 * @param epoch      which life of that name; the counts of another one begin anew
 * @param nanoTime   when this was taken, by {@link System#nanoTime}
 * @param open       whether somebody has it open, by the kernel's word
 * @param thisBoot   whether it was created since this machine booted
 * @param fileBytes  what it takes of the file system
 * @param capacity   bytes of its data area
 * @param unit       what published, depth and lags count; null for what is no region
 * @param published  how much producers have published, so far
 * @param consumed   how many messages were consumed for good, so far; of rings with one consumer
 * @param depth      how much waits for the slowest consumer that is known; of rings and pools
 * @param values     how many slots have been added; of tables
 * @param newestNs   how long ago the newest value, or frame, was published; records of rings bear no time
 * @param producers  null when that cannot be told
 * @param consumers  null when that cannot be told, as of a table whose readers all watch only: who watches is unknown to everybody
 * @param participants of both roles, and those who come or go
 * @param faults     what is wrong
 */
public record RegionSnapshot(String name, Verdict verdict, @Nullable RegionKind kind, @Nullable Long epoch, long nanoTime, boolean open,
    boolean thisBoot, long fileBytes, @Nullable Long capacity, @Nullable Unit unit, @Nullable Long published, @Nullable Long consumed,
    @Nullable Long depth, @Nullable Integer values, @Nullable Long newestNs, @Nullable RoleSnapshot producers,
    @Nullable RoleSnapshot consumers, List<ParticipantSnapshot> participants, List<String> faults) {

    /** What goes through a region. */
    public enum Unit {
        /** Of a ring: headers, padding and alignment included. */
        BYTES,
        /** Of a pool. */
        FRAMES,
        /** Of a table: each value written. */
        VERSIONS
    }

    /** Copies the lists. */
    public RegionSnapshot {
        participants = List.copyOf(participants);
        faults = List.copyOf(faults);
    }

    /**
     * Of everything in a directory, sorted by name.
     *
     * @throws dev.slipring.core.RegionNotFound when there is no such directory
     * @throws dev.slipring.core.AccessDenied   when it cannot be trusted or read
     */
    public static List<RegionSnapshot> all(RegionDirectory directory) {
        return RegionLook.all(directory).stream().map(RegionSnapshot::of).toList();
    }

    /** Of what was seen of one region. */
    public static RegionSnapshot of(RegionLook look) {
        var inspection = look.inspection();
        var header = inspection.header();
        var kind = header.map(RegionHeader::kind).orElse(null);
        var roles = inspection.roles().stream().map(role -> RoleSnapshot.of(role, inspection)).toList();
        var ring = look.ring();
        var table = look.table();
        boolean oneConsumer = kind == RegionKind.SPSC_RING || kind == RegionKind.MPSC_RING;
        return new RegionSnapshot(inspection.name(), inspection.verdict(), kind, header.map(RegionHeader::epoch).orElse(null),
            System.nanoTime(), inspection.isOpen(), inspection.isOfThisBoot(), inspection.file().bytes(),
            header.map(RegionHeader::capacity).orElse(null), kind == null ? null : unit(kind), look.passed() < 0 ? null : look.passed(),
            ring != null && oneConsumer ? ring.released() : null, depth(look), table == null ? null : table.added().size(),
            newestNs(look), roles.isEmpty() ? null : roles.get(Role.PRODUCER.ordinal()),
            roles.isEmpty() || (kind == RegionKind.SLOT_TABLE && isUnused(roles.get(Role.CONSUMER.ordinal()))) ? null
                : roles.get(Role.CONSUMER.ordinal()),
            inspection.participants().stream().map(each -> participant(each, look)).toList(), look.faults());
    }

    /** The sum over all who are there; what those before them have counted is gone with them. */
    public long stalls() {
        return participants.stream().mapToLong(ParticipantSnapshot::stalls).sum();
    }

    /** As {@link #stalls}. */
    public long sleeps() {
        return participants.stream().mapToLong(ParticipantSnapshot::sleeps).sum();
    }

    /** As {@link #stalls}. */
    public long lost() {
        return participants.stream().mapToLong(ParticipantSnapshot::lost).sum();
    }

    private static boolean isUnused(RoleSnapshot role) {
        return role.attached() == 0;
    }

    private static Unit unit(RegionKind kind) {
        return switch (kind) {
            case SPSC_RING, MPSC_RING, BROADCAST_RING -> Unit.BYTES;
            case SLOT_TABLE -> Unit.VERSIONS;
            case FRAME_POOL -> Unit.FRAMES;
        };
    }

    private static @Nullable Long depth(RegionLook look) {
        RingStatus ring = look.ring();
        PoolStatus pool = look.pool();
        return ring != null ? (Long) ring.depth()
            : pool != null ? (Long) pool.consumers().stream().mapToLong(Viewer::waiting).max().orElse(0) : null;
    }

    private static @Nullable Long newestNs(RegionLook look) {
        TableStatus table = look.table();
        PoolStatus pool = look.pool();
        long newest = table != null ? table.added().stream().mapToLong(SlotStatus::ageNs).filter(age -> age >= 0).min().orElse(-1)
            : pool != null ? pool.newestNs() : -1;
        return newest < 0 ? null : newest;
    }

    private static ParticipantSnapshot participant(ParticipantStatus status, RegionLook look) {
        RingStatus ring = look.ring();
        PoolStatus pool = look.pool();
        var who = status.who();
        Long lag = null;
        long dropped = 0;
        if (who.role() == Role.CONSUMER && ring != null) {
            lag = look.inspection().header().filter(header -> header.kind() != RegionKind.BROADCAST_RING).isPresent() ? (Long) ring.depth()
                : ring.gates().stream().filter(gate -> gate.slot() == who.slot()).map(RingStatus.Gate::lag).findFirst().orElse(null);
        } else if (who.role() == Role.CONSUMER && pool != null) {
            var viewer = pool.consumers().stream().filter(each -> each.who().slot() == who.slot()).findFirst();
            lag = viewer.map(Viewer::waiting).orElse(null);
            dropped = viewer.map(Viewer::dropped).orElse(0L);
        }
        return ParticipantSnapshot.of(status, lag, dropped);
    }
}
