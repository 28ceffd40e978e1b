import dev.slipring.core.RegionExists;
import dev.slipring.ring.Claim;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SeqlockSlot;
import dev.slipring.seqlock.SlotOptions;

/** Sends prices through a ring, where each counts, and shows the newest in a slot. Argument: produce, consume or look. */
public class Prices {
    public static void main(String[] arguments) throws InterruptedException {
        switch (arguments[0]) {
            case "produce" -> produce();
            case "consume" -> consume();
            case "look" -> look();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    static void produce() throws InterruptedException {
        try {
            SpscRing.create("quick-prices", RingOptions.ofCapacity(1 << 16).withParking());
            SeqlockSlot.create("quick-newest", SlotOptions.ofPayload(8));
        } catch (RegionExists e) {
            System.out.println("going on where the last one stopped"); // the files are the state
        }
        try (var ring = SpscRing.producer("quick-prices"); var newest = SeqlockSlot.writer("quick-newest")) {
            var claim = new Claim();
            for (int i = 0; i < 10; i++) {
                long price = 100 + ring.sequence();
                if (ring.tryClaim(1, Long.BYTES, claim, Long.MAX_VALUE) < 0) { // waits for room
                    throw new IllegalStateException("nobody reads");
                }
                try (claim; var update = newest.begin()) {
                    claim.buffer().putLong(0, price);
                    claim.commit();
                    update.buffer().putLong(0, price);
                    update.publish(Long.BYTES);
                }
            }
            System.out.println("sent " + ring.sequence() + " prices");
        }
    }

    static void consume() throws InterruptedException {
        MessageHandler handler = (type, buffer, offset, length) -> System.out.println("price " + buffer.getLong(offset));
        try (var ring = SpscRing.consumer("quick-prices")) {
            int outcome;
            do {
                outcome = ring.receive(handler, 100);                          // sleeps until there is something
            } while (outcome > 0);
            System.out.println(outcome == RingConsumer.CLOSED ? "the producer has left" : "the producer has died");
        }
    }

    static void look() {
        try (var newest = SeqlockSlot.reader("quick-newest")) {
            var read = newest.read();
            System.out.println(read + " version " + newest.value().version() + " price " + newest.value().payload().getLong(0));
        }
    }
}
