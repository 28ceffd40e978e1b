package dev.slipring.examples.trading;

import dev.slipring.transport.TransportUri;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * Where each flow goes. Who waits for a ring sleeps, unless the URI says otherwise.
 * A ring is told from others by its name, a stream of Aeron by its number. Two flows need what not every ring is:
 * trades come from two feed handlers, and executions go to somebody for whom nobody waits, which no stream of Aeron offers.
 */
final class Addresses {
    /** Holds some 700 executions: so few that a slow recorder loses some. */
    private static final String EXECUTIONS = "shm:broadcast?capacity=128k&parking=true";
    private static final String MANY_FEEDS = "shm:mpsc";
    private static final String PARKING = "parking";
    private static final String SPSC_ONLY = "alignment";
    private static final int FIRST_STREAM = 1001;

    private final TransportUri uri;

    Addresses(String uri) {
        var given = TransportUri.parse(uri);
        this.uri = given.isAeron() || given.parameters().containsKey(PARKING) ? given : given.with(PARKING, "true");
    }

    String of(Meeting.Pass pass, Meeting.Flow flow) {
        var carrier = carrier(flow);
        int number = pass.ordinal() * Meeting.Flow.values().length + flow.ordinal();
        return (carrier.isAeron() ? carrier.with("stream-id", Integer.toString(FIRST_STREAM + number))
            : carrier.with("name", ringName(pass, flow))).toString();
    }

    /** Of all flows in both passes. */
    List<String> all() {
        return Arrays.stream(Meeting.Pass.values())
            .flatMap(pass -> Arrays.stream(Meeting.Flow.values()).map(flow -> of(pass, flow))).toList();
    }

    static String ringName(Meeting.Pass pass, Meeting.Flow flow) {
        return (pass == Meeting.Pass.WARM_UP ? "warm-up-" : "") + flow.name().toLowerCase(Locale.ROOT);
    }

    private TransportUri carrier(Meeting.Flow flow) {
        return switch (flow) {
            case TRADES -> uri.isAeron() ? uri : manyFeeds();
            case ORDERS, REPORTS -> uri;
            case EXECUTIONS -> TransportUri.parse(EXECUTIONS);
        };
    }

    private TransportUri manyFeeds() {
        var parameters = new LinkedHashMap<>(uri.parameters());
        parameters.remove(SPSC_ONLY);
        return new TransportUri(MANY_FEEDS, parameters);
    }
}
