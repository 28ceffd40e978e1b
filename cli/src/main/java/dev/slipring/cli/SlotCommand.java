package dev.slipring.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipring.cli.text.JsonLines;
import dev.slipring.cli.text.Output;
import dev.slipring.cli.text.TextTable;
import dev.slipring.cli.text.Units;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionIncompatible;
import dev.slipring.core.RegionKind;
import dev.slipring.seqlock.Read;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotReader;
import dev.slipring.seqlock.SlotTable;
import dev.slipring.seqlock.SlotValue;
import dev.slipring.seqlock.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the newest value of a slot. */
@Command(name = "slot", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Shows the newest value of a slot, with its version, age and writer, and which versions before it are retained. Without "
        + "KEY lists the slots. Only reads.")
final class SlotCommand implements Callable<Integer> {
    @Mixin
    private Common common = new Common();
    @Mixin
    private PayloadOptions payloads = new PayloadOptions();

    @Parameters(index = "0", paramLabel = "NAME", description = "The table of slots, or the slot.")
    private String name = "";
    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "The slot's name or number.")
    private @Nullable String key;

    /**
     * What {@code --json} prints without a key.
     *
     * @param capacity how many there can be
     * @param faults   what is wrong
     */
    record Listing(String name, int capacity, int cells, int payload, List<Line> slots, List<String> faults) {
    }

    /** @param ageNs null when that cannot be told */
    record Line(String key, long version, int length, @Nullable Long ageNs, @Nullable String writer) {
    }

    /**
     * What {@code --json} prints of a slot.
     *
     * @param outcome   what a reader is told
     * @param published what follows is null when there is no value yet
     * @param retained  the versions before it that can still be read, newest first
     * @param value     the newest
     */
    record View(String name, String key, Read outcome, @Nullable Published published, List<Published> retained,
        @Nullable ObjectNode value) {
    }

    /**
     * One version.
     *
     * @param ageNs        null when its writer's clock is not this process's
     * @param sourceTime   when it was so, by the source's own clock
     * @param writer       who wrote it, if that one still takes part; else its identity
     * @param ringSequence the first message that it does not contain; null when there is none
     */
    record Published(long version, int length, @Nullable Long ageNs, long sourceTime, long contextVersion, @Nullable Long ringSequence,
        String writer) {
    }

    @Override
    public Integer call() {
        var regions = common.regions();
        var header = regions.header(name);
        if (header.kind() != RegionKind.SLOT_TABLE) {
            throw new RegionIncompatible(name + " is a " + header.kind() + ", expected a " + RegionKind.SLOT_TABLE);
        }
        var status = SlotTable.status(name, regions.attachment(header));
        String wanted = key == null && isSingle(status) ? text(status.added().getFirst().key()) : key;
        return wanted == null ? list(status) : show(header, wanted);
    }

    /** A slot that is not one of a table has the key 0 and no room for others. */
    private static boolean isSingle(TableStatus status) {
        return status.slots() == 1 && status.added().size() == 1 && status.added().getFirst().key().equals(SlotKey.of(0));
    }

    private int list(TableStatus status) {
        var writers = new Writers(common.regions().look(name).inspection());
        var slots = status.added().stream().map(slot -> new Line(RegionView.printable(text(slot.key())), slot.version(), slot.length(),
            slot.ageNs() < 0 ? null : slot.ageNs(), slot.owner() < 0 ? null : writers.name(slot.owner(), slot.generation()))).toList();
        var listing = new Listing(name, status.slots(), status.cells(), status.payload(), slots, status.faults());
        common.output().print(listing, output -> {
            var table = new TextTable("KEY", ">VERSION", ">BYTES", ">AGE", "WRITER");
            slots.forEach(slot -> table.row(slot.key, "" + slot.version, "" + slot.length, age(slot.ageNs), slot.writer == null ? "-"
                : slot.writer));
            var lines = table.lines(output.columns());
            output.line(output.heading(lines.getFirst()));
            lines.stream().skip(1).forEach(output::line);
            output.line(slots.size() + " of " + status.slots() + " slots, " + status.cells() + " cells each, values of at most "
                + status.payload() + " bytes");
            status.faults().forEach(fault -> output.line(output.bad(fault)));
        });
        return status.faults().isEmpty() ? ExitCode.OK : ExitCode.DAMAGED;
    }

    private int show(RegionHeader header, String wanted) {
        var payload = payloads.payload(header.schema());
        try (var table = SlotTable.reader(name, common.regions().attachment(header))) {
            var found = new Slots(table).find(wanted);
            var view = look(table.reader(found), found, payload);
            common.output().print(view, output -> print(output, view));
            return view.outcome == Read.BUSY ? ExitCode.FAILURE : ExitCode.OK;
        }
    }

    private View look(SlotReader reader, SlotKey found, Payload payload) {
        var outcome = reader.read();
        if (!outcome.isDelivered()) {
            return new View(name, text(found), outcome, null, List.of(), null);
        }
        var writers = new Writers(common.regions().look(name).inspection());
        var newest = published(reader.value(), writers);
        var value = JsonLines.NODES.objectNode();
        payload.describe(value, reader.value().payload(), 0, reader.value().payload().capacity());
        var retained = new ArrayList<Published>();
        for (long version = newest.version - 1; version > 0 && reader.readExactly(version) == Read.OK; version--) {
            retained.add(published(reader.value(), writers));
        }
        return new View(name, text(found), outcome, newest, retained, value);
    }

    private static Published published(SlotValue value, Writers writers) {
        return new Published(value.version(), value.payload().capacity(), value.ageNs() < 0 ? null : value.ageNs(), value.sourceTime(),
            value.contextVersion(), value.ringSequence() < 0 ? null : value.ringSequence(),
            writers.name(value.writerSlot(), value.writerGeneration()));
    }

    private static void print(Output output, View view) {
        var newest = view.published;
        output.line(output.heading(view.name + " " + RegionView.printable(view.key)) + "  " + switch (view.outcome) {
            case OK -> "";
            case WRITER_DEAD -> output.doubtful("its writer has died");
            case NONE_YET -> "nothing was written yet";
            case BUSY, OVERWRITTEN -> output.bad("written too fast to be read whole just now: try again");
        });
        if (newest == null) {
            return;
        }
        output.line("  version " + newest.version + ", " + age(newest.ageNs) + " old, by " + newest.writer);
        output.line("  source time " + newest.sourceTime + ", context version " + newest.contextVersion
            + (newest.ringSequence == null ? "" : ", joins its ring at message " + newest.ringSequence));
        output.line("  retained: " + (view.retained.isEmpty() ? "none before it" : view.retained.getLast().version + "…"
            + view.retained.getFirst().version + ", the oldest " + age(view.retained.getLast().ageNs) + " old"));
        if (view.value != null) {
            output.line("  " + JsonLines.text(view.value));
        }
    }

    private static String text(SlotKey key) {
        return key.name().isEmpty() ? Long.toString(key.value()) : key.name();
    }

    private static String age(@Nullable Long ns) {
        return ns == null ? "?" : Units.span(ns);
    }
}
