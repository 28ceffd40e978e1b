package dev.slipring.examples.demo;

import dev.slipring.core.SlipringException;
import dev.slipring.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A run of a demo from its start to its exit code: makes the place where the processes meet, starts them, follows them to their end, and
 * leaves nothing behind, however it ends itself; only {@code kill -9} is left to the processes, see {@link Member}. SIGTERM and SIGINT ask
 * the processes to end in order; so the run ends soon, with a report of what was sent until then.
 *
 * <p>Threads: one runs it, once; the signals come in another.
 *
 * @param <R> the roles of its processes
 * @param <P> where they meet
 * @param <T> what it comes to
 */
public final class LifeCycle<R extends Enum<R>, P extends MeetingPlace, T extends Record & Report> {
    private static final int EXIT_FAIL = 1;

    private final Demo<R, P, T> demo;
    private final Crew<R> crew;
    private final Progress progress;
    private final boolean keep;
    private @Nullable P place;
    private boolean toStop;
    private boolean finished;

    /**
     * Starts nothing yet.
     *
     * @param keep whether to leave behind what lies in files, if it is not ended by force
     */
    public LifeCycle(Demo<R, P, T> demo, Crew<R> crew, Progress progress, boolean keep) {
        this.demo = demo;
        this.crew = crew;
        this.progress = progress;
        this.keep = keep;
    }

    /**
     * All of it.
     *
     * @param main  of the processes
     * @param json  where to write the report; null for nowhere
     * @param table prints it
     * @return the exit code: 0 when it passed, else 1; of a process that has got a signal it is the signal's
     */
    public int run(Class<?> main, @Nullable Path json, Consumer<T> table) throws IOException, InterruptedException {
        var signals = Signals.heed(this::stop, () -> finish(false));
        try {
            perform(main);
            var report = demo.report(keep && place != null ? place.path().toString() : null);
            Output.writeJson(json, report);
            table.accept(report);
            return report.passed() ? 0 : EXIT_FAIL;
        } finally {
            signals.over();
        }
    }

    private void perform(Class<?> main) throws InterruptedException {
        try {
            progress.stage(demo.starting());
            if (start(main)) {
                sayWhereToLook();
                crew.follow(demo);
                collect();
            } else {
                crew.problems().add("stopped before it had begun");
            }
        } catch (IOException | SlipringException | TransportException e) {
            crew.problems().add((crew.isComplete() ? "cannot compare: " : "cannot start: ") + e);
        } finally {
            progress.end();
            finish(keep);
        }
    }

    private synchronized void stop() {
        toStop = true;
        crew.stop();
    }

    private synchronized boolean start(Class<?> main) throws IOException {
        if (!toStop) {
            place = demo.placeIn(DemoDirectory.create());
            crew.start(main, place.path(), demo.provide(place));
        }
        return !toStop;
    }

    private synchronized void sayWhereToLook() throws IOException {
        if (place == null || finished) {
            return;
        }
        try (var files = Files.list(place.path())) {
            if (files.anyMatch(Files::isRegularFile)) { // Aeron has directories of its own
                progress.stage("In another terminal: ./slipring top --dir " + place.path());
            }
        }
    }

    private synchronized void collect() throws IOException {
        if (crew.isComplete() && !finished && place != null) {
            demo.collect(place);
        }
    }

    private synchronized void finish(boolean keeping) {
        if (finished) {
            return;
        }
        finished = true;
        toStop = true;
        crew.kill();
        if (place == null) {
            return;
        }
        place.leave();
        if (!keeping && !place.removeIfUnused()) {
            System.err.println("somebody else has something in " + place.path() + " open: remove the directory when they are done");
        }
    }
}
