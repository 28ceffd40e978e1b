package dev.slipring.seqlock;

import dev.slipring.core.Region;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Says which versions of several slots belong together. The slots are written as ever, each value being there at once for who reads that
 * slot alone; {@link #publish} makes them the group's newest, all at once.
 *
 * <pre>{@code
 * bid.write(…);
 * ask.write(…);
 * quote.publish();
 * }</pre>
 *
 * <p>Between two publishes each member may be written N - 1 times, begun and not published included, and also what writers wrote that
 * died before they could publish: the next overwrites what the group means, and it is {@link Read#BUSY} until the next publish, for good
 * if nobody comes to make it.
 *
 * <p>Who takes over writes each member before it publishes: what is found there may be half of what the one before was about to say.
 *
 * <p>Threads, processes, blocking and allocation as {@link SlotWriter}. The members are written by nobody else, and the group says so:
 * a shared writer cannot be a member.
 *
 * <h2>Algorithm notes</h2>
 * A group is a slot of its own, whose value is {slot, version} of each member. So it is published by one store, is never half there, and
 * outlives its writer like any value: dead in the middle of an update, the last complete one is what readers get. A counter that is odd
 * during an update would leave them nothing until somebody takes over.
 */
public final class GroupWriter implements AutoCloseable {
    private final SlotWriter group;
    private final SlotWriter[] members;
    private final UnsafeBuffer versions;

    GroupWriter(SlotWriter group, SlotWriter... members) {
        this.group = group;
        this.members = members.clone();
        versions = new UnsafeBuffer(new byte[members.length * GroupDescriptor.ENTRY_LENGTH]);
    }

    /** To be called before the group's slot is taken. */
    static void requireMembers(Region table, int maxLength, SlotWriter... members) {
        int length = members.length * GroupDescriptor.ENTRY_LENGTH;
        if (members.length == 0 || length > maxLength) {
            throw new IllegalArgumentException(members.length + " members take " + length + " bytes, a slot has 1…" + maxLength);
        }
        for (var member : members) {
            if (member.isShared()) {
                throw new IllegalArgumentException("a member of a group has one writer: take it with writer(), not sharedWriter()");
            }
            if (!member.isOf(table)) {
                throw new IllegalArgumentException("a member of a group is a slot of the same table, by the same handle: take it there");
            }
        }
    }

    /** {@link #publish(long, long, long)} of a group that says no more of itself: 0, 0 and -1. */
    public long publish() {
        return publish(0, 0, -1);
    }

    /**
     * Makes the members' present values the group's newest.
     *
     * @param sourceTime     when what it says was so, by the source's own clock; does not decrease
     * @param contextVersion what it was made under, such as a calibration's version
     * @param ringSequence   first message of a ring that it does not contain; -1 when there is none
     * @return the group's version, counted from 1 without holes
     * @throws IllegalStateException        when a member was not written by its present writer yet, or a writer is closed
     * @throws dev.slipring.core.RegionLost when the file was cut short
     */
    public long publish(long sourceTime, long contextVersion, long ringSequence) {
        for (int i = 0; i < members.length; i++) {
            members[i].requireOpen(); // else somebody else may write it by now
            if (!members[i].hasWritten()) {
                throw new IllegalStateException("member " + i + " of the group was not written yet by who publishes it: write it first");
            }
            versions.putLong(GroupDescriptor.slotOffset(i), members[i].number());
            versions.putLong(GroupDescriptor.versionOffset(i), members[i].version());
        }
        return group.write(versions, 0, versions.capacity(), sourceTime, contextVersion, ringSequence);
    }

    /** Gives the group's own slot back; the members are their writers'. */
    @Override
    public void close() {
        group.close();
    }
}
