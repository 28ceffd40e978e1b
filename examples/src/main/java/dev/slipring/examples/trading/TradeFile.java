package dev.slipring.examples.trading;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The input: real trades of the Bitstamp exchange, 25 November to 1 December 2013, bitcoin against US dollar. Build: pom.xml. */
final class TradeFile {
    private static final String RESOURCE = "/bitstamp_trades_from_20131125_usd.csv";
    private static final String HEADER = "timestamp,price,amount";

    private TradeFile() {
    }

    /** The lines behind the header, in the order of the file. */
    static List<String> lines(int limit) {
        var stream = TradeFile.class.getResourceAsStream(RESOURCE);
        if (stream == null) {
            throw new IllegalStateException("no " + RESOURCE + " on the class path: build with mvn package, which unpacks it");
        }
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
            var header = reader.readLine();
            if (!HEADER.equals(header)) {
                throw new IllegalStateException(RESOURCE + ": expected the header " + HEADER + ", found " + header);
            }
            return reader.lines().limit(limit).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** The same lines in the units of the flow. */
    static List<MarketTrade> trades(int limit) {
        return lines(limit).stream().map(MarketTrade::parse).toList();
    }
}
