package dev.slipring.examples.interop;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;

/** A Java process that writes to one region of each kind, and is then killed. */
final class JavaPeer {
    static final int MESSAGES = 20;
    static final int TYPE = 1;

    private JavaPeer() {
    }

    /** Creates the three regions, and starts a process that has written to them. */
    static JavaProcess start(RegionDirectory directory) {
        SpscRing.create(directory, "spsc", RingOptions.ofCapacity(1 << 16));
        BroadcastRing.create(directory, "broadcast", RingOptions.ofCapacity(1 << 16));
        SlotTable.create(directory, "table", SlotOptions.ofPayload(64));
        var peer = JavaProcess.start(JavaPeer.class, directory.path().toString());
        peer.awaitLine("ready");
        return peer;
    }

    /** Argument: the directory. */
    public static void main(String[] arguments) {
        var attachment = Attachment.standard().in(new RegionDirectory(Path.of(arguments[0]))).as("java peer");
        try (var ring = SpscRing.producer("spsc", attachment); var broadcast = BroadcastRing.producer("broadcast", attachment);
            var table = SlotTable.writer("table", attachment)) {
            IntStream.range(0, MESSAGES).forEach(each -> {
                send(ring, text(each));
                send(broadcast, text(each));
            });
            var value = bytes("from java");
            table.writer(SlotKey.of("position")).write(value, 0, value.capacity());
            System.out.println("ready");
            JavaProcess.awaitParent();
        }
    }

    /** Message n: of a length that makes records of every kind, and of a content that says which one it is. */
    static String text(int number) {
        return "message " + number + " " + "x".repeat(number * 37 % 400);
    }

    static UnsafeBuffer bytes(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    /** False when there is no room. */
    static boolean send(RingProducer producer, String text) {
        var message = bytes(text);
        return producer.offer(TYPE, message, 0, message.capacity()) >= 0;
    }
}
