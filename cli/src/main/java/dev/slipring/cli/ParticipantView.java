package dev.slipring.cli;

import dev.slipring.core.ParticipantStatus;
import dev.slipring.core.Role;
import dev.slipring.monitor.ParticipantSnapshot;
import java.time.Instant;

/**
 * A participant, as it is printed.
 *
 * @param thisNamespace whether its pid means something here
 * @param stopped       whether its process is stopped (SIGSTOP, a debugger); false when that cannot be told
 */
record ParticipantView(int slot, int generation, Role role, String name, ParticipantStatus.Life life, boolean stopped, long pid,
    long pidNamespace, boolean thisNamespace, Instant processStart, Instant since) {
    static ParticipantView of(ParticipantStatus status) {
        var who = status.who();
        return new ParticipantView(who.slot(), who.generation(), who.role(), who.printableName(), status.life(),
            ParticipantSnapshot.isStopped(status), who.pid(), status.pidNamespace(),
            status.isOfThisNamespace(), status.processStart(), who.since());
    }

    /** In a word or two. */
    String inBrief() {
        return pid + (thisNamespace ? "" : "*") + (stopped ? " stopped" : "") + (name.equals("pid-" + pid) ? "" : " " + name);
    }
}
