package dev.slipring.perf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipring.perf.candidate.Mode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One of the two resident processes of a pair. It is told its {@link WorkerSetup} in the first line of standard input, then one order per
 * line, and sleeps in between. It says one line per event on standard output:
 *
 * <pre>
 *   (start)                       ready
 *   round MESSAGES START          armed (the far end only), then    done {round}
 *   over                          (the near end sends what Arrivals understands)
 *   quit                          (ends)
 *   (any failure)                 failed WHY
 * </pre>
 *
 * <p>When standard input ends without {@code quit} the coordinator is gone: the worker removes the run's files and ends, whatever it is
 * doing.
 */
final class Worker {
    static final String READY = "ready";
    static final String ARMED = "armed";
    static final String DONE = "done ";
    static final String FAILED = "failed ";
    static final String ROUND = "round ";
    static final String OVER = "over";
    static final String QUIT = "quit";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    private final PrintStream out;

    private Worker(PrintStream out) {
        this.out = out;
    }

    /** Started by {@link WorkerProcess}. */
    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String first = in.readLine();
        if (first == null) {
            return;
        }
        var setup = JSON.readValue(first, WorkerSetup.class);
        var worker = new Worker(System.out);
        Thread.ofPlatform().name("orders").daemon().start(() -> worker.listen(in, Path.of(setup.run())));
        System.exit(worker.work(setup));
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the trace goes to standard error, the one line to the coordinator
    private int work(WorkerSetup setup) {
        try (var task = Task.of(setup)) {
            say(READY);
            for (String order = orders.take(); !order.equals(QUIT); order = orders.take()) {
                if (order.equals(OVER)) {
                    task.sayRoundIsOver();
                } else {
                    round(task, setup.end(), order.split(" ", -1));
                }
            }
            return 0;
        } catch (Throwable e) {
            say(FAILED + e.toString().replace('\n', ' '));
            e.printStackTrace();
            return 1;
        }
    }

    private void round(Task task, Mode.End end, String[] order) throws JsonProcessingException {
        if (end == Mode.End.FAR) {
            say(ARMED);
        }
        say(DONE + json(task.run(Long.parseLong(order[1]), Long.parseLong(order[2]))));
    }

    private void listen(BufferedReader in, Path run) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                orders.add(line);
                if (line.equals(QUIT)) {
                    return;
                }
            }
        } catch (IOException e) {
            // as good as the end
        }
        RunDirectory.remove(run);
        Runtime.getRuntime().halt(1);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private static String json(Round round) throws JsonProcessingException {
        return JSON.writeValueAsString(round);
    }

    static Round round(String json) throws JsonProcessingException {
        return JSON.readValue(json, Round.class);
    }

    static String line(WorkerSetup setup) throws JsonProcessingException {
        return JSON.writeValueAsString(setup);
    }
}
