package dev.slipring.monitor;

import dev.slipring.core.ParticipantStatus;
import dev.slipring.core.ParticipantStatus.Life;
import dev.slipring.core.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A participant of a region at one moment.
 *
 * @param slot          which of the region's; a slot has one participant after another
 * @param generation    which of them
 * @param name          what it calls itself, with what is no visible character escaped
 * @param pid           its process, in its own PID namespace
 * @param thisNamespace whether that is this process's namespace too
 * @param life          by the kernel's word
 * @param stopped       whether its process is stopped (SIGSTOP, a debugger); false when that cannot be told
 * @param lag           how far it is behind the producer, in the region's unit; null of a producer, and when that is known to itself alone
 * @param stalls        at how many positions it could not go on for want of room; of a producer
 * @param sleeps        how often it has slept in the kernel
 * @param gaps          how often it was overtaken; of a reader of a broadcast ring
 * @param lost          how many messages, or frames of a pool, it lost thereby, as far as it has noticed
 */
public record ParticipantSnapshot(int slot, int generation, Role role, String name, long pid, boolean thisNamespace, Life life,
    boolean stopped, @Nullable Long lag, long stalls, long sleeps, long gaps, long lost) {
    /** The JVM derives a process's start from the time of boot, which moves when the clock is set. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    static ParticipantSnapshot of(ParticipantStatus status, @Nullable Long lag, long dropped) {
        var who = status.who();
        var counts = status.counts();
        return new ParticipantSnapshot(who.slot(), who.generation(), who.role(), who.printableName(), who.pid(), status.isOfThisNamespace(),
            status.life(), isStopped(status), lag, counts.stalls(), counts.sleeps(), counts.gaps(), counts.lost() + dropped);
    }

    /** Whether the process of a living participant is stopped (SIGSTOP, a debugger); false when that cannot be told. */
    public static boolean isStopped(ParticipantStatus status) {
        return status.life() == Life.ALIVE && status.isOfThisNamespace() && ProcessHandle.of(status.who().pid())
            .flatMap(process -> process.info().startInstant())
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
