package dev.slipring.cli;

import dev.slipring.cli.text.Output;
import dev.slipring.cli.text.Units;
import dev.slipring.core.RegionInspection;
import dev.slipring.core.RegionNotFound;
import dev.slipring.core.RoleTaken;
import dev.slipring.core.SlipringException;
import dev.slipring.monitor.RegionLook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Removes the regions that the kernel says nobody has open. A stopped process has its regions open; so has one in another PID namespace.
 * What was looked at is looked at again under the lock that keeps everybody out, so whoever comes meanwhile keeps his region.
 */
@Command(name = "clean", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Removes the regions that the kernel says nobody has open, with what is still unread in them. Keeps what is in use, "
        + "also by a stopped process; what nobody has used yet; and what is no region of this release.")
final class CleanCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Option(names = "--dry-run", description = "Remove nothing, and say what would be.")
    private boolean dryRun;
    @Option(names = "--unused", description = "Also remove what nobody has used since it was created.")
    private boolean unused;

    /** What becomes of a file. */
    enum Action {
        /** It is gone. */
        REMOVED,
        /** It would be gone but for {@code --dry-run}. */
        WOULD_REMOVE,
        /** It stays, as it should. */
        KEPT,
        /** It should have gone, and could not be removed. */
        FAILED
    }

    /** One file, and why. */
    record Outcome(String name, Action action, String reason, long bytes) {
    }

    /**
     * What {@code --json} prints.
     *
     * @param bytes how many were freed, or would be
     */
    record Report(String directory, boolean dryRun, int removed, long bytes, List<Outcome> files) {
    }

    @Override
    public Integer call() {
        var regions = common.regions();
        var outcomes = new ArrayList<Outcome>();
        for (String name : regions.names()) {
            try {
                outcomes.add(treat(regions.lookAtEntry(name)));
            } catch (RegionNotFound e) {
                // removed since it was listed
            }
        }
        var gone = outcomes.stream().filter(each -> each.action == Action.REMOVED || each.action == Action.WOULD_REMOVE).toList();
        var report = new Report(regions.directory().path().toString(), dryRun, gone.size(), gone.stream().mapToLong(Outcome::bytes).sum(),
            outcomes);
        common.output().print(report, output -> print(output, report));
        return outcomes.stream().anyMatch(each -> each.action == Action.FAILED) ? ExitCode.ACCESS_DENIED : ExitCode.OK;
    }

    private Outcome treat(RegionLook look) {
        var inspection = look.inspection();
        var view = RegionView.of(look, null);
        String why = whyNotKept(inspection, view);
        if (why.isEmpty()) {
            return new Outcome(inspection.name(), Action.KEPT, whyKept(inspection, view), view.bytes());
        }
        if (dryRun) {
            return new Outcome(inspection.name(), Action.WOULD_REMOVE, why, view.bytes());
        }
        try {
            return inspection.remove() ? new Outcome(inspection.name(), Action.REMOVED, why, view.bytes())
                : new Outcome(inspection.name(), Action.KEPT, "another has taken its name meanwhile", view.bytes());
        } catch (RegionNotFound | RoleTaken e) {
            return new Outcome(inspection.name(), Action.KEPT, String.valueOf(e.getMessage()), view.bytes());
        } catch (SlipringException e) {
            return new Outcome(inspection.name(), Action.FAILED, why + "; but " + e.getMessage(), view.bytes());
        }
    }

    /** Why it is to go; empty for what stays. */
    private String whyNotKept(RegionInspection inspection, RegionView view) {
        return switch (inspection.verdict()) {
            case UNTRUSTED, UNREADABLE, INCOMPATIBLE, FOREIGN -> "";
            case DAMAGED -> inspection.areas().isEmpty() || inspection.isOpen() ? ""
                : "nobody has it open, and it is damaged: " + inspection.faults().getFirst();
            case SOUND -> {
                if (inspection.isOpen()) {
                    yield "";
                }
                if (!inspection.isOfThisBoot()) {
                    yield "of an earlier boot: nobody of then is alive";
                }
                yield isUnused(inspection) && !unused ? "" : "nobody has it open; " + view.ends();
            }
        };
    }

    private static String whyKept(RegionInspection inspection, RegionView view) {
        return switch (inspection.verdict()) {
            case UNTRUSTED, UNREADABLE, INCOMPATIBLE, FOREIGN -> inspection.faults().getFirst();
            case SOUND, DAMAGED -> {
                String fault = view.faults().isEmpty() ? "" : "; " + view.faults().getFirst();
                if (inspection.isOpen()) {
                    yield "in use: " + view.holders() + fault;
                }
                yield inspection.areas().isEmpty() ? inspection.faults().getFirst() : "nobody has used it yet (--unused removes it)";
            }
        };
    }

    private static boolean isUnused(RegionInspection inspection) {
        return inspection.roles().stream().allMatch(role -> role.attached() == 0);
    }

    private static void print(Output output, Report report) {
        for (var each : report.files) {
            String action = switch (each.action) {
                case REMOVED -> output.good("removed");
                case WOULD_REMOVE -> output.good("would remove");
                case KEPT -> "kept";
                case FAILED -> output.bad("not removed");
            };
            output.line(action + "  " + RegionView.printable(each.name) + "  (" + Units.bytes(each.bytes) + ")");
            output.prose("    ", each.reason, text -> text);
        }
        output.line(report.removed + (report.removed == 1 ? " region, " : " regions, ") + Units.bytes(report.bytes)
            + (report.dryRun ? ", would be removed" : " removed") + " from " + report.directory);
    }
}
