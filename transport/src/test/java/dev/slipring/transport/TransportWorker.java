package dev.slipring.transport;

import dev.slipring.core.process.JavaProcess;
import io.aeron.driver.MediaDriver;
import java.nio.file.Path;
import java.time.Duration;

/** Another process, to be stopped and killed. Says a line when it has done what it was started for, and then stays as it is. */
final class TransportWorker {
    private static final int LENGTH = 40;

    private TransportWorker() {
    }

    /** Starts one: what it does, where it meets others, after how much silence it takes them for dead, and what else that needs. */
    static JavaProcess start(String task, Path directory, Duration liveness, String... arguments) {
        var all = new String[3 + arguments.length];
        all[0] = task;
        all[1] = directory.toString();
        all[2] = liveness.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return JavaProcess.start(TransportWorker.class, all);
    }

    /** See {@link #start}. */
    public static void main(String[] arguments) {
        var directory = Path.of(arguments[1]);
        try (var transport = Transport.open(Flows.options(directory).aliveWithin(Duration.parse(arguments[2])))) {
            switch (arguments[0]) {
                case "host" -> transport.provide(arguments[3]);
                case "publish" -> publish(transport.publication(arguments[3]), Integer.parseInt(arguments[4]));
                case "publish until it fails" -> publishUntilItFails(transport.publication(arguments[3]));
                case "subscribe" -> new Received().await(transport.subscription(arguments[3]), Integer.parseInt(arguments[4]));
                case "foreign driver" -> MediaDriver.launch(new MediaDriver.Context().aeronDirectoryName(arguments[1]));
                case "lock" -> DriverLock.open(directory.resolve("aeron.lock")).tryHost();
                default -> throw new IllegalArgumentException(arguments[0]);
            }
            System.out.println("done");
            JavaProcess.awaitParent();
        }
    }

    private static void publish(Publication publication, int count) {
        for (int number = 0; number < count; number++) {
            Sent.offer(publication, number, LENGTH);
        }
    }

    /** Says a line after the first message, and one with the exception. */
    private static void publishUntilItFails(Publication publication) {
        Sent.offer(publication, 0, LENGTH);
        System.out.println("sent");
        try {
            while (true) {
                publication.offer(Sent.message(1, LENGTH), 0, LENGTH);
                Thread.onSpinWait();
            }
        } catch (TransportException e) {
            System.out.println(e.getClass().getSimpleName());
        }
    }
}
