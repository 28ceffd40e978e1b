package dev.slipring.examples.trading;

import dev.slipring.codec.TradingSchema;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Schema;
import dev.slipring.examples.demo.DemoDirectory;
import dev.slipring.examples.demo.Idle;
import dev.slipring.examples.demo.MeetingPlace;
import dev.slipring.ring.BroadcastReader;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.JoinAt;
import dev.slipring.transport.Publication;
import dev.slipring.transport.Subscription;
import dev.slipring.transport.Transport;
import dev.slipring.transport.TransportOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the processes meet: a directory of their own, with the rings of both passes in it, and perhaps Aeron's media driver.
 *
 * <p>Threads: one attaches; any may {@link #leave()}.
 */
final class Meeting implements MeetingPlace {
    private static final Schema SCHEMA =
        new Schema(TradingSchema.ID, TradingSchema.VERSION, TradingSchema.MIN_READER_VERSION);

    private static final long RETRY_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final boolean busySpin;
    private final Addresses addresses;
    private final TransportOptions options;
    private final Transport transport;
    private final List<Publication> publications = new ArrayList<>();
    private final List<BroadcastReader> readers = new ArrayList<>();
    private boolean left;

    /** The flows between the processes. */
    enum Flow {
        /** Both feed handlers to strategy: each trade twice. */
        TRADES,
        /** Strategy to gateway: each trade again, and behind it the order that it triggered. */
        ORDERS,
        /** Gateway to strategy. */
        REPORTS,
        /** Gateway to whom it may concern: the same reports again. */
        EXECUTIONS
    }

    /** The same thing is done twice. */
    enum Pass {
        /** For the JIT compiler; its results are thrown away. */
        WARM_UP,
        /** The one that counts. */
        MEASURED
    }

    /**
     * Opens nothing yet.
     *
     * @param participant what this process calls itself
     * @param busySpin    whether it spins, instead of sleeping, while it waits
     */
    Meeting(Path directory, String uri, String participant, boolean busySpin) {
        this.busySpin = busySpin;
        addresses = new Addresses(uri);
        options = TransportOptions.standard().in(new RegionDirectory(directory)).with(SCHEMA).with(Idle.spinning(busySpin))
            .as(participant);
        transport = Transport.open(options);
    }

    /** Throws {@link IllegalArgumentException} for what is no transport's URI. */
    static void requireTransport(String uri) {
        try (var transport = Transport.open()) {
            new Addresses(uri).all().forEach(transport::capabilities);
        }
    }

    /** Makes the rings; or hosts the media driver for as long as this process lives, which no process of the pipeline outlives. */
    void provide() {
        addresses.all().forEach(transport::provide);
    }

    @Override
    public Path path() {
        return options.directory().path();
    }

    boolean busySpin() {
        return busySpin;
    }

    Publication publication(Pass pass, Flow flow) {
        var publication = transport.publication(addresses.of(pass, flow));
        publications.add(publication);
        return publication;
    }

    Subscription subscription(Pass pass, Flow flow) {
        return transport.subscription(addresses.of(pass, flow));
    }

    /** A reader for whom nobody waits, from the first execution on. */
    synchronized BroadcastReader executionsReader(Pass pass) {
        if (left) {
            throw new IllegalStateException("has left already");
        }
        var attachment = Attachment.standard().in(options.directory()).with(SCHEMA).with(options.spinning()).as(options.participant());
        var reader = BroadcastRing.parkingReader(Addresses.ringName(pass, Flow.EXECUTIONS), attachment, JoinAt.sequence(0));
        readers.add(reader);
        return reader;
    }

    /** Returns when everybody reads to whom this process writes: not every transport keeps what is sent before. */
    void awaitPeers() {
        while (!publications.stream().allMatch(Publication::isConnected)) {
            LockSupport.parkNanos(RETRY_NS); // rare: nobody is woken for it
        }
    }

    @Override
    public synchronized void leave() {
        left = true;
        transport.close();
        readers.forEach(BroadcastReader::close);
    }

    @Override
    public boolean removeIfUnused() {
        try (var remover = Transport.open(options)) {
            addresses.all().forEach(remover::remove);
        }
        return DemoDirectory.removeIfEmpty(path());
    }
}
