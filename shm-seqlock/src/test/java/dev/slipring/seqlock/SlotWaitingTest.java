package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Spinning;
import dev.slipring.core.WaitSet;
import dev.slipring.core.Waitable;
import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.process.Waiting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Waiting for a newer value: what ends it, and what it says then. By those who may sleep, and by those who may not. */
@ParameterizedClass(name = "parking {0}, subscribed {1}")
@CsvSource({"true, true", "true, false", "false, true"})
class SlotWaitingTest {
    private static final SlotKey BID = SlotKey.of("bid");
    private static final SlotKey ASK = SlotKey.of("ask");
    private static final SlotKey QUOTE = SlotKey.of("quote");
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final long DAYS_NS = TimeUnit.DAYS.toNanos(2);

    private final boolean parking;
    private final boolean subscribed;

    @TempDir
    private Path directory;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[32]);
    private TableWriter writers;
    private TableReader readers;
    private SlotReader bid;

    SlotWaitingTest(boolean parking, boolean subscribed) {
        this.parking = parking;
        this.subscribed = subscribed;
    }

    @BeforeEach
    void attach() {
        var options = SlotOptions.ofPayload(48).slots(64);
        SlotTable.create(new RegionDirectory(directory), "table", parking ? options.withParking() : options);
        writers = SlotTable.writer("table", attachment());
        readers = subscribed ? SlotTable.subscriber("table", attachment()) : SlotTable.reader("table", attachment());
        bid = readers.reader(BID);
    }

    @AfterEach
    void close() {
        writers.close();
        readers.close();
    }

    private Attachment attachment() {
        return Attachment.standard().in(new RegionDirectory(directory)).as("me").with(Spinning.NONE);
    }

    @Test
    void onlyWhoTakesPartInATableWithParkingSleeps() {
        assertThat(bid.doorbell() != null).isEqualTo(parking && subscribed);
    }

    @Test
    void theFirstValueOfASlotThatIsAddedLaterEndsTheWait() throws Exception {
        var waiting = new Waiting<>(() -> bid.awaitNewer(FOR_EVER));
        waiting.awaitAsleep();
        write(writers.writer(BID), 7);
        assertThat(waiting.outcome()).isEqualTo(Read.OK);
        assertThat(bid.value().payload().getLong(0)).isEqualTo(7);
    }

    @Test
    void aNewerValueEndsTheWaitHoweverItIsWritten() throws Exception {
        requireWoken(writers.sharedWriter(BID));
        var writer = writers.writer(BID);
        requireWoken(writer);
        var waiting = new Waiting<>(() -> bid.awaitNewer(DAYS_NS));
        waiting.awaitAsleep();
        try (var update = writer.begin()) {
            update.publish(8);
        }
        assertThat(waiting.outcome()).isEqualTo(Read.OK);
        assertThat(bid.value().version()).isEqualTo(writer.version());
    }

    private void requireWoken(SlotWriter writer) throws Exception {
        var waiting = new Waiting<>(() -> bid.awaitNewer(FOR_EVER));
        waiting.awaitAsleep();
        write(writer, 1);
        assertThat(waiting.outcome()).isEqualTo(Read.OK);
        assertThat(bid.value().version()).isEqualTo(writer.version());
    }

    @Test
    void aGroupEndsTheWaitWithAllItsMembers() throws Exception {
        var bidWriter = writers.writer(BID);
        var askWriter = writers.writer(ASK);
        var quote = readers.group(QUOTE, bid, readers.reader(ASK));
        try (var writer = writers.group(QUOTE, bidWriter, askWriter)) {
            write(bidWriter, 1);
            write(askWriter, 2);
            writer.publish();
            assertThat(quote.awaitNewer(0)).isEqualTo(Read.OK);
            var waiting = new Waiting<>(() -> quote.awaitNewer(FOR_EVER));
            waiting.awaitAsleep();
            write(bidWriter, 3);
            write(askWriter, 4);
            waiting.awaitAsleep();
            writer.publish();
            assertThat(waiting.outcome()).isEqualTo(Read.OK);
            assertThat(bid.value().payload().getLong(0)).isEqualTo(3);
            assertThat(quote.awaitNewer(0)).isEqualTo(Read.NONE_YET);
        }
    }

    @Test
    void whatWasReadIsNotNewAndWhatWasOnlyLookedUpIs() throws Exception {
        var writer = writers.writer(BID);
        write(writer, 1);
        write(writer, 2);
        assertThat(bid.readExactly(2)).isEqualTo(Read.OK);
        assertThat(bid.awaitNewer(0)).isEqualTo(Read.OK);
        assertThat(bid.awaitNewer(-1)).isEqualTo(Read.NONE_YET);
        assertThat(bid.readExactly(1)).isEqualTo(Read.OK);
        assertThat(bid.awaitNewer(Long.MIN_VALUE)).isEqualTo(Read.NONE_YET);
        assertThat(bid.value().version()).as("what was delivered stays").isEqualTo(1);
        write(writer, 3);
        assertThat(bid.read()).isEqualTo(Read.OK);
        assertThat(bid.awaitNewer(0)).isEqualTo(Read.NONE_YET);
        write(writer, 4);
        write(writer, 5);
        assertThat(bid.awaitNewer(0)).isEqualTo(Read.OK);
        assertThat(bid.skipped()).isEqualTo(1);
    }

    @Test
    void aWriteToAnotherSlotOfTheSameBellDoesNot() throws Exception {
        long other = LongStream.range(0, Long.MAX_VALUE).filter(key -> TableDescriptor.bell(key) == TableDescriptor.bell(BID.value()))
            .findFirst().orElseThrow();
        var waiting = new Waiting<>(() -> bid.awaitNewer(FOR_EVER));
        var neighbour = writers.writer(SlotKey.of(other));
        for (int i = 0; i < 3; i++) {
            waiting.awaitAsleep();
            write(neighbour, i);
        }
        waiting.awaitAsleep();
        write(writers.writer(BID), 7);
        assertThat(waiting.outcome()).isEqualTo(Read.OK);
    }

    @Test
    void theTimeIsUpNotBeforeItIs() throws Exception {
        long timeoutNs = TimeUnit.MILLISECONDS.toNanos(120); // more than a slice
        long start = System.nanoTime();
        assertThat(bid.awaitNewer(timeoutNs)).isEqualTo(Read.NONE_YET);
        write(writers.writer(BID), 1);
        assertThat(bid.awaitNewer(timeoutNs)).isEqualTo(Read.OK);
        assertThat(bid.awaitNewer(timeoutNs)).isEqualTo(Read.NONE_YET);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2 * timeoutNs);
    }

    @Test
    void anInterruptEndsTheWaitOfWhoMustWait() throws Exception {
        var waiting = new Waiting<>(() -> bid.awaitNewer(FOR_EVER));
        waiting.awaitAsleep();
        waiting.interrupt();
        assertThatThrownBy(waiting::outcome).isInstanceOf(InterruptedException.class);
        write(writers.writer(BID), 1);
        Thread.currentThread().interrupt();
        assertThat(bid.awaitNewer(FOR_EVER)).isEqualTo(Read.OK);
        assertThatThrownBy(() -> bid.awaitNewer(FOR_EVER)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void closingTheHandleEndsTheWaitOfItsThread() {
        var waiting = new Waiting<>(() -> bid.awaitNewer(FOR_EVER));
        waiting.awaitAsleep();
        readers.close();
        assertThatThrownBy(waiting::outcome).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
        assertThatThrownBy(bid::isReady).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aVirtualThreadWaitsToo() throws Exception {
        var task = new FutureTask<>(() -> bid.awaitNewer(FOR_EVER));
        Thread.ofVirtual().start(task);
        write(writers.writer(BID), 1);
        assertThat(task.get(20, TimeUnit.SECONDS)).isEqualTo(Read.OK);
    }

    @Test
    void eachDeathIsToldOnceAndItsSuccessorsValueEndsTheNextWait() throws Exception {
        for (int life = 1; life <= 3; life++) {
            var process = new FaultyProcess();
            var mortal = SlotTable.writer("table", attachment().through(process.seam()));
            var writer = mortal.writer(BID);
            if (life != 2) { // the second dies without a word
                write(writer, life);
                assertThat(bid.awaitNewer(FOR_EVER)).isEqualTo(Read.OK);
            }
            var waiting = new Waiting<>(() -> bid.awaitNewer(FOR_EVER));
            waiting.awaitAsleep();
            process.kill(mortal);
            assertThat(waiting.outcome()).as("life %d", life).isEqualTo(Read.WRITER_DEAD);
            assertThat(bid.awaitNewer(1)).isEqualTo(Read.NONE_YET);
            assertThat(bid.read()).as("who asks is told again").isEqualTo(Read.WRITER_DEAD);
        }
    }

    @Test
    void aWaitSetHandsOutWhatHasChangedAndADeathOnce() throws Exception {
        var set = new WaitSet<Waitable>();
        var all = new ArrayList<SlotReader>(List.of(bid, readers.reader(ASK)));
        for (int key = 0; key < 40; key++) {
            all.add(readers.reader(SlotKey.of(key)));
        }
        all.forEach(set::add);
        assertThat(set.next(1)).isNull();
        var waiting = new Waiting<>(() -> set.next(FOR_EVER));
        waiting.awaitAsleep();
        write(writers.writer(ASK), 1);
        assertThat(waiting.outcome()).isSameAs(all.get(1));
        assertThat(all.get(1).read()).isEqualTo(Read.OK);
        assertThat(set.next(1)).as("it was read").isNull();
        var process = new FaultyProcess();
        var mortal = SlotTable.writer("table", attachment().through(process.seam()));
        write(mortal.writer(BID), 1);
        assertThat(set.next(FOR_EVER)).isSameAs(bid);
        assertThat(bid.read()).isEqualTo(Read.OK);
        process.kill(mortal);
        assertThat(set.next(DAYS_NS)).isSameAs(bid);
        assertThat(bid.read()).isEqualTo(Read.WRITER_DEAD);
        assertThat(set.next(TimeUnit.MILLISECONDS.toNanos(20))).isNull();
        readers.close();
        assertThat(set.next(FOR_EVER)).as("closed").isNotNull();
    }

    private void write(SlotWriter writer, long value) {
        bytes.putLong(0, value);
        assertThat(writer.write(bytes, 0, Long.BYTES)).isPositive();
    }
}
