package dev.slipring.perf;

import dev.slipring.perf.candidate.Mode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * On which processor each end of a pair runs.
 *
 * @param cpus        near and far; empty when they are not pinned
 * @param description for people
 */
record Pinning(List<Integer> cpus, String description) {
    private static final String ALLOWED = "Cpus_allowed_list:";

    /**
     * The highest processor this process may use and the next lower one of another core (interrupts like the low ones).
     *
     * @param wanted two processors, or none
     */
    static Pinning choose(List<Integer> wanted) {
        if (!hasTaskset()) {
            return new Pinning(List.of(), "not pinned: no taskset here");
        }
        var cpus = wanted.isEmpty() ? choose() : wanted;
        if (cpus.size() != 2) {
            return new Pinning(List.of(), "not pinned: fewer than two processors");
        }
        boolean together = siblings(cpus.get(0)).contains(cpus.get(1));
        return new Pinning(cpus, "pinned to CPU " + cpus.get(0) + " and " + cpus.get(1) + (together ? ", two threads of one core" : ""));
    }

    private static List<Integer> choose() {
        var allowed = allowed();
        if (allowed.size() < 2) {
            return List.of();
        }
        int near = allowed.last();
        allowed.remove(near);
        var others = new TreeSet<>(allowed);
        others.removeAll(siblings(near));
        return List.of(near, others.isEmpty() ? allowed.last() : others.last());
    }

    /** What stands before {@code java}. */
    List<String> command(Mode.End end) {
        return cpus.isEmpty() ? List.of() : List.of("taskset", "-c", String.valueOf(cpus.get(end == Mode.End.NEAR ? 0 : 1)));
    }

    private static boolean hasTaskset() {
        for (var directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(directory, "taskset"))) {
                return true;
            }
        }
        return false;
    }

    private static TreeSet<Integer> allowed() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith(ALLOWED)).findFirst().map(line -> parse(line.substring(ALLOWED.length())))
                .orElseGet(TreeSet::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TreeSet<Integer> siblings(int cpu) {
        try {
            return parse(Files.readString(Path.of("/sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list")));
        } catch (IOException e) {
            return new TreeSet<>(); // not told: believe that each is a core
        }
    }

    /** A list as the kernel writes it: {@code 0-3,8}. */
    static TreeSet<Integer> parse(String list) {
        var cpus = new TreeSet<Integer>();
        for (var range : list.strip().split(",", -1)) {
            if (!range.isEmpty()) {
                var ends = new ArrayList<>(List.of(range.split("-", -1)));
                for (int cpu = Integer.parseInt(ends.getFirst()); cpu <= Integer.parseInt(ends.getLast()); cpu++) {
                    cpus.add(cpu);
                }
            }
        }
        return cpus;
    }
}
