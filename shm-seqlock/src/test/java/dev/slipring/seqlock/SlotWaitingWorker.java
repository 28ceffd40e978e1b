package dev.slipring.seqlock;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Spinning;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.PingPong;
import java.nio.file.Path;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/** One of two that wait for each other's values in the table "table", in a process of its own. */
final class SlotWaitingWorker {
    private static final IdleStrategy YIELD = new YieldingIdleStrategy();

    private SlotWaitingWorker() {
    }

    /** Arguments: ping or pong, directory, seed; for ping most rounds and seconds. */
    public static void main(String[] arguments) throws InterruptedException {
        Thread.ofPlatform().daemon().start(() -> {
            JavaProcess.awaitParent();
            Runtime.getRuntime().halt(1);
        });
        PingPong.sleepLong();
        boolean first = arguments[0].equals("ping");
        var attachment = Attachment.standard().in(new RegionDirectory(Path.of(arguments[1]))).with(Spinning.NONE);
        long seed = Long.parseLong(arguments[2]);
        try (var writers = SlotTable.writer("table", attachment); var readers = SlotTable.subscriber("table", attachment)) {
            var mine = writers.writer(SlotKey.of(arguments[0]));
            var theirs = readers.reader(SlotKey.of(first ? "pong" : "ping"));
            System.out.println("attached");
            var side = new SlotSide(mine, theirs, new UnsafeBuffer(new byte[Long.BYTES]));
            if (first) {
                System.out.println(PingPong.first(side, seed, Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4])));
                side.leave();
            } else {
                System.out.println(PingPong.second(side, seed));
            }
        }
    }

    private record SlotSide(SlotWriter mine, SlotReader theirs, UnsafeBuffer bytes) implements PingPong.Side {
        @Override
        public void send() {
            mine.write(bytes, 0, Long.BYTES);
        }

        /** An empty value is the last. */
        void leave() {
            mine.write(bytes, 0, 0);
        }

        @Override
        public boolean receive(boolean asleep) throws InterruptedException {
            var outcome = theirs.awaitNewer(asleep ? Long.MAX_VALUE : 0);
            while (!asleep && outcome == Read.NONE_YET) {
                YIELD.idle();
                outcome = theirs.awaitNewer(0);
            }
            if (outcome != Read.OK || theirs.skipped() > 0) {
                throw new AssertionError("it ended with " + outcome + ", skipped " + theirs.skipped());
            }
            return theirs.value().payload().capacity() > 0;
        }
    }
}
