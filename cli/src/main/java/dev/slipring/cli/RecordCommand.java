package dev.slipring.cli;

import dev.slipring.cli.recording.RecordingEnd;
import dev.slipring.cli.recording.RecordingHeader;
import dev.slipring.cli.recording.RecordingWriter;
import dev.slipring.cli.text.Output;
import dev.slipring.cli.text.Units;
import dev.slipring.core.RegionHeader;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records the messages of a ring in a file. */
@Command(name = "record", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Records the messages of a ring with the times at which they were seen, until its producers have gone or you interrupt "
        + "it. Only reads: the producer does not wait for it, so it may lose messages, and says which. Of a ring with one consumer it sees "
        + "what that one has not consumed, the rest is lost.")
final class RecordCommand implements Callable<Integer> {
    private static final int BATCH = 1000;
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(200);

    @Mixin
    private Common common = new Common();
    @Mixin
    private FromOption from = new FromOption();

    @Parameters(index = "0", paramLabel = "NAME", description = "The ring.")
    private String name = "";
    @Parameters(index = "1", paramLabel = "FILE", description = "Where to; docs/recording.md has the format.")
    private Path file = Path.of("");
    @Option(names = "--count", paramLabel = "MESSAGES", description = "End after so many.")
    private long count = Long.MAX_VALUE;
    @Option(names = "--seconds", paramLabel = "SECONDS", description = "End after so long.")
    private double seconds = Double.POSITIVE_INFINITY;
    @Option(names = {"-f", "--follow"}, description = "Wait for other producers when all have gone; a stream that is sealed ends anyway.")
    private boolean follow;
    @Option(names = "--overwrite", description = "Replace the file if it is there.")
    private boolean overwrite;

    /**
     * What {@code --json} prints.
     *
     * @param first    sequence of the first message, or of the first that was lost; null when there was neither
     * @param bytes    of the messages
     * @param gaps     how often messages were lost
     * @param lost     how many
     */
    record Recorded(String name, String file, RecordingEnd end, double seconds, @Nullable Long first, long messages, long bytes, long gaps,
        long lost) {
    }

    @Override
    public Integer call() {
        if (count < 1 || !(seconds > 0)) {
            throw new IllegalArgumentException("--count=" + count + " and --seconds=" + seconds + " must be positive");
        }
        var where = from.where();
        var regions = common.regions();
        var header = regions.ringHeader(name);
        try (var interruption = new Interruption();
            var view = RingView.of(name, header.kind(), regions.attachment(header), where);
            var recording = new Recording(view, header)) {
            var recorded = recording.run(interruption);
            common.output().print(recorded, output -> print(output, recorded));
            return ExitCode.OK;
        } catch (UncheckedIOException e) {
            throw VerbFailure.of(file, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw VerbFailure.of(file, e);
        }
    }

    private static void print(Output output, Recorded recorded) {
        output.line("recorded " + recorded.messages + " messages of " + recorded.name + " (" + Units.bytes(recorded.bytes) + ") in "
            + String.format("%.3f s", recorded.seconds) + " to " + recorded.file + "; ended: "
            + recorded.end.name().toLowerCase(Locale.ROOT));
        if (recorded.lost > 0) {
            output.line(output.doubtful("lost " + recorded.lost + " in " + recorded.gaps + " gaps, which the file marks"));
        }
    }

    /** One recording in progress. */
    private final class Recording implements BroadcastHandler, AutoCloseable {
        private final RingView view;
        private final RecordingWriter writer;
        private final long start;
        private @Nullable Long first;
        private long messages;
        private long bytes;
        private long gaps;
        private long lost;
        private long arrivalNs;

        Recording(RingView view, RegionHeader header) throws IOException {
            this.view = view;
            writer = new RecordingWriter(file, overwrite, RecordingHeader.of(name, header, Instant.now()));
            start = System.nanoTime();
        }

        Recorded run(Interruption interruption) throws IOException {
            var why = recordUntilTheEnd(interruption);
            arrivalNs = System.nanoTime() - start;
            writer.end(why, view.sequence(), arrivalNs);
            return new Recorded(name, file.toString(), why, arrivalNs / 1e9, first, messages, bytes, gaps, lost);
        }

        private RecordingEnd recordUntilTheEnd(Interruption interruption) throws IOException {
            while (!interruption.requested()) {
                arrivalNs = System.nanoTime() - start;
                if (arrivalNs / 1e9 >= seconds) {
                    return RecordingEnd.TIME;
                }
                int outcome = view.poll(this, (int) Math.min(BATCH, count - messages));
                if (messages == count) {
                    return RecordingEnd.COUNT;
                }
                if (outcome == RingConsumer.END_OF_STREAM) {
                    return RecordingEnd.SEALED;
                }
                if (outcome < 0 && !follow) {
                    return outcome == RingConsumer.CLOSED ? RecordingEnd.CLOSED : RecordingEnd.DEAD;
                }
                if (outcome <= 0) {
                    writer.flush();
                    interruption.nap(PAUSE_NS);
                }
            }
            return RecordingEnd.INTERRUPTED;
        }

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            long sequence = view.sequence();
            try {
                writer.message(type, sequence, arrival(sequence), buffer, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            messages++;
            bytes += length;
        }

        @Override
        public void onGap(long from, long last) {
            try {
                writer.gap(from, last, arrival(from));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            gaps++;
            lost += last - from + 1;
        }

        private long arrival(long sequence) {
            if (first == null) {
                first = sequence;
            }
            return System.nanoTime() - start;
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
