package dev.slipring.core;

import java.util.Objects;

/**
 * How to attach to a region. Immutable; each method gives a changed copy.
 *
 * @param directory   where to look
 * @param schema      the messages this side knows
 * @param participant what this participant calls itself, for people to read
 * @param seam        where a test puts its own memory
 */
public record Attachment(RegionDirectory directory, Schema schema, String participant, MemorySeam seam) {
    /** Refuses nulls here, before anything is attached to. */
    public Attachment {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(participant, "participant");
        Objects.requireNonNull(seam, "seam");
    }

    /** The standard directory, no schema, named after the process. */
    public static Attachment standard() {
        return new Attachment(RegionDirectory.standard(), Schema.NONE, "pid-" + ProcessHandle.current().pid(), MemorySeam.DIRECT);
    }

    /** Another directory. */
    public Attachment in(RegionDirectory other) {
        return new Attachment(other, schema, participant, seam);
    }

    /** Another schema. */
    public Attachment with(Schema other) {
        return new Attachment(directory, other, participant, seam);
    }

    /** Another name. */
    public Attachment as(String other) {
        return new Attachment(directory, schema, other, seam);
    }

    /** Another memory; for tests. */
    public Attachment through(MemorySeam other) {
        return new Attachment(directory, schema, participant, other);
    }
}
