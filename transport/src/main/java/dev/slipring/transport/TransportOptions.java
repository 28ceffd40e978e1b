package dev.slipring.transport;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Schema;
import dev.slipring.core.Spinning;
import java.time.Duration;
import java.util.Objects;

/**
 * What holds for all that one process opens. Immutable; each method gives a changed copy.
 *
 * @param directory   where the processes meet, unless a URI says so itself: rings lie in it, and the media driver in its {@code aeron}
 * @param participant what this process calls itself, for people to read: in a ring's table of participants, in Aeron's counters
 * @param schema      the messages that this side knows; rings are created with it and refuse others. Aeron does not ask
 * @param spinning    how long a ring's participant that waits spins before it sleeps or naps, one of Aeron's before it naps
 * @param liveness    after how much silence Aeron takes a process, or the media driver, for dead; at least 200 ms. Must be longer than any
 *                    pause that one may make. Rings ask the kernel and need no such number. All processes of a driver should agree
 */
public record TransportOptions(RegionDirectory directory, String participant, Schema schema, Spinning spinning, Duration liveness) {
    private static final Duration MIN_LIVENESS = Duration.ofMillis(200);

    /** Refuses nulls, and a liveness that no scheduler can keep. */
    public TransportOptions {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(participant, "participant");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(spinning, "spinning");
        if (liveness.compareTo(MIN_LIVENESS) < 0) {
            throw new IllegalArgumentException("liveness=" + liveness + " is less than " + MIN_LIVENESS);
        }
    }

    /** The standard directory, named after the process, no schema, and Aeron's own 10 s. */
    public static TransportOptions standard() {
        var participant = "pid-" + ProcessHandle.current().pid();
        return new TransportOptions(RegionDirectory.standard(), participant, Schema.NONE, Spinning.STANDARD, Duration.ofSeconds(10));
    }

    /** Another directory. */
    public TransportOptions in(RegionDirectory other) {
        return new TransportOptions(other, participant, schema, spinning, liveness);
    }

    /** Another name. */
    public TransportOptions as(String other) {
        return new TransportOptions(directory, other, schema, spinning, liveness);
    }

    /** Another schema. */
    public TransportOptions with(Schema other) {
        return new TransportOptions(directory, participant, other, spinning, liveness);
    }

    /** Another way to wait. */
    public TransportOptions with(Spinning other) {
        return new TransportOptions(directory, participant, schema, other, liveness);
    }

    /** Another patience. */
    public TransportOptions aliveWithin(Duration other) {
        return new TransportOptions(directory, participant, schema, spinning, other);
    }
}
