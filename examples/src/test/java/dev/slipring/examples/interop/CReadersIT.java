package dev.slipring.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import dev.slipring.seqlock.SlotWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the readers in C see of a broadcast ring and of a slot table while Java writes to them, and afterwards. */
class CReadersIT {
    private static final int CAPACITY = 1 << 16;
    private static final int FLOOD = 100_000;
    private static final Pattern LOST = Pattern.compile("lost (\\d+)\\.\\.(\\d+)");
    private static final Pattern SLOT = Pattern.compile("(\\d+) (\\S+) version (\\d+) age (\\d+|-) source (-?\\d+) context (-?\\d+) "
        + "ring (-?\\d+) writer (OK|DEAD|NONE) (.*)");

    private static Path broadcastPrinter = Path.of("");
    private static Path slotPrinter = Path.of("");

    @TempDir(factory = SharedMemory.class)
    private Path shared;
    private Attachment attachment = Attachment.standard();

    @BeforeAll
    static void compile() throws IOException {
        broadcastPrinter = CPrograms.compiled("print-broadcast");
        slotPrinter = CPrograms.compiled("print-slots");
    }

    @BeforeEach
    void chooseDirectory() {
        attachment = attachment.in(new RegionDirectory(shared));
    }

    @Test
    void whatABroadcastRingRetainsIsPrintedWholeFromTheOldestOn() throws IOException {
        createBroadcast();
        assertThat(CPrograms.run(broadcastPrinter, "", file("broadcast")).lines()).containsExactly("empty");
        try (var producer = BroadcastRing.producer("broadcast", attachment)) {
            sendUpTo(producer, 3000);
            var printed = CPrograms.run(broadcastPrinter, "", file("broadcast"));
            long next = 3001L - printed.lines().size();
            assertThat(next).isBetween(2000L, 2900L); // a record takes 64 to 448 bytes
            for (String line : printed.lines().subList(0, printed.lines().size() - 1)) {
                assertThat(line).isEqualTo(printed(next++));
            }
            assertThat(printed.lines()).last().isEqualTo("empty");
        }
        assertThat(CPrograms.run(broadcastPrinter, "", file("broadcast")).lines()).last().isEqualTo("closed");
        try (var producer = BroadcastRing.producer("broadcast", attachment)) {
            producer.seal();
            assertThat(CPrograms.run(broadcastPrinter, "", file("broadcast"), "follow").lines()).last().isEqualTo("sealed");
        }
    }

    @Test
    void whatAFollowerLosesItSaysExactly() {
        createBroadcast();
        try (var producer = BroadcastRing.producer("broadcast", attachment)) {
            sendUpTo(producer, 1);
            try (var follower = JavaProcess.program(broadcastPrinter, file("broadcast"), "follow")) {
                assertThat(follower.readLine()).isEqualTo(printed(0));
                follower.stop();
                sendUpTo(producer, 3000); // some laps: what it was about to read is gone when it wakes
                follower.resume();
                sendUpTo(producer, FLOOD);
                producer.close();
                long lost = requireEverySequenceOnce(follower);
                assertThat(lost).isBetween(1000L, FLOOD - 2L);
                assertThat(follower.awaitExit()).isZero();
            }
        }
    }

    /** Returns how many were lost. */
    private static long requireEverySequenceOnce(JavaProcess follower) {
        long next = 1;
        long lost = 0;
        for (String line = follower.readLine(); !line.equals("closed"); line = follower.readLine()) {
            var gap = LOST.matcher(line);
            if (gap.matches()) {
                assertThat(Long.parseLong(gap.group(1))).isEqualTo(next);
                assertThat(Long.parseLong(gap.group(2))).isBetween(next, FLOOD - 1L);
                lost += Long.parseLong(gap.group(2)) - next + 1;
                next = Long.parseLong(gap.group(2)) + 1;
            } else {
                assertThat(line).isEqualTo(printed(next++));
            }
        }
        assertThat(next).isEqualTo(FLOOD);
        return lost;
    }

