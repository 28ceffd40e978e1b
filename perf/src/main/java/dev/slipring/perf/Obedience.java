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

    /** With who gave the order, while it is being carried out. */
    interface Conversation {
        /** Whether to come to an end. */
        boolean isToldToStop();

        /** Says a line before the answer. */
        void say(String line);
    }

    /** What is done. */
    @FunctionalInterface
    interface Work {
        String done(String[] order, Conversation conversation) throws IOException;
    }

    private static final class Lines implements Conversation {
        private volatile boolean stop;

        @Override
        public boolean isToldToStop() {
            return stop;
        }

        @Override
        public void say(String line) {
            System.out.println(line);
            System.out.flush();
        }
    }

    /**
     * Returns never.
     *
     * @param run what to remove when whoever gives the orders is gone
     */
    static void serve(Path run, Work work) {
        BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        var conversation = new Lines();
        Thread.ofPlatform().name("orders").daemon().start(() -> listen(run, orders, conversation));
        try {
            while (true) {
                conversation.say(work.done(orders.take().split(" ", -1), conversation));
            }
        } catch (IOException | RuntimeException | InterruptedException e) {
            System.err.println("perf: " + e);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void listen(Path run, BlockingQueue<String> orders, Lines conversation) {
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                conversation.stop = line.equals(STOP);
                if (!conversation.stop) {
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
