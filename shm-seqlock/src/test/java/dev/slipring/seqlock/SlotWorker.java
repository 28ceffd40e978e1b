package dev.slipring.seqlock;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A writer or a reader of the table "table" in a process of its own, checking everything it can see. It says {@code attached}, and at the
 * end its counts; what is wrong ends it with a stack trace. Writers write until their input ends.
 */
final class SlotWorker {
    static final SlotKey VALUE = SlotKey.of("value");
    static final SlotKey LEFT = SlotKey.of("left");
    static final SlotKey RIGHT = SlotKey.of("right");
    static final SlotKey BOTH = SlotKey.of("both");

    private final Attachment attachment;
    private volatile boolean asked;

    private SlotWorker(Path directory) {
        attachment = Attachment.standard().in(new RegionDirectory(directory)).as("worker");
    }

    /** Arguments: role, directory, then a number: the writer's or holder's longest value, the reader's reads, the group's seed. */
    public static void main(String[] arguments) {
        var worker = new SlotWorker(Path.of(arguments[1]));
        long number = Long.parseLong(arguments[2]);
        switch (arguments[0]) {
            case "writer" -> worker.write((int) number);
            case "reader" -> worker.read(number);
            case "group" -> worker.writeGroup(number);
            case "holder" -> worker.holdShared((int) number);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private void write(int length) {
        endWithInput();
        try (var table = SlotTable.writer("table", attachment)) {
            var writer = table.writer(VALUE);
            System.out.println("attached");
            while (!asked) {
                long next = writer.version() + 1;
                try (var update = writer.begin()) {
                    Pattern.write(next, update.buffer(), length);
                    update.sourceTime(next).publish(length);
                }
            }
        }
    }

    /** At each line of the input, goes on: says {@code half} in the middle of a shared write, and then which version it has published. */
    private void holdShared(int length) {
        try (var table = SlotTable.writer("table", attachment); var input = new Scanner(System.in, StandardCharsets.UTF_8)) {
            var writer = table.sharedWriter(VALUE);
            System.out.println("attached");
            while (input.hasNextLine()) {
                input.nextLine();
                try (var update = writer.begin()) {
                    require(update.isOpen(), "another writer has the slot");
                    long next = writer.version() + 1;
                    Pattern.write(next, update.buffer(), length / 2);
                    System.out.println("half");
                    input.nextLine();
                    Pattern.write(next, update.buffer(), length);
                    System.out.println("published " + update.sourceTime(next).publish(length));
                }
            }
        }
    }

    private void read(long reads) {
        try (var table = SlotTable.reader("table", attachment)) {
            var reader = table.reader(VALUE);
            System.out.println("attached");
            long delivered = 0;
            long busy = 0;
            long last = 0;
            while (delivered < reads) {
                if (reader.read() == Read.OK) {
                    var value = reader.value();
                    if (value.version() != last) {
                        require(value.version() > last && value.version() == value.sourceTime(), "version " + value.version() + " after "
                            + last + " with source time " + value.sourceTime());
                        require(last == 0 || reader.skipped() == value.version() - last - 1, "skipped " + reader.skipped());
                        Pattern.require(value.version(), value.payload());
                        last = value.version();
                        delivered++;
                    }
                } else {
                    busy++;
                }
            }
            System.out.println("delivered " + delivered + " different values, up to " + last + ", busy " + busy);
        }
    }

    /** Left is never behind right, nor more than one before it; and in the group they are equal. */
    private void writeGroup(long seed) {
        endWithInput();
        var random = new SplittableRandom(seed);
        try (var table = SlotTable.writer("table", attachment)) {
            var left = table.writer(LEFT);
            var right = table.writer(RIGHT);
            var both = table.group(BOTH, left, right);
            var bytes = new UnsafeBuffer(new byte[Long.BYTES]);
            System.out.println("attached");
            long next = Math.max(left.version(), right.version()) + 1;
            while (!asked) {
                bytes.putLong(0, next);
                left.write(bytes, 0, Long.BYTES);
                right.write(bytes, 0, Long.BYTES);
                both.publish();
                next++;
                for (int pause = random.nextInt(2000); pause > 0; pause--) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private void endWithInput() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // nothing is ever said
                }
                asked = true;
            } catch (IOException e) {
                Runtime.getRuntime().halt(4);
            }
        });
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
