package dev.slipring.monitor;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Spinning;
import dev.slipring.frame.ConsumerPolicy;
import dev.slipring.frame.Delivery;
import dev.slipring.frame.FramePool;
import dev.slipring.frame.Lease;
import dev.slipring.frame.Loan;
import dev.slipring.frame.PixelFormat;
import dev.slipring.frame.PoolOptions;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Main class of another process that makes, or takes, what regions carry, and says what it did: then it stands still. */
final class Factory {
    static final int QUOTES = 100;
    static final int FRAMES = 5;
    private static final int LENGTH = 56;
    private static final PixelFormat GREY = PixelFormat.GREY;
    private static final int WIDTH = 32;

    private Factory() {
    }

    /** Arguments: directory, and "maker", who creates the regions, or "taker". Says "ready"; works when told to, and says what it saw. */
    public static void main(String[] arguments) throws Exception {
        var here = Attachment.standard().in(new RegionDirectory(Path.of(arguments[0]))).with(Spinning.NONE);
        var lines = new Scanner(System.in, StandardCharsets.UTF_8);
        if (arguments[1].equals("maker")) {
            make(here.as("the \"maker\""), lines);
        } else {
            take(here.as("taker"), lines);
        }
        while (lines.hasNextLine()) {
            lines.nextLine(); // until its parent ends
        }
    }

    private static void make(Attachment here, Scanner lines) {
        var directory = here.directory();
        SpscRing.create(directory, "orders", RingOptions.ofCapacity(4096).withParking());
        BroadcastRing.create(directory, "quotes", RingOptions.ofCapacity(4096).withParking());
        SlotTable.create(directory, "sensors", SlotOptions.ofPayload(LENGTH).slots(4));
        FramePool.create(directory, "camera", PoolOptions.of(4, GREY.size(WIDTH, WIDTH)));
        var orders = SpscRing.producer("orders", here);
        var quotes = BroadcastRing.producer("quotes", here);
        var camera = FramePool.producer("camera", here);
        var gyro = SlotTable.writer("sensors", here).writer(SlotKey.of("gyro"));
        var message = new UnsafeBuffer(new byte[LENGTH]);
        System.out.println("ready");
        lines.nextLine();
        long sent = 0;
        while (orders.offer(1, message, 0, LENGTH) > 0) {
            sent++;
        }
        if (orders.offer(1, message, 0, LENGTH) != RingProducer.FULL) {
            throw new AssertionError("there was room");
        }
        for (int i = 0; i < QUOTES; i++) {
            quotes.offer(1, message, 0, LENGTH);
        }
        gyro.write(message, 0, LENGTH);
        gyro.write(message, 0, LENGTH);
        var loan = new Loan();
        for (int i = 0; i < FRAMES; i++) {
            if (camera.tryLoan(GREY.size(WIDTH, WIDTH), loan)) {
                loan.publish();
            }
        }
        System.out.println(sent);
        System.out.println(orders.position());
        System.out.println(quotes.position());
    }

    private static void take(Attachment here, Scanner lines) throws InterruptedException {
        var orders = SpscRing.consumer("orders", here, ConsumerOptions.STANDARD);
        var quotes = BroadcastRing.parkingReader("quotes", here, JoinAt.latest());
        var camera = FramePool.consumer("camera", here, ConsumerPolicy.latest());
        System.out.println("ready");
        lines.nextLine();
        var told = new Losses();
        int delivered;
        do {
            delivered = quotes.poll(told, QUOTES);
        } while (delivered > 0);
        int taken = orders.poll((type, buffer, offset, length) -> { }, 2);
        var lease = new Lease();
        if (taken != 2 || camera.next(lease) != Delivery.FRAME) {
            throw new AssertionError("nothing was there");
        }
        lease.close();
        if (quotes.poll(told, 1, TimeUnit.MILLISECONDS.toNanos(5)) != RingConsumer.EMPTY) {
            throw new AssertionError("there was something");
        }
        System.out.println(told.gaps);
        System.out.println(told.lost);
        System.out.println(camera.dropped());
    }

    private static final class Losses implements BroadcastHandler {
        private int gaps;
        private long lost;

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            // only what is missing matters
        }

        @Override
        public void onGap(long first, long last) {
            gaps++;
            lost += last - first + 1;
        }
    }
}
