package dev.slipring.cli;

import dev.slipring.cli.InspectionView.PoolView;
import dev.slipring.cli.RegionView.Side;
import dev.slipring.cli.text.Output;
import dev.slipring.cli.text.Units;
import dev.slipring.core.HeaderField;
import dev.slipring.core.ParticipantStatus.Life;
import dev.slipring.frame.ConsumerPolicy;
import dev.slipring.ring.RingStatus;
import dev.slipring.seqlock.TableStatus.SlotStatus;
import dev.slipring.seqlock.TableStatus;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints an inspection for people: within 80 columns, but for what is wrong. */
final class InspectionText {
    private final Output output;
    private final InspectionView view;

    InspectionText(Output output, InspectionView view) {
        this.output = output;
        this.view = view;
    }

    void print() {
        var region = view.region();
        output.line(output.heading(region.printableName()) + "  " + verdict());
        region.faults().forEach(fault -> output.prose("  ", fault, text -> text));
        section("file");
        var file = view.file();
        output.line("  " + view.path());
        output.line("  " + file.bytes() + " bytes, user " + file.user() + ", group " + file.group() + ", mode " + file.octalMode()
            + (view.areas().isEmpty() ? "" : region.open() ? "; open" : "; nobody has it open"));
        header();
        areas();
        participants();
        counts();
        if (view.ring() != null) {
            ring(view.ring());
        }
        if (view.table() != null) {
            table(view.table());
        }
        if (view.pool() != null) {
            pool(view.pool());
        }
    }

    private String verdict() {
        var region = view.region();
        return switch (region.verdict()) {
            case SOUND -> region.faults().isEmpty()
                ? region.thisBoot() ? output.good("sound") : output.doubtful("sound, but of an earlier boot: nobody of then is alive")
                : output.bad("its header is sound");
            case DAMAGED -> output.bad("damaged; what follows is what was found");
            case INCOMPATIBLE -> output.bad("of another release");
            case UNTRUSTED -> output.bad("not trusted");
            case UNREADABLE -> output.bad("not to be read by this user");
            case FOREIGN -> output.bad("no region");
        };
    }

    private void section(String title) {
        output.line(output.heading(title));
    }

    private void header() {
        if (view.header().isEmpty()) {
            return;
        }
        section("header");
        for (HeaderField field : view.header()) {
            if (!field.name().startsWith("area ") || !field.fault().isEmpty()) {
                String line = String.format(Locale.ROOT, "  %4d  %-20s  %s", field.offset(), field.name(), field.value());
                output.line(field.fault().isEmpty() ? line : output.bad(line + "   <- " + field.fault()));
            }
        }
    }

    private void areas() {
        if (view.areas().isEmpty()) {
            return;
        }
        section("areas");
        for (var area : view.areas()) {
            String line = String.format(Locale.ROOT, "  %-12s  %10d + %d", area.area(), area.offset(), area.length());
            output.line(area.present() ? line : output.bad(line + "   <- the file ends before"));
        }
    }

    private void participants() {
        if (view.region().producers() == null) {
            return;
        }
        section("participants");
        for (var each : view.participants()) {
            String line = String.format(Locale.ROOT, "  %2d.%-3d %-8s  %-7s  pid %d%s%s", each.slot(), each.generation(), each.role(),
                each.stopped() ? "stopped" : each.life().name().toLowerCase(Locale.ROOT), each.pid(),
                each.thisNamespace() ? "" : " of PID namespace " + each.pidNamespace(), " \"" + each.name() + "\"");
            output.line(each.life() == Life.DEAD ? output.bad(line + ", not yet counted") : each.stopped() ? output.doubtful(line) : line);
            output.line("         since " + each.since().truncatedTo(ChronoUnit.SECONDS) + ", process began "
                + each.processStart().truncatedTo(ChronoUnit.SECONDS));
        }
        if (view.participants().isEmpty()) {
            output.line("  nobody");
        }
        if (view.repairing()) {
            output.line(output.doubtful("  somebody is changing this table, or was stopped while doing so"));
        }
        view.asleep().forEach(role -> output.line("  a " + role + " sleeps until there is something to do"));
    }

    private void counts() {
        side("producers", view.region().producers());
        side("consumers", view.region().consumers());
        var journal = view.journal();
        if (journal != null && journal.valid()) {
            output.line(output.doubtful("  journal: " + journal));
        }
    }

    private void side(String role, @Nullable Side side) {
        if (side != null) {
            output.line("  " + role + ": " + side.standing().name().toLowerCase(Locale.ROOT) + "; " + side.attached() + " attached, "
                + side.closedInOrder() + " closed in order, " + side.died() + " died"
                + (side.uncounted() > 0 ? ", " + side.uncounted() + " more not yet counted" : "")
                + (side.exclusive() ? "; the role is held" : ""));
        }
    }

    private void ring(RingStatus ring) {
        section("positions");
        for (var each : ring.positions()) {
            output.line(String.format(Locale.ROOT, "  %-12s +%-5d %-12s %20d", each.area(), each.offset(), each.name(), each.value()));
        }
        output.line("  " + ring.depth() + " bytes wait to be consumed");
        ring.gates().forEach(gate -> output.line("  the subscriber in slot " + gate.slot() + " is " + gate.lag() + " bytes behind"));
    }

    private void table(TableStatus table) {
        section("slots");
        output.line("  " + table.added().size() + " of " + table.slots() + ", " + table.cells() + " versions of each, values of at most "
            + table.payload() + " bytes");
        for (SlotStatus slot : table.added()) {
            output.line(String.format(Locale.ROOT, "  %-24s  version %d, %d bytes%s, %s", slot.key(), slot.version(), slot.length(),
                slot.ageNs() < 0 ? "" : ", " + Units.span(slot.ageNs()) + " old",
                slot.owner() < 0 ? "nobody writes"
                    : (slot.ownerDead() ? output.bad("dead writer") : "writer") + " in slot " + slot.owner()));
        }
    }

    private static String policy(ConsumerPolicy policy) {
        return policy.kind().name().toLowerCase(Locale.ROOT) + ", queue " + policy.queued() + ", at most " + policy.maxLeases() + " leased";
    }

    private void pool(PoolView pool) {
        section("frames");
        output.line("  " + pool.frames() + " of " + pool.frameBytes() + " bytes; " + pool.published() + " published");
        for (var each : pool.consumers()) {
            output.line("  the consumer in slot " + each.slot() + " (" + policy(each.policy()) + ") has " + each.leases());
            output.line("    " + each.waiting() + " wait, " + each.delivered() + " delivered, " + each.dropped() + " dropped");
        }
        for (var each : pool.leases()) {
            output.line("  frame " + each.frame() + ", sequence " + each.sequence() + ", is leased by slot " + each.slot() + " since "
                + each.since());
        }
    }
}
