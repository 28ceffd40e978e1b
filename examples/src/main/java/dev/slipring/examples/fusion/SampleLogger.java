package dev.slipring.examples.fusion;

import dev.slipring.examples.demo.PeerGone;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.RingConsumer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Writes down everything: each sample, each calibration, and what the fusion process used, in the order in which it used it. */
final class SampleLogger {
    private static final int LIMIT = 64;

    private final RingConsumer messages;
    private final Path file;
    private final SampleLog.Line line = new SampleLog.Line();

    /** Attaches. */
    SampleLogger(Rig rig) {
        messages = rig.logConsumer();
        file = rig.logFile();
    }

    /** Runs until everybody has left who writes to it. */
    LoggerResult run() throws InterruptedException {
        try (var out = Files.newBufferedWriter(file)) {
            MessageHandler handler = (type, buffer, offset, length) -> write(out, type, buffer, offset);
            int polled;
            do {
                polled = messages.receive(handler, LIMIT);
            } while (polled > 0);
            if (polled == RingConsumer.PRODUCER_DEAD) {
                throw new PeerGone("a process that writes to the log died");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        long taken = messages.sequence();
        messages.close();
        return new LoggerResult(taken);
    }

    private void write(BufferedWriter out, int type, DirectBuffer buffer, int offset) {
        try {
            out.append(line.of(type, buffer, offset)).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