    @Test
    void slotsArePrintedWithAllThatTheirValuesSay() throws IOException {
        SlotTable.create(attachment.directory(), "table", SlotOptions.ofPayload(100).slots(5));
        try (var table = SlotTable.writer("table", attachment)) {
            var gyro = table.writer(SlotKey.of("gyro"));
            var price = table.writer(SlotKey.of(4711));
            table.writer(SlotKey.of("never"));
            write(gyro, "first", 1, 2, 3);
            write(gyro, "second", -4, 5, 6);
            write(price, "\\ä\n", 0, 0, -1);
            price.close();

            var printed = CPrograms.run(slotPrinter, "", file("table"));
            assertThat(printed.lines()).hasSize(3);
            assertThat(printed.lines().get(0)).matches(Long.toUnsignedString(SlotKey.of("gyro").value())
                + " gyro version 2 age \\d+ source -4 context 5 ring 6 writer OK second");
            assertThat(printed.lines().get(1)).matches("4711 - version 1 age \\d+ source 0 context 0 ring -1 writer NONE "
                + Pattern.quote("\\x5c\\xc3\\xa4\\x0a"));
            assertThat(printed.lines().get(2)).endsWith(" never none yet");
        }
    }

    @Test
    void aSlotThatIsWrittenAllTheTimeIsNeverPrintedTorn() throws Exception {
        SlotTable.create(attachment.directory(), "table", SlotOptions.ofPayload(512).cells(2));
        try (var table = SlotTable.writer("table", attachment); var writer = table.writer(SlotKey.of("busy"));
            var printer = JavaProcess.program(slotPrinter, file("table"), "2000")) {
            while (printer.isAlive()) {
                long version = writer.version() + 1;
                write(writer, value(version), version, version + 1, version + 2);
            }
            assertThat(printer.awaitExit()).isZero();
            long last = 0;
            int values = 0;
            while (values < 2000) {
                var line = SLOT.matcher(printer.readLine());
                if (line.matches()) { // else none yet, or busy
                    long version = Long.parseLong(line.group(3));
                    assertThat(version).isGreaterThan(last);
                    assertThat(line.group(9)).isEqualTo(value(version));
                    assertThat(Long.parseLong(line.group(5))).isEqualTo(version);
                    assertThat(Long.parseLong(line.group(6))).isEqualTo(version + 1);
                    assertThat(Long.parseLong(line.group(7))).isEqualTo(version + 2);
                    last = version;
                    values++;
                }
            }
        }
    }

    @Test
    void ofAKilledJavaProcessTheyPrintTheLastWordsAndThatItIsDead() throws IOException {
        try (var peer = JavaPeer.start(attachment.directory())) {
            peer.kill();
        }
        var messages = CPrograms.run(broadcastPrinter, "", file("broadcast"), "follow");
        assertThat(messages.lines()).hasSize(JavaPeer.MESSAGES + 1).contains(printed(0), printed(JavaPeer.MESSAGES - 1));
        assertThat(messages.lines()).last().isEqualTo("producer dead");
        assertThat(CPrograms.run(slotPrinter, "", file("table")).lines()).singleElement().asString().endsWith("writer DEAD from java");
    }

    private void createBroadcast() {
        BroadcastRing.create(attachment.directory(), "broadcast", RingOptions.ofCapacity(CAPACITY).startingAt((1L << 62) + 64 * 5L));
    }

    private static void sendUpTo(RingProducer producer, int end) {
        while (producer.sequence() < end) {
            assertThat(JavaPeer.send(producer, JavaPeer.text((int) producer.sequence()))).isTrue();
        }
    }

    private static String printed(long sequence) {
        return sequence + " " + JavaPeer.TYPE + " " + JavaPeer.text((int) sequence);
    }

    private static void write(SlotWriter writer, String text, long sourceTime, long contextVersion, long ringSequence) {
        var value = JavaPeer.bytes(text);
        assertThat(writer.write(value, 0, value.capacity(), sourceTime, contextVersion, ringSequence)).isPositive();
    }

    /** Of a length and a content that follow from the version. */
    private static String value(long version) {
        return (version + " ").repeat((int) (version % 40) + 5);
    }

    private String file(String name) {
        return shared.resolve(name).toString();
    }
}
