package dev.slipring.cli;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;

/**
 * Main class of another process that sends trades: each to the broadcast ring {@code trades}, the SPSC ring {@code orders} while it has
 * room, and the slot {@code last} of the table {@code book}.
 */
final class Source {
    private static final int REPORT = 1000;

    private Source() {
    }

    /** Argument: directory. Says "ready"; sends as many as each line of input says, and says "sent" with the total; "flow": for ever. */
    public static void main(String[] arguments) {
        var directory = new RegionDirectory(Path.of(arguments[0]));
        var options = RingOptions.ofCapacity(1 << 16).with(Trades.SCHEMA);
        BroadcastRing.create(directory, "trades", options);
        SpscRing.create(directory, "orders", options);
        SlotTable.create(directory, "book", SlotOptions.ofPayload(256).with(Trades.SCHEMA));
        var attachment = Attachment.standard().in(directory).with(Trades.SCHEMA).as("source");
        try (var trades = BroadcastRing.producer("trades", attachment); var orders = SpscRing.producer("orders", attachment);
            var book = SlotTable.writer("book", attachment)) {
            var last = book.writer(SlotKey.of("last"));
            System.out.println("ready");
            var lines = new Scanner(System.in, StandardCharsets.UTF_8);
            for (long sent = 0; lines.hasNextLine();) {
                String line = lines.nextLine();
                long end = line.equals("flow") ? Long.MAX_VALUE : sent + Long.parseLong(line);
                for (; sent < end; sent++) {
                    var trade = Trades.trade(sent);
                    orders.offer(1, trade, 0, trade.capacity());
                    last.write(trade, 0, trade.capacity());
                    trades.offer(1, trade, 0, trade.capacity());
                    if ((sent + 1) % REPORT == 0) {
                        System.out.println("sent " + (sent + 1));
                    }
                }
                System.out.println("sent " + sent);
            }
        }
    }
}
