package dev.slipring.cli;

import dev.slipring.monitor.RegionLook;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows all that can be told of one region. */
@Command(name = "inspect", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Shows all that can be told of a region, also of a damaged one: its header, where its areas lie, who takes part, where "
        + "they are, and what is wrong. Only reads; nobody who takes part can tell.")
final class InspectCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();

    @Parameters(paramLabel = "NAME", description = "The region.")
    private String name = "";

    @Override
    public Integer call() {
        var look = common.regions().look(name);
        var view = InspectionView.of(look);
        common.output().print(view, output -> new InspectionText(output, view).print());
        return exitCode(look);
    }

    private static int exitCode(RegionLook look) {
        return switch (look.inspection().verdict()) {
            case SOUND -> look.faults().isEmpty() ? ExitCode.OK : ExitCode.DAMAGED;
            case UNREADABLE, UNTRUSTED -> ExitCode.ACCESS_DENIED;
            case DAMAGED, INCOMPATIBLE, FOREIGN -> ExitCode.DAMAGED;
        };
    }
}
