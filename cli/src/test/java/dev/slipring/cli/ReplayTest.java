package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipring.cli.recording.RecordingEnd;
import dev.slipring.cli.recording.RecordingHeader;
import dev.slipring.cli.recording.RecordingWriter;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.core.Schema;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingView;
import dev.slipring.ring.SpscRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What was recorded is sent again: all of it, in its time, and with its losses told. */
class ReplayTest {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(30);

    @TempDir
    private Path path;
    private RegionDirectory directory = new RegionDirectory(Path.of("/"));
    private Attachment attachment = Attachment.standard();
    private Path file = Path.of("");

    @BeforeEach
    void settle() {
        directory = new RegionDirectory(path);
        attachment = Attachment.standard().in(directory).with(Trades.SCHEMA);
        file = path.resolve("recording.slrec");
    }

    @ParameterizedTest
    @EnumSource(value = RegionKind.class, names = {"SPSC_RING", "MPSC_RING", "BROADCAST_RING"})
    void whatWasRecordedComesAgain(RegionKind kind) {
        create(kind, "first");
        try (var producer = switch (kind) {
            case SPSC_RING -> SpscRing.producer("first", attachment);
            case MPSC_RING -> MpscRing.producer("first", attachment);
            default -> BroadcastRing.producer("first", attachment);
        }) {
            Trades.send(producer, 0, 100);
        }
        var recorded = Slipring.json(0, "record", "first", file.toString(), "--dir", path.toString());
        assertThat(recorded.get("messages").asLong()).isEqualTo(100);
        assertThat(recorded.get("lost").asLong()).isZero();
        assertThat(recorded.get("end").asText()).isEqualTo("CLOSED");
        var replayed = Slipring.json(0, "replay", file.toString(), "second", "--dir", path.toString());
        assertThat(replayed.get("created").asBoolean()).isTrue();
        assertThat(replayed.get("messages").asLong()).isEqualTo(100);
        assertThat(contents("second", kind)).isEqualTo(contents("first", kind)).hasSize(100);
        var again = Slipring.json(0, "replay", file.toString(), "second", "--speed", "0", "--dir", path.toString());
        assertThat(again.get("created").asBoolean()).isFalse();
        assertThat(contents("second", kind)).hasSize(200);
    }

    @Test
    void whatIsLostWhileRecordingIsMarkedAndToldAgain() {
        BroadcastRing.create(directory, "first", RingOptions.ofCapacity(4096).with(Trades.SCHEMA));
        try (var producer = BroadcastRing.producer("first", attachment)) {
            Trades.send(producer, 0, 100);
        }
        var recorded = Slipring.json(0, "record", "first", file.toString(), "--from", "10", "--dir", path.toString());
        long messages = recorded.get("messages").asLong();
        assertThat(recorded.get("first").asLong()).isEqualTo(10);
        assertThat(recorded.get("lost").asLong()).isEqualTo(90 - messages).isPositive();
        var run = Slipring.run("replay", file.toString(), "second", "--dir", path.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains((90 - messages) + " in 1 gaps were lost");
        assertThat(run.err()).contains("messages 10…" + (99 - messages) + " were lost when this was recorded");
        assertThat(contents("second", RegionKind.BROADCAST_RING)).hasSize((int) messages);
    }

    /** Only that it takes as long as it must: how much longer, is the machine's affair. */
    @ParameterizedTest
    @CsvSource({"1, 300", "4, 75", "0, 0"})
    void messagesComeInTheirTime(double speed, long leastMs) throws IOException {
        recording(11, RecordingEnd.COUNT);
        var replayed = Slipring.json(0, "replay", file.toString(), "second", "--speed", "" + speed, "--dir", path.toString());
        assertThat(replayed.get("seconds").asDouble()).isGreaterThanOrEqualTo(leastMs / 1e3);
        assertThat(replayed.get("recorded").asDouble()).isEqualTo(0.33);
        assertThat(replayed.has("late")).isEqualTo(speed > 0);
        assertThat(replayed.get("messages").asLong()).isEqualTo(11);
    }

    @Test
    void ofACutRecordingWhatIsThereIsReplayedAndTheCutIsSaid() throws IOException {
        recording(5, RecordingEnd.COUNT);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 60));
        var run = Slipring.run("replay", file.toString(), "second", "--speed", "0", "--dir", path.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(run.err()).contains("cut short at byte " + (whole.length - 60)).contains("what comes before was replayed");
        assertThat(run.out()).contains("replayed 4 messages").contains("only so far");
        assertThat(contents("second", RegionKind.BROADCAST_RING)).hasSize(4);
    }

