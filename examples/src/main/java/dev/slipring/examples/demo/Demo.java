package dev.slipring.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one demo does at each stage of its {@link LifeCycle}.
 *
 * @param <R> the roles of its processes
 * @param <P> where they meet
 * @param <T> what a run comes to
 */
public interface Demo<R extends Enum<R>, P extends MeetingPlace, T extends Record & Report> extends Crew.Overseer<R> {
    /** What to say while the processes are started. */
    String starting();

    /** The place in a directory that is empty; makes nothing in it yet. */
    P placeIn(Path directory);

    /**
     * Makes all that the processes share.
     *
     * @return what each of them is to be told, behind its role and the directory
     */
    List<String> provide(P place) throws IOException;

    /** All processes have ended and given their results; what they shared is still there, but not for long. */
    default void collect(P place) throws IOException {
        // nothing to do
    }

    /**
     * What it came to, whatever that is.
     *
     * @param keptIn the directory, when everything was left in it for a look; else null
     */
    T report(@Nullable String keptIn);
}
