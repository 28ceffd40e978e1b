package dev.slipring.cli;

import dev.slipring.cli.recording.RecordingDamaged;
import dev.slipring.cli.recording.RecordingHeader;
import dev.slipring.cli.recording.RecordingReader;
import dev.slipring.cli.text.Output;
import dev.slipring.cli.text.Units;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionExists;
import dev.slipring.core.RegionNotFound;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.MessageSink;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends what was recorded again. */
@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Sends the messages of a recording to a ring, as its producer, at the times at which they were recorded. Creates a ring "
        + "like the recorded one if there is none of that name. What was lost when it was recorded is said.")
final class ReplayCommand implements Callable<Integer> {
    private static final double MAX_SPEED = 1e6;

    @Spec
    private CommandSpec command = CommandSpec.create();
    @Mixin
    private Common common = new Common();

    @Parameters(index = "0", paramLabel = "FILE", description = "The recording.")
    private Path file = Path.of("");
    @Parameters(index = "1", paramLabel = "NAME", description = "The ring.")
    private String name = "";
    @Option(names = "--speed", paramLabel = "FACTOR", description = "So many times as fast as it was (default 1); 0 as fast as it goes.")
    private double speed = 1;

    /**
     * What {@code --json} prints.
     *
     * @param created  whether there was no such ring
     * @param gaps     how often messages were lost when it was recorded
     * @param lost     how many
     * @param recorded how long that took, in seconds, as far as it was replayed
     * @param seconds  how long this took
     * @param late     how much later than its time a message was sent, in nanoseconds; null as fast as it goes
     * @param fault    why the recording could not be read to its end
     */
    record Replayed(String file, String name, boolean created, boolean interrupted, long messages, long bytes, long gaps, long lost,
        double recorded, double seconds, HzCommand.@Nullable Spread late, @Nullable String fault) {
    }

