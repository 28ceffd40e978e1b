package dev.slipring.examples.fusion;

import dev.slipring.core.Attachment;
import dev.slipring.core.Region;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionNotFound;
import dev.slipring.core.RoleTaken;
import dev.slipring.examples.demo.DemoDirectory;
import dev.slipring.examples.demo.Idle;
import dev.slipring.examples.demo.MeetingPlace;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.seqlock.SeqlockSlot;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotReader;
import dev.slipring.seqlock.SlotTable;
import dev.slipring.seqlock.SlotWriter;
import dev.slipring.seqlock.TableReader;
import dev.slipring.seqlock.TableWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Where the six processes meet: a directory with a table of slots for the sensors, the slots of calibration and state, two rings, and the
 * logger's file.
 *
 * <p>Threads: one attaches; any may {@link #leave()}.
 */
final class Rig implements MeetingPlace {
    private static final String SENSORS = "sensors";
    private static final String CALIBRATION = "calibration";
    private static final String STATE = "state";
    private static final String SAMPLES = "samples";
    private static final String LOG = "log";
    private static final List<String> REGIONS = List.of(SENSORS, CALIBRATION, STATE, SAMPLES, LOG);
    private static final String LOG_FILE = "used.log";

    /** With the cell's own 56 bytes, one and a half cache lines of 64, so cells lie 128 apart. */
    private static final int PAYLOAD = 64;
    private static final int SLOTS = 3;
    /** Holds all calibrations of a run, however late somebody asks for his. */
    private static final int CALIBRATION_CELLS = 64;
    /** Holds all that a run sends to the fusion process, should that be held up. */
    private static final int RING_CAPACITY = 1 << 20;

    private final Path path;
    private final boolean busySpin;
    private final RegionDirectory directory;
    private final Attachment attachment;
    private final ConcurrentLinkedDeque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

    /**
     * Opens nothing yet.
     *
     * @param participant what this process calls itself
     * @param busySpin    whether it spins, instead of sleeping, while it waits
     */
    Rig(Path path, String participant, boolean busySpin) {
        this.path = path;
        this.busySpin = busySpin;
        directory = new RegionDirectory(path);
        attachment = Attachment.standard().in(directory).as(participant).with(Idle.spinning(busySpin));
    }

    static SlotOptions tableOptions(int cells) {
        return SlotOptions.ofPayload(PAYLOAD).cells(cells).slots(SLOTS);
    }

    /** Makes all that is in it. */
    void provide(int cells) {
        SlotTable.create(directory, SENSORS, tableOptions(cells));
        SeqlockSlot.create(directory, CALIBRATION, SlotOptions.ofPayload(Calibration.LENGTH).cells(CALIBRATION_CELLS));
        SeqlockSlot.create(directory, STATE, SlotOptions.ofPayload(Fusion.STATE_LENGTH));
        MpscRing.create(directory, SAMPLES, RingOptions.ofCapacity(RING_CAPACITY).withParking());
        MpscRing.create(directory, LOG, RingOptions.ofCapacity(RING_CAPACITY).withParking());
    }

    boolean busySpin() {
        return busySpin;
    }

    @Override
    public Path path() {
        return path;
    }

    Path logFile() {
        return path.resolve(LOG_FILE);
    }

    TableWriter tableWriter() {
        return opened(SlotTable.writer(SENSORS, attachment));
    }

    TableReader tableReader() {
        return opened(SlotTable.reader(SENSORS, attachment));
    }

    SlotWriter calibrationWriter() {
        return opened(SeqlockSlot.writer(CALIBRATION, attachment));
    }

    SlotReader calibrationReader() {
        return opened(SeqlockSlot.reader(CALIBRATION, attachment));
    }

    SlotWriter stateWriter() {
        return opened(SeqlockSlot.writer(STATE, attachment));
    }

    SlotReader stateReader() {
        return opened(SeqlockSlot.reader(STATE, attachment));
    }

    Sender samples() {
        return new Sender(opened(MpscRing.producer(SAMPLES, attachment)), "fusion process");
    }

    RingConsumer sampleConsumer() {
        return opened(MpscRing.consumer(SAMPLES, attachment, ConsumerOptions.STANDARD));
    }

    Sender log() {
        return new Sender(opened(MpscRing.producer(LOG, attachment)), "logger");
    }

    RingConsumer logConsumer() {
        return opened(MpscRing.consumer(LOG, attachment, ConsumerOptions.STANDARD));
    }

    @Override
    public void leave() {
        for (var each = open.poll(); each != null; each = open.poll()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot leave", e);
            }
        }
    }

    @Override
    public boolean removeIfUnused() {
        REGIONS.forEach(this::remove);
        if (REGIONS.stream().anyMatch(region -> Files.exists(path.resolve(region)))) {
            return false;
        }
        try {
            Files.deleteIfExists(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + logFile(), e);
        }
        return DemoDirectory.removeIfEmpty(path);
    }

    /** Leaves it to others that have it open, or are just removing it: they will look at what is left after this process did. */
    private void remove(String region) {
        try {
            Region.remove(directory, region);
        } catch (RegionNotFound | RoleTaken e) {
            return; // is gone, or will be
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.push(one);
        return one;
    }
}
