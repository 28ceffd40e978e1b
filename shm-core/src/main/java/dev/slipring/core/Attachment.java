package dev.slipring.core;

import java.util.Objects;

/**
 * How to attach to a region. Immutable; each method gives a changed copy.
 *
 * @param directory   where to look
 * @param schema      the messages this side knows
 * @param participant what this participant calls itself, for people to read
 * @param seam        where a test puts its own memory
 * @param spinning    how long to try before sleeping
 */
public record Attachment(RegionDirectory directory, Schema schema, String participant, MemorySeam seam, Spinning spinning) {
    /** Refuses nulls here, before anything is attached to. */
    public Attachment {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(participant, "participant");
        Objects.requireNonNull(seam, "seam");
        Objects.requireNonNull(spinning, "spinning");
    }

    /** The standard directory, no schema, named after the process. */
    public static Attachment standard() {
        return new Attachment(RegionDirectory.standard(), Schema.NONE, "pid-" + ProcessHandle.current().pid(), MemorySeam.DIRECT,
            Spinning.STANDARD);
    }

    /** Another directory. */
    public Attachment in(RegionDirectory other) {
        return new Attachment(other, schema, participant, seam, spinning);
    }

    /** Another schema. */
    public Attachment with(Schema other) {
        return new Attachment(directory, other, participant, seam, spinning);
    }

    /** Another name. */
    public Attachment as(String other) {
        return new Attachment(directory, schema, other, seam, spinning);
    }

    /** Another memory; for tests. */
    public Attachment through(MemorySeam other) {
        return new Attachment(directory, schema, participant, other, spinning);
    }

    /** Another way to wait. */
    public Attachment with(Spinning other) {
        return new Attachment(directory, schema, participant, seam, other);
    }
}