    @Test
    void whatCannotBeReplayedIsRefusedWithTheReason() throws IOException {
        recording(3, RecordingEnd.COUNT);
        BroadcastRing.create(directory, "other", RingOptions.ofCapacity(1 << 14).with(new Schema(9, 0, 0)));
        BroadcastRing.create(directory, "sealed", RingOptions.ofCapacity(1 << 14).with(Trades.SCHEMA));
        try (var producer = BroadcastRing.producer("sealed", attachment)) {
            producer.seal();
        }
        SpscRing.create(directory, "small", RingOptions.ofCapacity(1024).alignedTo(8).with(Trades.SCHEMA));
        BroadcastRing.create(directory, "busy", RingOptions.ofCapacity(1 << 14).with(Trades.SCHEMA));
        requireRefusal(ExitCode.DAMAGED, "schema id 9", "other");
        requireRefusal(ExitCode.IN_USE, "is sealed", "sealed");
        requireRefusal(ExitCode.FULL, "has 200 bytes, more than the 128", "small");
        try (var _ = BroadcastRing.producer("busy", attachment)) {
            requireRefusal(ExitCode.IN_USE, "has its one PRODUCER already", "busy");
        }
        Files.writeString(file, "a poem, and no recording");
        requireRefusal(ExitCode.DAMAGED, "is no recording", "second");
        Files.delete(file);
        requireRefusal(ExitCode.NOT_FOUND, "there is no ", "second");
        assertThat(path.resolve("second")).doesNotExist();
    }

    @Test
    void recordingEndsAsAsked() throws IOException {
        BroadcastRing.create(directory, "first", RingOptions.ofCapacity(1 << 14).with(Trades.SCHEMA));
        try (var producer = BroadcastRing.producer("first", attachment)) {
            Trades.send(producer, 0, 10);
            assertThat(record("--count", "4", "--overwrite").get("messages").asLong()).isEqualTo(4);
            var timed = record("--seconds", "0.05", "--overwrite");
            assertThat(timed.get("end").asText()).isEqualTo("TIME");
            assertThat(timed.get("messages").asLong()).isEqualTo(10);
            var refused = Slipring.run("record", "first", file.toString(), "--dir", path.toString());
            assertThat(refused.exitCode()).isEqualTo(ExitCode.IN_USE);
            assertThat(refused.err()).contains("--overwrite replaces it");
            producer.seal();
        }
        assertThat(record("--follow", "--overwrite").get("end").asText()).isEqualTo("SEALED");
        assertThat(Slipring.run("record", "nobody", file + "2", "--dir", path.toString()).exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(Path.of(file + "2")).doesNotExist();
    }

    private JsonNode record(String... options) {
        var all = new ArrayList<>(List.of("record", "first", file.toString(), "--dir", path.toString()));
        all.addAll(List.of(options));
        return Slipring.json(0, all.toArray(String[]::new));
    }

    private void requireRefusal(int exitCode, String reason, String name) {
        var run = Slipring.run("replay", file.toString(), name, "--speed", "0", "--dir", path.toString());
        assertThat(run.exitCode()).describedAs("%s", run).isEqualTo(exitCode);
        assertThat(run.err()).contains(reason);
        assertThat(run.out()).isEmpty();
    }

    /** Messages of 200 bytes, 30 ms apart, and an end 30 ms after the last. */
    private void recording(int messages, RecordingEnd end) throws IOException {
        var header = new RecordingHeader("first", RegionKind.BROADCAST_RING, RingOptions.ofCapacity(1 << 16).with(Trades.SCHEMA), 1,
            Instant.now());
        try (var writer = new RecordingWriter(file, true, header)) {
            for (int i = 0; i < messages; i++) {
                writer.message(i, i, i * STEP_NS, new UnsafeBuffer(new byte[200]), 0, 200);
            }
            writer.end(end, messages, messages * STEP_NS);
        }
    }

    private void create(RegionKind kind, String name) {
        var options = RingOptions.ofCapacity(1 << 16).with(Trades.SCHEMA);
        switch (kind) {
            case SPSC_RING -> SpscRing.create(directory, name, options);
            case MPSC_RING -> MpscRing.create(directory, name, options);
            default -> BroadcastRing.create(directory, name, options);
        }
    }

    private List<String> contents(String name, RegionKind kind) {
        var all = new ArrayList<String>();
        try (var view = RingView.of(name, kind, attachment, JoinAt.oldest())) {
            view.poll(new BroadcastHandler() {
                @Override
                public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
                    byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    all.add(type + " " + Arrays.toString(bytes));
                }

                @Override
                public void onGap(long first, long last) {
                    throw new AssertionError("lost " + first + "-" + last);
                }
            }, 10_000);
        }
        return all;
    }
}