    @Override
    public Integer call() {
        if (!(speed >= 0 && speed <= MAX_SPEED)) {
            throw new IllegalArgumentException("--speed=" + speed + " is outside 0…" + MAX_SPEED);
        }
        try (var recording = new RecordingReader(file)) {
            boolean created = create(recording.header());
            Replayed replayed;
            try (var interruption = new Interruption(); var producer = producer(recording.header())) {
                replayed = new Replay(recording, producer, interruption).run(created);
            }
            common.output().print(replayed, output -> print(output, replayed));
            return replayed.fault == null ? ExitCode.OK : ExitCode.DAMAGED;
        } catch (RecordingDamaged e) {
            throw new VerbFailure(ExitCode.DAMAGED, file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw VerbFailure.of(file, e);
        }
    }

    /** Returns false when there is one of that name. */
    private boolean create(RecordingHeader header) {
        var directory = common.regions().directory();
        try {
            common.regions().header(name);
            return false;
        } catch (RegionNotFound none) {
            // the usual case
        }
        try {
            create(header, directory);
            return true;
        } catch (RegionExists meanwhile) {
            return false;
        }
    }

    private void create(RecordingHeader header, RegionDirectory directory) {
        switch (header.kind()) {
            case SPSC_RING -> SpscRing.create(directory, name, header.ring());
            case MPSC_RING -> MpscRing.create(directory, name, header.ring());
            case BROADCAST_RING -> BroadcastRing.create(directory, name, header.ring());
            default -> throw new VerbFailure(ExitCode.DAMAGED, file + " is a recording of a " + header.kind());
        }
    }

    private RingProducer producer(RecordingHeader header) {
        var attachment = Attachment.standard().in(common.regions().directory()).with(header.ring().schema()).as("replay");
        return switch (common.regions().ringHeader(name).kind()) {
            case SPSC_RING -> SpscRing.producer(name, attachment);
            case MPSC_RING -> MpscRing.producer(name, attachment);
            default -> BroadcastRing.producer(name, attachment);
        };
    }

    private static void print(Output output, Replayed replayed) {
        output.line("replayed " + replayed.messages + " messages (" + Units.bytes(replayed.bytes) + ") to "
            + (replayed.created ? "the new ring " : "") + replayed.name + String.format(" in %.3f s, recorded in %.3f s", replayed.seconds,
                replayed.recorded));
        if (replayed.late != null) {
            output.line("  late by " + Units.span(replayed.late.p50()) + " (p50), " + Units.span(replayed.late.p99()) + " (p99), "
                + Units.span(replayed.late.max()) + " (max)");
        }
        if (replayed.lost > 0) {
            output.line(output.doubtful("  " + replayed.lost + " in " + replayed.gaps + " gaps were lost when it was recorded"));
        }
        if (replayed.fault != null) {
            output.line(output.bad("  only so far: " + replayed.fault));
        }
    }

    /** One replay in progress. */
    private final class Replay {
        private static final long LONGEST_NS = 3_600_000_000_000L;
        private static final long PAUSE_NS = 50_000;
        /** The rest before a message's time is not slept but spun: who sleeps wakes up late. */
        private static final long SPIN_NS = 100_000;

        private final PrintWriter warnings = command.commandLine().getErr();
        private final RecordingReader recording;
        private final RingProducer producer;
        private final Interruption interruption;
        private final Histogram late = new Histogram(1, LONGEST_NS, 3);
        private final long start = System.nanoTime();
        private long messages;
        private long bytes;
        private long gaps;
        private long lost;
        private long recordedNs;
        private boolean waited;

        Replay(RecordingReader recording, RingProducer producer, Interruption interruption) {
            this.recording = recording;
            this.producer = producer;
            this.interruption = interruption;
        }

        Replayed run(boolean created) throws IOException {
            String fault = null;
            try {
                boolean more = true;
                while (more && !interruption.requested()) {
                    more = replay(recording.next());
                }
            } catch (RecordingDamaged e) {
                fault = e.getMessage();
                warn(file + ": " + fault + "; what comes before was replayed");
            }
            return new Replayed(file.toString(), name, created, interruption.requested(), messages, bytes, gaps, lost, recordedNs / 1e9,
                (System.nanoTime() - start) / 1e9, speed == 0 ? null : HzCommand.Spread.of(late), fault);
        }

        /** False at the end, which is not waited for. */
        private boolean replay(RecordingReader.Entry entry) {
            recordedNs = entry.arrivalNs();
            switch (entry) {
                case RecordingReader.Message message -> {
                    awaitTime(message.arrivalNs());
                    send(message);
                }
                case RecordingReader.Gap gap -> {
                    warn("messages " + gap.first() + "…" + gap.last() + " were lost when this was recorded");
                    gaps++;
                    lost += gap.count();
                }
                case RecordingReader.End _ -> {
                    return false;
                }
            }
            return true;
        }

        private void awaitTime(long arrivalNs) {
            if (speed == 0) {
                return;
            }
            long due = start + (long) (arrivalNs / speed);
            long left = due - System.nanoTime();
            if (left > SPIN_NS) {
                interruption.nap(left - SPIN_NS);
            }
            while (System.nanoTime() - due < 0 && !interruption.requested()) {
                Thread.onSpinWait();
            }
            late.recordValue(Math.clamp(System.nanoTime() - due, 0, LONGEST_NS));
        }

        private void send(RecordingReader.Message message) {
            int length = message.bytes().capacity();
            if (length > producer.maxMessageLength()) {
                throw new VerbFailure(ExitCode.FULL, "message " + message.sequence() + " has " + length + " bytes, more than the "
                    + producer.maxMessageLength() + " that ring " + name + " takes: create it with a capacity of "
                    + recording.header().ring().capacity());
            }
            while (!interruption.requested()) {
                long outcome = producer.offer(message.type(), message.bytes(), 0, length);
                if (outcome == MessageSink.SEALED) {
                    throw new VerbFailure(ExitCode.IN_USE, "ring " + name + " is sealed: nothing can be sent any more");
                }
                if (outcome >= 0) {
                    messages++;
                    bytes += length;
                    return;
                }
                if (!waited) {
                    waited = true;
                    warn("ring " + name + (outcome == MessageSink.NO_CONSUMER ? " is full and nobody consumes" : " is full") + ": waiting");
                }
                interruption.nap(PAUSE_NS);
            }
        }

        private void warn(String what) {
            warnings.println("slipring: " + what);
        }
    }
}
