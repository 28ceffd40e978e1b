package dev.slipring.cli;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Schema;
import dev.slipring.core.Sharing;
import dev.slipring.frame.ConsumerPolicy;
import dev.slipring.frame.Delivery;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.Lease;
import dev.slipring.frame.Loan;
import dev.slipring.frame.PixelFormat;
import dev.slipring.frame.PoolOptions;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.agrona.concurrent.UnsafeBuffer;

/** Main class of another process that takes part in regions: one of each kind, whose names begin with its own. */
final class Town {
    static final Schema SCHEMA = new Schema(7, 3, 1);
    static final int MESSAGES = 10;
    private static final int LENGTH = 56;

    private static final List<AutoCloseable> HELD = new ArrayList<>();

    private Town() {
    }

    /** Arguments: directory, prefix of the names, sharing. Creates, takes part, says "ready"; "close" leaves in order. */
    public static void main(String[] arguments) throws Exception {
        var directory = new RegionDirectory(Path.of(arguments[0]));
        var sharing = Sharing.valueOf(arguments[2]);
        create(directory, arguments[1], sharing);
        takePart(Attachment.standard().in(directory).as("town"), arguments[1]);
        System.out.println("ready");
        var lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            if (lines.nextLine().equals("close")) {
                for (var each : HELD.reversed()) {
                    each.close();
                }
                System.out.println("closed");
            }
        }
    }

    private static void create(RegionDirectory directory, String prefix, Sharing sharing) {
        SpscRing.create(directory, prefix + "spsc", RingOptions.ofCapacity(1 << 16).with(SCHEMA).with(sharing));
        MpscRing.create(directory, prefix + "mpsc", RingOptions.ofCapacity(1 << 16).with(sharing));
        BroadcastRing.create(directory, prefix + "broadcast", RingOptions.ofCapacity(1 << 16).with(sharing));
        SlotTable.create(directory, prefix + "slots", SlotOptions.ofPayload(LENGTH).slots(4).with(sharing));
        FramePool.create(directory, prefix + "frames", PoolOptions.of(4, PixelFormat.GREY.size(32, 32)).with(sharing));
    }

    private static void takePart(Attachment here, String prefix) {
        var message = new UnsafeBuffer(new byte[LENGTH]);
        var spsc = hold(SpscRing.producer(prefix + "spsc", here.with(SCHEMA)));
        hold(SpscRing.consumer(prefix + "spsc", here.with(SCHEMA), ConsumerOptions.STANDARD));
        var mpsc = hold(MpscRing.producer(prefix + "mpsc", here.as("first")));
        hold(MpscRing.producer(prefix + "mpsc", here.as("second")));
        var broadcast = hold(BroadcastRing.producer(prefix + "broadcast", here));
        hold(BroadcastRing.subscriber(prefix + "broadcast", here.as("gated"), JoinAt.latest()));
        for (var ring : List.of(spsc, mpsc, broadcast)) {
            send(ring, message);
        }
        var writer = hold(SlotTable.writer(prefix + "slots", here));
        var slot = writer.writer(SlotKey.of("gyro"));
        slot.write(message, 0, LENGTH);
        slot.write(message, 0, LENGTH);
        var frames = hold(FramePool.producer(prefix + "frames", here));
        var viewer = hold(FramePool.consumer(prefix + "frames", here.as("viewer"), ConsumerPolicy.latest()));
        var loan = new Loan();
        var lease = new Lease();
        if (!frames.tryLoan(PixelFormat.GREY.size(32, 32), loan)) {
            throw new AssertionError("no frame");
        }
        loan.publish();
        if (viewer.next(lease) != Delivery.FRAME) {
            throw new AssertionError("no frame came");
        }
    }

    private static void send(RingProducer ring, UnsafeBuffer message) {
        for (int i = 0; i < MESSAGES; i++) {
            if (ring.offer(1, message, 0, LENGTH) < 0) {
                throw new AssertionError("no room for message " + i);
            }
        }
    }

    private static <T extends AutoCloseable> T hold(T side) {
        HELD.add(side);
        return side;
    }
}
