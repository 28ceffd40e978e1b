package dev.slipring.cli;

import dev.slipring.cli.text.Units;
import dev.slipring.core.ParticipantStatus.Life;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionInspection.Verdict;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Role;
import dev.slipring.core.RoleStatus.Standing;
import dev.slipring.core.RoleStatus;
import dev.slipring.core.Schema;
import dev.slipring.frame.PoolStatus;
import dev.slipring.frame.Viewer;
import dev.slipring.monitor.RegionLook;
import dev.slipring.ring.RingStatus;
import dev.slipring.seqlock.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A region in a line, as {@code ls} prints it. Unless the verdict is SOUND, what the header says is what was found, which may be wrong.
 *
 * @param kind      null for what is no region
 * @param schema    null for none
 * @param bytes     length of the file
 * @param open      whether somebody has it open, by the kernel's word
 * @param thisBoot  whether it was created since this machine booted
 * @param producers null when that cannot be told
 * @param consumers null when that cannot be told, and of kinds whose readers are unknown to others
 * @param depth     how much waits, in depthUnits; of a table how many slots it has; null when that cannot be told
 * @param rate      depthUnits (of a table: versions) per second between two looks
 * @param faults    what is wrong
 */
record RegionView(String name, Verdict verdict, @Nullable RegionKind kind, @Nullable Schema schema, long bytes, boolean open,
    boolean thisBoot, @Nullable Side producers, @Nullable Side consumers, @Nullable Long depth, @Nullable String depthUnit,
    @Nullable Double rate, List<String> faults) {

    /**
     * Those of one role.
     *
     * @param uncounted  died, and not counted yet
     * @param exclusive  whether somebody holds the role's lock, of a role that only one can have
     */
    record Side(Standing standing, long attached, long closedInOrder, long died, int uncounted, boolean exclusive,
        List<ParticipantView> participants) {
        private static Side of(RoleStatus status, List<ParticipantView> all) {
            return new Side(status.standing(), status.attached(), status.closedInOrder(), status.died(), status.uncounted(), status.held(),
                all.stream().filter(each -> each.role() == status.role()).toList());
        }

        private String inBrief() {
            var living = participants.stream().filter(each -> each.life() == Life.ALIVE).toList();
            return switch (standing) {
                case NEVER -> "-";
                case CLOSED -> "closed";
                case DEAD -> "dead";
                case ALIVE -> (living.size() > 1 ? living.size() + ": " : "") + living.getFirst().inBrief()
                    + (living.size() > 1 ? ", …" : "");
            };
        }
    }

    /** @param rate null when only one look was taken */
    static RegionView of(RegionLook look, @Nullable Double rate) {
        var inspection = look.inspection();
        var header = inspection.header();
        var participants = inspection.participants().stream().map(ParticipantView::of).toList();
        var sides = inspection.roles().stream().map(role -> Side.of(role, participants)).toList();
        boolean readersAreKnown = header.map(each -> each.kind() != RegionKind.SLOT_TABLE).orElse(true);
        return new RegionView(inspection.name(), inspection.verdict(), header.map(RegionHeader::kind).orElse(null),
            header.map(RegionHeader::schema).filter(schema -> schema.id() != 0).orElse(null), inspection.file().bytes(),
            inspection.isOpen(), inspection.isOfThisBoot(), sides.isEmpty() ? null : sides.get(Role.PRODUCER.ordinal()),
            sides.isEmpty() || !readersAreKnown ? null : sides.get(Role.CONSUMER.ordinal()), depth(look), unit(look), rate,
            List.copyOf(look.faults()));
    }

    private static @Nullable Long depth(RegionLook look) {
        RingStatus ring = look.ring();
        PoolStatus pool = look.pool();
        TableStatus table = look.table();
        if (ring != null) {
            return ring.depth();
        }
        if (pool != null) {
            return pool.consumers().stream().mapToLong(Viewer::waiting).max().orElse(0);
        }
        return table == null ? null : (long) table.added().size();
    }

    private static @Nullable String unit(RegionLook look) {
        return look.ring() != null ? "bytes" : look.pool() != null ? "frames" : look.table() != null ? "slots" : null;
    }

    boolean hasDead() {
        return Stream.of(producers, consumers).anyMatch(side -> side != null && side.standing == Standing.DEAD);
    }

    String printableName() {
        return printable(name);
    }

    /** A name that no region can have may hold anything, and shall not move a terminal's cursor. */
    static String printable(String name) {
        return name.codePoints().mapToObj(each -> each > ' ' && each < 0x7f ? Character.toString(each) : "?")
            .collect(Collectors.joining());
    }

    /** Who has it open, in words. */
    String holders() {
        var known = Stream.of(producers, consumers).filter(Objects::nonNull).flatMap(side -> side.participants.stream())
            .filter(each -> each.life() != Life.DEAD).map(each -> each.role().name().toLowerCase(Locale.ROOT) + " " + each.inBrief())
            .collect(Collectors.joining(", "));
        return known.isEmpty() ? "somebody watches it" : known;
    }

    /** How it ended, in words. */
    String ends() {
        var ends = new ArrayList<String>();
        if (producers != null) {
            ends.add("producers: " + producers.inBrief());
        }
        if (consumers != null) {
            ends.add("consumers: " + consumers.inBrief());
        }
        if (depth != null && depth > 0 && "bytes".equals(depthUnit)) {
            ends.add(depth + " bytes unread");
        }
        return String.join(", ", ends);
    }

    String shortKind() {
        return shortKind(kind);
    }

    static String shortKind(@Nullable RegionKind kind) {
        return kind == null ? "?" : switch (kind) {
            case SPSC_RING -> "spsc";
            case MPSC_RING -> "mpsc";
            case BROADCAST_RING -> "broadcast";
            case SLOT_TABLE -> "slots";
            case FRAME_POOL -> "frames";
        };
    }

    String shortSchema() {
        return schema == null ? "-" : schema.id() + " v" + schema.version();
    }

    String producersInBrief() {
        return producers == null ? "" : producers.inBrief();
    }

    String consumersInBrief() {
        return consumers == null ? "" : consumers.inBrief();
    }

    String depthInBrief() {
        return depth == null || depthUnit == null ? "" : depthUnit.equals("bytes") ? Units.bytes(depth) : depth + " " + depthUnit;
    }

    String rateInBrief() {
        return rate == null ? "" : Units.bytes(Math.round(rate)) + "/s";
    }
}
