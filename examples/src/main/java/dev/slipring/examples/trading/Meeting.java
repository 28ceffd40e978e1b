package dev.slipring.examples.trading;

import dev.slipring.codec.TradingSchema;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionNotFound;
import dev.slipring.core.RoleTaken;
import dev.slipring.core.Schema;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where the three processes meet: a directory of their own, with the rings of both passes in it.
 *
 * <p>Threads: one attaches; any may {@link #leave()}.
 */
final class Meeting {
    private static final int CAPACITY = 1 << 20; // 8,192 trades
    private static final Schema SCHEMA =
        new Schema(TradingSchema.ID, TradingSchema.VERSION, TradingSchema.MIN_READER_VERSION);

    private final RegionDirectory directory;
    private final List<AutoCloseable> attached = new CopyOnWriteArrayList<>();

    /** The flows between the processes. */
    enum Flow {
        /** Feed handler to strategy. */
        TRADES,
        /** Strategy to gateway: each trade again, and behind it the order that it triggered. */
        ORDERS,
        /** Gateway to strategy. */
        REPORTS
    }

    /** The same thing is done twice. */
    enum Pass {
        /** For the JIT compiler; its results are thrown away. */
        WARM_UP,
        /** The one that counts. */
        MEASURED;

        String ring(Flow flow) {
            return (this == WARM_UP ? "warm-up-" : "") + flow.name().toLowerCase(Locale.ROOT);
        }
    }

    Meeting(Path directory) {
        this.directory = new RegionDirectory(directory);
    }

    /** Makes the directory (mode 0700, a name that nobody else has) beside the standard one, or within the one that was chosen. */
    static Meeting create() throws IOException {
        var standard = RegionDirectory.standard().path();
        String chosen = System.getProperty("slipring.dir", System.getenv("SLIPRING_DIR"));
        var parent = chosen == null || chosen.isEmpty() ? Path.of("/dev/shm") : standard;
        return new Meeting(Files.createTempDirectory(parent, standard.getFileName() + "-demo-"));
    }

    void createRings() {
        var options = RingOptions.ofCapacity(CAPACITY).with(SCHEMA);
        names().forEach(name -> SpscRing.create(directory, name, options));
    }

    Path path() {
        return directory.path();
    }

    RingProducer producer(Pass pass, Flow flow, String participant) {
        return opened(SpscRing.producer(pass.ring(flow), attachment(participant)));
    }

    RingConsumer consumer(Pass pass, Flow flow, String participant) {
        return opened(SpscRing.consumer(pass.ring(flow), attachment(participant), ConsumerOptions.STANDARD));
    }

    /** Closes what was opened through this object. */
    void leave() {
        for (var handle : attached) {
            try {
                handle.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot leave " + path(), e); // rings close without exceptions
            }
        }
    }

    /**
     * Removes the rings that nobody has open, and the directory when none is left. Whoever leaves last and calls this removes all.
     *
     * @return whether nothing is left
     */
    boolean removeIfUnused() {
        for (String name : names()) {
            try {
                SpscRing.remove(directory, name);
            } catch (RegionNotFound | RoleTaken e) {
                // gone already, or to be removed by who has it open
            }
        }
        try {
            Files.deleteIfExists(path());
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path(), e);
        }
    }

    private static List<String> names() {
        return Arrays.stream(Pass.values()).flatMap(pass -> Arrays.stream(Flow.values()).map(pass::ring)).toList();
    }

    private Attachment attachment(String participant) {
        return Attachment.standard().in(directory).with(SCHEMA).as(participant);
    }

    private <T extends AutoCloseable> T opened(T handle) {
        attached.add(handle);
        return handle;
    }
}
