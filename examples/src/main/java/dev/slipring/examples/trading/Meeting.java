package dev.slipring.examples.trading;

import dev.slipring.codec.TradingSchema;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Schema;
import dev.slipring.examples.demo.DemoDirectory;
import dev.slipring.examples.demo.Idle;
import dev.slipring.transport.Publication;
import dev.slipring.transport.Subscription;
import dev.slipring.transport.Transport;
import dev.slipring.transport.TransportOptions;
import dev.slipring.transport.TransportUri;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the three processes meet: a directory of their own, with the rings of both passes in it, or Aeron's media driver.
 *
 * <p>Threads: one attaches; any may {@link #leave()}.
 */
final class Meeting {
    private static final Schema SCHEMA =
        new Schema(TradingSchema.ID, TradingSchema.VERSION, TradingSchema.MIN_READER_VERSION);
    private static final int FIRST_STREAM = 1001;

    private final TransportUri uri;
    private final TransportOptions options;
    private final Transport transport;
    private final List<Publication> publications = new ArrayList<>();

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

        /** A ring is told from others by its name, a stream of Aeron by its number. */
        private String address(Flow flow, TransportUri uri) {
            int number = ordinal() * Flow.values().length + flow.ordinal();
            return (uri.isAeron() ? uri.with("stream-id", Integer.toString(FIRST_STREAM + number))
                : uri.with("name", (this == WARM_UP ? "warm-up-" : "") + flow.name().toLowerCase(Locale.ROOT))).toString();
        }
    }

    /**
     * Opens nothing yet.
     *
     * @param participant what this process calls itself
     */
    Meeting(Path directory, String uri, String participant) {
        this.uri = TransportUri.parse(uri);
        options = TransportOptions.standard().in(new RegionDirectory(directory)).with(SCHEMA).as(participant);
        transport = Transport.open(options);
    }

    /** Makes the directory. */
    static Meeting create(String uri) throws IOException {
        return new Meeting(DemoDirectory.create(), uri, "coordinator");
    }

    /** Throws {@link IllegalArgumentException} for what is no transport's URI. */
    static void requireTransport(String uri) {
        try (var transport = Transport.open()) {
            addresses(TransportUri.parse(uri)).forEach(transport::capabilities);
        }
    }

    /** Makes the rings; or hosts the media driver for as long as this process lives, which no process of the pipeline outlives. */
    void provide() {
        addresses(uri).forEach(transport::provide);
    }

    Path path() {
        return options.directory().path();
    }

    Publication publication(Pass pass, Flow flow) {
        var publication = transport.publication(pass.address(flow, uri));
        publications.add(publication);
        return publication;
    }

    Subscription subscription(Pass pass, Flow flow) {
        return transport.subscription(pass.address(flow, uri));
    }

    /** Returns when everybody reads to whom this process writes: not every transport keeps what is sent before. */
    void awaitPeers() {
        var idle = Idle.strategy();
        while (!publications.stream().allMatch(Publication::isConnected)) {
            idle.idle();
        }
    }

    /** Closes what was opened through this object. */
    void leave() {
        transport.close();
    }

    /** Leaves, and removes what nobody else has open. */
    void leaveAsTheLast() {
        leave();
        removeIfUnused();
    }

    /**
     * Removes what nobody has open, and the directory when nothing is left. Whoever leaves last and calls this removes all.
     *
     * @return whether nothing is left
     */
    boolean removeIfUnused() {
        try (var remover = Transport.open(options)) {
            addresses(uri).forEach(remover::remove);
        }
        return DemoDirectory.removeIfEmpty(path());
    }

    private static List<String> addresses(TransportUri uri) {
        return Arrays.stream(Pass.values()).flatMap(pass -> Arrays.stream(Flow.values()).map(flow -> pass.address(flow, uri))).toList();
    }
}
