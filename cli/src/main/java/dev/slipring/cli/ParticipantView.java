package dev.slipring.cli;

import dev.slipring.core.ParticipantStatus;
import dev.slipring.core.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A participant, as it is printed.
 *
 * @param thisNamespace whether its pid means something here
 * @param stopped       whether its process is stopped (SIGSTOP, a debugger); false when that cannot be told
 */
record ParticipantView(int slot, int generation, Role role, String name, ParticipantStatus.Life life, boolean stopped, long pid,
    long pidNamespace, boolean thisNamespace, Instant processStart, Instant since) {
    /** The JVM derives a process's start from the time of boot, which moves when the clock is set. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    static ParticipantView of(ParticipantStatus status) {
        var who = status.who();
        return new ParticipantView(who.slot(), who.generation(), who.role(), who.printableName(), status.life(),
            status.life() == ParticipantStatus.Life.ALIVE && isStopped(status), who.pid(), status.pidNamespace(),
            status.isOfThisNamespace(), status.processStart(), who.since());
    }

    /** In a word or two. */
    String inBrief() {
        return pid + (thisNamespace ? "" : "*") + (stopped ? " stopped" : "") + (name.equals("pid-" + pid) ? "" : " " + name);
    }

    private static boolean isStopped(ParticipantStatus status) {
        return status.isOfThisNamespace() && ProcessHandle.of(status.who().pid()).flatMap(process -> process.info().startInstant())
            .filter(start -> Duration.between(start, status.processStart()).abs().compareTo(START_TOLERANCE) < 0)
            .map(_ -> state(status.who().pid())).filter(state -> state == 'T' || state == 't').isPresent();
    }

    /** The letter behind the command's name. */
    private static char state(long pid) {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return line.charAt(line.lastIndexOf(')') + 2);
        } catch (IOException | IndexOutOfBoundsException e) {
            return '?'; // it has just gone
        }
    }
}
