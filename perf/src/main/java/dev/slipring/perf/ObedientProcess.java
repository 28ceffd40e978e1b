package dev.slipring.perf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A process that does what it is told, line by line. One thread. */
final class ObedientProcess implements AutoCloseable {
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;

    /** @param pin what stands before {@code java} to keep it on one processor; may be empty */
    ObedientProcess(Class<?> main, List<String> pin, String argument) throws IOException {
        process = WorkerProcess.launch(main, pin, List.of(), argument);
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    void tell(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
    }

    /** Waits for the answer to the oldest order that has none. */
    String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a process ended that should not have");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
