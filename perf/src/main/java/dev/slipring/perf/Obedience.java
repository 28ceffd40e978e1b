package dev.slipring.perf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The far side of an {@link ObedientProcess}: does one order after the other, each a line of standard input, and answers each with a line.
 * When standard input ends, whoever gave the orders is gone: it removes the run's files and ends, whatever it is doing.
 */
final class Obedience {
    /** Ends what is being done. */
    static final String STOP = "stop";

    private Obedience() {
    }

    /** Whether to come to an end. */
    interface Stop {
        boolean isTold();
    }

    /** What is done. */
    @FunctionalInterface
    interface Work {
        String done(String[] order, Stop stop) throws IOException;
    }

    private static final class Told implements Stop {
        private volatile boolean told;

        @Override
        public boolean isTold() {
            return told;
        }
    }

    /**
     * Returns never.
     *
     * @param run what to remove when whoever gives the orders is gone
     */
    static void serve(Path run, Work work) {
        BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        var stop = new Told();
        Thread.ofPlatform().name("orders").daemon().start(() -> listen(run, orders, stop));
        try {
            while (true) {
                var order = orders.take().split(" ", -1);
                System.out.println(work.done(order, stop));
                System.out.flush();
            }
        } catch (IOException | RuntimeException | InterruptedException e) {
            System.err.println("perf: " + e);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void listen(Path run, BlockingQueue<String> orders, Told stop) {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                stop.told = line.equals(STOP);
                if (!stop.told) {
                    orders.add(line);
                }
            }
        } catch (IOException e) {
            // as good as the end
        }
        RunDirectory.remove(run);
        Runtime.getRuntime().halt(0);
    }
}
