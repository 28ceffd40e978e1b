package dev.slipring.cli;

import dev.slipring.cli.TopView.Entry;
import dev.slipring.cli.text.TextTable;
import dev.slipring.cli.text.Units;
import dev.slipring.core.RegionInspection.Verdict;
import dev.slipring.core.Role;
import dev.slipring.core.RoleStatus.Standing;
import dev.slipring.monitor.ParticipantSnapshot;
import dev.slipring.monitor.RegionSnapshot.Unit;
import dev.slipring.monitor.RegionSnapshot;
import dev.slipring.monitor.RoleSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line for each region, and below it one for each who takes part; more columns where there is room. */
final class TopTable {
    private static final int WIDE = 110;
    /** Which of the columns there are where there is less room: all but FULL, GAPS, SLEEPS/S and PID. */
    private static final int[] NARROW = {0, 1, 2, 3, 4, 6, 8, 10};
    private static final String PRODUCES = "  → ";
    private static final String CONSUMES = "  ← ";

    private final int columns;
    private final boolean wide;
    private final TextTable table;

    TopTable(int columns) {
        this.columns = columns;
        wide = columns >= WIDE;
        table = new TextTable(shown(wide, "REGION", "KIND", ">RATE/S", ">MSG/S", ">DEPTH", ">FULL", ">STALLS", ">GAPS", ">LOST",
            ">SLEEPS/S", ">AGE", ">PID"));
    }

    List<String> lines() {
        return table.lines(columns);
    }

    void region(Entry entry) {
        var region = entry.region();
        row(RegionView.printable(region.name()), kind(region), number(entry.rate(), region.unit()), number(entry.messageRate(), null),
            depth(region.depth(), region.unit()), full(region), count(region.stalls()),
            count(region.participants().stream().mapToLong(ParticipantSnapshot::gaps).sum()), count(region.lost()), "",
            region.newestNs() == null ? "" : Units.span(region.newestNs()), "");
    }

    /** Returns how many lines that took. */
    int participants(Entry entry) {
        int rows = 0;
        for (var role : Role.values()) {
            rows += side(entry, role, role == Role.PRODUCER ? entry.region().producers() : entry.region().consumers());
        }
        return rows;
    }

    private int side(Entry entry, Role role, @Nullable RoleSnapshot side) {
        var all = entry.region().participants();
        int rows = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).role() == role) {
                participant(entry, all.get(i), entry.states().get(i));
                rows++;
            }
        }
        if (rows == 0 && side != null && side.standing() != Standing.NEVER) {
            row(arrow(role) + "nobody", side.standing().name().toLowerCase(Locale.ROOT), "", "", "", "", "", "", "", "", "", "");
            rows++;
        }
        return rows;
    }

    private void participant(Entry entry, ParticipantSnapshot each, TopView.State state) {
        boolean produces = each.role() == Role.PRODUCER;
        row(arrow(each.role()) + each.name(), state.is(), "", "", depth(each.lag(), entry.region().unit()), "",
            produces ? count(each.stalls()) : "", produces ? "" : count(each.gaps()), produces ? "" : count(each.lost()),
            number(state.sleepRate(), null), "", each.pid() + (each.thisNamespace() ? "" : "*"));
    }

    /** @param cells of all columns of the wide table */
    private void row(String... cells) {
        table.row(shown(wide, cells));
    }

    private static String[] shown(boolean all, String... cells) {
        return all ? cells : Arrays.stream(NARROW).mapToObj(column -> cells[column]).toArray(String[]::new);
    }

    private static String arrow(Role role) {
        return role == Role.PRODUCER ? PRODUCES : CONSUMES;
    }

    private static String kind(RegionSnapshot region) {
        return region.verdict() == Verdict.SOUND ? RegionView.shortKind(region.kind()) : region.verdict().name().toLowerCase(Locale.ROOT);
    }

    /** Bytes in powers of 1024, everything else in powers of 1000. */
    private static String number(@Nullable Double value, @Nullable Unit unit) {
        return value == null ? "" : unit == Unit.BYTES ? Units.bytes(Math.round(value)) : Units.count(Math.round(value));
    }

    private static String depth(@Nullable Long value, @Nullable Unit unit) {
        return value == null ? "" : unit == Unit.BYTES ? Units.bytes(value) : Units.count(value);
    }

    /** Nothing for none, so that what is there can be seen. */
    private static String count(long value) {
        return value == 0 ? "" : Units.count(value);
    }

    private static String full(RegionSnapshot region) {
        return region.unit() != Unit.BYTES || region.depth() == null || region.capacity() == null || region.capacity() <= 0 ? ""
            : 100 * region.depth() / region.capacity() + "%";
    }
}
