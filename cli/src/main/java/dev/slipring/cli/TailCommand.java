package dev.slipring.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipring.cli.text.JsonLines;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionNotFound;
import dev.slipring.core.Role;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingView;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the messages of a ring as JSON lines. */
@Command(name = "tail", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Prints the messages of a ring, one JSON object a line: of a broadcast ring those it still has, of another those that "
        + "are not consumed. Only reads; no consumer misses one. Messages that were gone before they could be printed are told as a gap.")
final class TailCommand implements Callable<Integer> {
    private static final int BATCH = 1000;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @Spec
    private CommandSpec command = CommandSpec.create();
    @Mixin
    private Common common = new Common();
    @Mixin
    private PayloadOptions payloads = new PayloadOptions();
    @Mixin
    private FromOption from = new FromOption();

    @Parameters(paramLabel = "NAME", description = "The ring.")
    private String name = "";
    @Option(names = "--count", paramLabel = "MESSAGES", description = "End after so many.")
    private long count = Long.MAX_VALUE;
    @Option(names = {"-f", "--follow"}, description = "Go on with what comes, until the stream is sealed, or you interrupt it. Implied by "
        + "--from latest.")
    private boolean follow;

    @Override
    public Integer call() {
        if (count < 1) {
            throw new IllegalArgumentException("--count=" + count + " is not positive");
        }
        var where = from.where();
        var header = common.regions().ringHeader(name);
        try (var interruption = new Interruption(); var view = view(header, where)) {
            boolean following = follow || where instanceof JoinAt.Latest;
            var printer = new Printer(view, payloads.payload(header.schema()), new JsonLines(command.commandLine().getOut()));
            long end = following ? Long.MAX_VALUE : newest(header);
            try {
                printer.end(printer.printUntil(end, interruption));
            } finally {
                printer.flush();
            }
        }
        return ExitCode.OK;
    }

    private RingView view(RegionHeader header, JoinAt where) {
        return RingView.of(name, header.kind(), common.regions().attachment(header), where);
    }

    /** The sequence behind the newest message. */
    private long newest(RegionHeader header) {
        try (var latest = view(header, JoinAt.latest())) {
            latest.poll(new Passing(), BATCH); // what is there already, although whoever published it had not said so yet
            return latest.sequence();
        } catch (RegionCorrupt e) {
            return Long.MAX_VALUE; // who prints what comes before will come to it
        }
    }

    /** Prints what a view shows. */
    private final class Printer implements BroadcastHandler {
        private final RingView view;
        private final Payload payload;
        private final JsonLines lines;
        private long printed;
        private int lastOutcome;

        Printer(RingView view, Payload payload, JsonLines lines) {
            this.view = view;
            this.payload = payload;
            this.lines = lines;
        }

        /** Returns why it ended. */
        String printUntil(long end, Interruption interruption) {
            while (printed < count) {
                if (interruption.requested()) {
                    return "interrupted";
                }
                if (view.sequence() >= end) {
                    return "newest";
                }
                int outcome = view.poll(this, (int) Math.min(BATCH, count - printed));
                if (outcome == RingConsumer.END_OF_STREAM) {
                    return "sealed";
                }
                if (outcome != lastOutcome && outcome < 0) {
                    lines.print(event(outcome == RingConsumer.CLOSED ? "closed" : "dead"));
                }
                lastOutcome = Math.min(outcome, 0);
                if (!flush()) {
                    return "unread";
                }
                if (outcome <= 0) {
                    interruption.nap(PAUSE_NS);
                }
            }
            return "count";
        }

        /** The last line: the next message's sequence, and who there is to send it. */
        void end(String reason) {
            var line = event("end").put("reason", reason).put("producers", producers());
            if (view.heldUpBy() != RingView.NOBODY) {
                line.put("heldUpBy", view.heldUpBy());
            }
            lines.print(line);
        }

        /** False when nobody reads it any more. */
        boolean flush() {
            return lines.flush();
        }

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            var line = JsonLines.NODES.objectNode().put("sequence", view.sequence()).put("type", type).put("length", length);
            payload.describe(line, buffer, offset, length);
            lines.print(line);
            printed++;
        }

        @Override
        public void onGap(long first, long last) {
            lines.print(JsonLines.NODES.objectNode().put("event", "gap").put("first", first).put("last", last)
                .put("count", last - first + 1));
        }

        private ObjectNode event(String event) {
            return JsonLines.NODES.objectNode().put("event", event).put("sequence", view.sequence());
        }
    }

    private String producers() {
        try {
            return common.regions().look(name).inspection().roles().stream().filter(role -> role.role() == Role.PRODUCER)
                .map(role -> role.standing().name().toLowerCase(Locale.ROOT)).findFirst().orElse("unknown");
        } catch (RegionNotFound e) {
            return "removed";
        }
    }
}
