package dev.slipring.cli;

import dev.slipring.cli.text.Output;
import dev.slipring.core.ParticipantStatus.Life;
import dev.slipring.core.RegionInspection.Verdict;
import dev.slipring.core.RoleStatus.Standing;
import dev.slipring.monitor.ParticipantSnapshot;
import dev.slipring.monitor.RegionSnapshot;
import dev.slipring.monitor.RoleSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code top} prints, as {@code --json} has it.
 *
 * @param directory where they lie
 * @param trouble   why nothing can be told, if so
 * @param regions   in the order asked for
 */
record TopView(String directory, @Nullable String trouble, List<Entry> regions) {
    /** By what regions are sorted; but for the name, the greatest first. */
    enum Sort {
        NAME, RATE, DEPTH, STALLS, LOST;

        Sort next() {
            return values()[(ordinal() + 1) % values().length];
        }

        private Comparator<Entry> comparator() {
            Comparator<Entry> byName = Comparator.comparing(each -> each.region.name());
            return switch (this) {
                case NAME -> byName;
                case RATE -> Comparator.<Entry>comparingDouble(each -> each.rate == null ? -1 : each.rate).reversed().thenComparing(byName);
                case DEPTH -> Comparator.<Entry>comparingLong(each -> each.region.depth() == null ? -1 : each.region.depth()).reversed()
                    .thenComparing(byName);
                case STALLS -> Comparator.<Entry>comparingLong(each -> each.region.stalls()).reversed().thenComparing(byName);
                case LOST -> Comparator.<Entry>comparingLong(each -> each.region.lost()).reversed().thenComparing(byName);
            };
        }
    }

    /**
     * A region.
     *
     * @param rate        of its unit per second, published
     * @param messageRate messages per second, consumed
     * @param states      of its participants, in their order: what each is doing
     */
    record Entry(RegionSnapshot region, @Nullable Double rate, @Nullable Double messageRate, List<State> states) {
        static Entry of(RegionSnapshot region, Rates rates) {
            return new Entry(region, rates.published(), rates.consumed(),
                region.participants().stream().map(each -> State.of(region, each, rates.sleeps(each))).toList());
        }
    }

    /**
     * What a participant is doing.
     *
     * @param is        parked, awake or stopped, of who takes part; dead or passing
     * @param sleepRate sleeps per second
     */
    record State(String is, @Nullable Double sleepRate) {
        /** No sleep is longer than 40 ms, so who mostly sleeps does so 25 times a second or more often. */
        private static final double PARKED = 10;

        static State of(RegionSnapshot region, ParticipantSnapshot participant, @Nullable Double sleepRate) {
            if (participant.life() != Life.ALIVE) {
                return new State(participant.life().name().toLowerCase(Locale.ROOT), null);
            }
            RoleSnapshot side = switch (participant.role()) {
                case PRODUCER -> region.producers();
                case CONSUMER -> region.consumers();
            };
            boolean sleeps = sleepRate == null ? side != null && side.asleep() : sleepRate >= PARKED;
            return new State(participant.stopped() ? "stopped" : sleeps ? "parked" : "awake", sleepRate);
        }
    }

    static TopView of(String directory, List<RegionSnapshot> before, List<RegionSnapshot> now, Sort sort) {
        return new TopView(directory, null, now.stream().map(each -> Entry.of(each, Rates.since(before, each))).sorted(sort.comparator())
            .toList());
    }

    /** As lines for people. */
    void print(Output output, boolean withParticipants) {
        if (trouble != null) {
            output.line(output.bad(trouble));
            return;
        }
        var table = new TopTable(output.columns());
        var paints = new ArrayList<Paint>();
        for (var entry : regions) {
            table.region(entry);
            paints.add(new Paint(entry.region.verdict() != Verdict.SOUND, isAnyDead(entry.region),
                entry.region.faults().isEmpty() ? "" : "  " + entry.region.faults().getFirst()));
            if (withParticipants) {
                for (int rows = table.participants(entry); rows > 0; rows--) {
                    paints.add(Paint.NONE);
                }
            }
        }
        var lines = table.lines();
        output.line(output.heading(lines.getFirst()));
        for (int i = 0; i < paints.size(); i++) {
            paints.get(i).print(output, lines.get(i + 1));
        }
        if (regions.isEmpty()) {
            output.line("no regions");
        }
    }

    private static boolean isAnyDead(RegionSnapshot region) {
        return isDead(region.producers()) || isDead(region.consumers());
    }

    private static boolean isDead(@Nullable RoleSnapshot side) {
        return side != null && side.standing() == Standing.DEAD;
    }

    /** How a line looks, and what comes below it. */
    private record Paint(boolean bad, boolean doubtful, String fault) {
        static final Paint NONE = new Paint(false, false, "");

        void print(Output output, String line) {
            output.line(bad ? output.bad(line) : doubtful ? output.doubtful(line) : line);
            if (!fault.isEmpty()) {
                output.line(output.bad(fault));
            }
        }
    }
}
