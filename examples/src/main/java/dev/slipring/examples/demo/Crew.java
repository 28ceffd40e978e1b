package dev.slipring.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a demo, one for each role, and what is known of them: what they said, how they ended, what went wrong. What they say:
 * {@link Member}.
 *
 * <p>Threads: one starts and follows; {@link #kill()} may come from another, but not while {@link #start} runs.
 *
 * @param <R> the roles, whose {@code toString} is what people call them, and whose name the processes get as their first argument
 */
public final class Crew<R extends Enum<R>> {
    private static final long SILENCE_S = 30;
    private static final long GRACE_S = 2;
    private static final int SIGNAL_BASE = 128;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    private final Set<R> roles;
    private final Progress progress;
    private final String going;
    private final BlockingQueue<Child.Event<R>> events = new LinkedBlockingQueue<>();
    private final Map<R, Child<R>> children;
    private final Map<R, String> ready;
    private final Map<R, String> results;
    private final Map<R, ProcessorTime.Used> used;
    private final Map<R, Integer> exitCodes;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private volatile boolean isGoing;
    private volatile boolean stopping;

    /**
     * What a demo has to say while its crew works.
     *
     * @param <R> the roles
     */
    public interface Overseer<R> {
        /** Somebody said how far it is. */
        default void at(long count) {
            // nothing to do
        }

        /**
         * Whether the demo can do without a process that failed after all were ready.
         *
         * @return why, in words; or null when it cannot
         */
        default @Nullable String excuse(R role, int exitCode) {
            return null;
        }
    }

    /**
     * Starts nothing yet.
     *
     * @param going what to say when all are ready and told to go
     */
    public Crew(Class<R> roles, Progress progress, String going) {
        this(EnumSet.allOf(roles), progress, going);
    }

    /**
     * Starts nothing yet.
     *
     * @param roles those that take part, at least one
     * @param going what to say when all are ready and told to go
     */
    public Crew(Set<R> roles, Progress progress, String going) {
        this.roles = EnumSet.copyOf(roles);
        this.progress = progress;
        this.going = going;
        var type = roles.iterator().next().getDeclaringClass();
        children = new EnumMap<>(type);
        ready = new EnumMap<>(type);
        results = new EnumMap<>(type);
        used = new EnumMap<>(type);
        exitCodes = new EnumMap<>(type);
    }

    /** Starts a process for each role: {@code main} with the role's name, the directory where they meet, and these arguments. */
    public void start(Class<?> main, Path directory, List<String> arguments) throws IOException {
        for (var role : roles) {
            var all = new ArrayList<String>();
            all.add(role.name());
            all.add(directory.toString());
            all.addAll(arguments);
            children.put(role, Child.start(role, main, all, events::add));
        }
    }

    /** Kills those that still run, and returns when they are gone. */
    public void kill() {
        children.values().forEach(Child::kill);
    }

    /** Kills one of them, and returns when it is gone. */
    public void kill(R role) {
        Objects.requireNonNull(children.get(role), "not started").kill();
    }

    /**
     * Asks them to end in order, and sees to it that their results are in when {@link #follow} returns; those that have not begun are
     * killed. Any thread.
     */
    public void stop() {
        stopping = true;
        children.values().forEach(isGoing ? Child::stop : Child::kill);
    }

    /** Whether they were asked to end before they had done everything. */
    public boolean isStopped() {
        return stopping;
    }

    /** As {@link #follow(Overseer)}, with nobody to excuse anything. */
    public void follow() throws InterruptedException {
        follow(new Overseer<>() { });
    }

    /** Takes in what the processes say until all have ended, or one has failed and the others have had time to say what they saw. */
    public void follow(Overseer<R> overseer) throws InterruptedException {
        long failedNs = 0;
        while (exitCodes.size() < roles.size()) {
            long patienceNs = problems.isEmpty() ? TimeUnit.SECONDS.toNanos(SILENCE_S)
                : failedNs + TimeUnit.SECONDS.toNanos(GRACE_S) - System.nanoTime();
            var event = events.poll(patienceNs, TimeUnit.NANOSECONDS);
            if (event == null) {
                if (problems.isEmpty()) {
                    problems.add("no progress for " + SILENCE_S + " s");
                }
                return;
            }
            boolean flawless = problems.isEmpty();
            switch (event) {
                case Child.Event.Said<R> said -> onSaid(said, overseer);
                case Child.Event.Ended<R> ended -> onEnded(ended, overseer);
            }
            if (flawless && !problems.isEmpty()) {
                failedNs = System.nanoTime();
            }
        }
    }

    /** What went wrong so far, in words; may be added to. */
    public List<String> problems() {
        return problems;
    }

    /** What went wrong, and did not matter; a line for each process that was excused. */
    public List<String> notes() {
        return notes;
    }

    /** Of the processes that ended by themselves, by what people call them. */
    public Map<String, Integer> exitCodes() {
        var codes = new TreeMap<String, Integer>();
        exitCodes.forEach((role, code) -> codes.put(role.toString(), code));
        return codes;
    }

    /** What those took of the processors that have given their results; null when it is not known of any. */
    public @Nullable ProcessorTime processorTime() {
        return ProcessorTime.of(used);
    }

    /** Whether every process has given its result, or was excused. */
    public boolean isComplete() {
        return results.size() + notes.size() == roles.size();
    }

    /** Whether this one has given its result. */
    public boolean hasResult(R role) {
        return results.containsKey(role);
    }

    /** The result of a process that has given it. */
    public <T> T result(R role, Class<T> type) {
        return Json.read(results.getOrDefault(role, ""), type);
    }

    private void onSaid(Child.Event.Said<R> said, Overseer<R> overseer) {
        switch (said.word()) {
            case "ready" -> onReady(said.role(), said.rest());
            case "at" -> {
                progress.at(Long.parseLong(said.rest()));
                overseer.at(Long.parseLong(said.rest()));
            }
            case "used" -> used.put(said.role(), Json.read(said.rest(), ProcessorTime.Used.class));
            case "result" -> results.put(said.role(), said.rest());
            case "error" -> problems.add("the " + said.role() + " says: " + said.rest());
            default -> System.err.println(said.role() + ": " + said.word() + " " + said.rest());
        }
    }

    private void onReady(R role, String timeNamespace) {
        ready.put(role, timeNamespace);
        if (!timeNamespace.equals(TimeNamespace.current())) {
            problems.add("the " + role + " has another clock than the coordinator: time namespace " + timeNamespace + ", expected "
                + TimeNamespace.current());
        }
        if (ready.size() == roles.size() && problems.isEmpty()) {
            progress.stage(going);
            isGoing = true;
            children.values().forEach(Child::go);
        }
    }

    /** A terminal sends its signal to all processes, who then end in order, and have it as their exit code. */
    private boolean hasHeeded(R role, int code) {
        return results.containsKey(role) && (code == SIGNAL_BASE + SIGTERM || code == SIGNAL_BASE + SIGINT);
    }

    private void onEnded(Child.Event.Ended<R> ended, Overseer<R> overseer) {
        var role = ended.role();
        int code = ended.exitCode();
        exitCodes.put(role, code);
        if (code == 0 || hasHeeded(role, code)) {
            if (!results.containsKey(role)) {
                problems.add("the " + role + " ended without a result");
            }
            return;
        }
        if (stopping && !isGoing) {
            problems.add("stopped before it had begun");
            return;
        }
        var end = "the " + role + (code > SIGNAL_BASE ? " was killed by signal " + (code - SIGNAL_BASE) : " ended with exit code " + code);
        var excuse = ready.size() == roles.size() ? overseer.excuse(role, code) : null;
        if (excuse == null) {
            problems.add(end);
        } else {
            results.remove(role);
            used.remove(role);
            notes.add(end + "; " + excuse);
        }
    }
}
