package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Output;
import dev.slipring.examples.demo.Progress;
import dev.slipring.examples.fusion.FusionCommand;
import dev.slipring.examples.video.VideoCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slipring demo}: the trading pipeline in six processes. */
@Command(name = "demo", subcommands = {FusionCommand.class, VideoCommand.class}, mixinStandardHelpOptions = true, description = {
    "Sends real trades through two feed handlers, a strategy, a gateway, a risk monitor and a recorder, six processes, and "
        + "compares everything they did with a direct computation.",
    "Exit code: 0 when it is equal to the last digit, 1 when not, 2 for a wrong option; 143 after SIGTERM, 130 after Ctrl-C, which end "
        + "the run in order: what was sent until then is compared."})
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "DEMO", defaultValue = "trading", description = "Which: ${COMPLETION-CANDIDATES}.")
    private Demo demo = Demo.trading;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "50000",
        description = "Trades a second; 0 for as fast as they go. Default: ${DEFAULT-VALUE}.")
    private long rate;

    @Option(names = "--trades", paramLabel = "N", defaultValue = "100000",
        description = "How many of the file, from its start. Default: ${DEFAULT-VALUE}, all.")
    private int trades;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "30000",
        description = "Trades sent before, unmeasured, while the JVMs compile; 0 to see them cold. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--slow-recorder", paramLabel = "MS", defaultValue = "20",
        description = "How long the recorder takes to write 64 executions, in milliseconds; 0 for no time. Default: ${DEFAULT-VALUE}.")
    private int recorderPauseMs;

    @Option(names = "--kill-feed", description = "Kill one of the two feed handlers in the middle (kill -9), which must not matter.")
    private boolean killFeed;

    @Option(names = "--transport", paramLabel = "URI", defaultValue = "shm:spsc", description = {
        "What carries the messages: shm:spsc, aeron:ipc, or 'aeron:udp?endpoint=127.0.0.1:20121'. Default: ${DEFAULT-VALUE}.",
        "With shm:spsc, trades go through shm:mpsc, as two processes send them. Executions always go through shm:broadcast."})
    private String transport = "shm:spsc";

    @Option(names = "--busy-spin", description = "Whoever waits spins instead of sleeping: six processors busy, microseconds saved.")
    private boolean busySpin;

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the same facts as JSON.")
    private @Nullable Path json;

    @Option(names = "--keep", description = "Leave behind what lies in files, for a look at it: the rings.")
    private boolean keep;

    /** What there is to show. */
    enum Demo {
        /** This. */
        trading
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return switch (demo) {
            case trading -> runTrading();
        };
    }

    private int runTrading() throws IOException, InterruptedException {
        var settings = settings();
        return TradingDemo.prepare(settings, new Progress(System.err, Output.isTerminal(), settings.trades(), "trades"))
            .run(TradingProcess.class, json, new Table(System.out)::print);
    }

    private Settings settings() {
        try {
            Output.requireWritable("--json", json);
            return new Settings(trades, warmUp, rate, recorderPauseMs, killFeed, transport, busySpin, keep);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private ParameterException usage(@Nullable String message) {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
