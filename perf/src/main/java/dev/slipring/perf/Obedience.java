package dev.slipring.perf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The far side of an {@link ObedientProcess}: does one order after the other, each a line of standard input, and answers each with a line.
 * It ends when standard input does, whatever it is doing: whoever gave the orders is gone.
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

    /** Returns never. */
    static void serve(Work work) {
        BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        var stop = new Told();
        Thread.ofPlatform().name("orders").daemon().start(() -> listen(orders, stop));
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

    private static void listen(BlockingQueue<String> orders, Told stop) {
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
        Runtime.getRuntime().halt(0);
    }
}
