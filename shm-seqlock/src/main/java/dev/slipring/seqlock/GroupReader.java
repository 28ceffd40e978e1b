package dev.slipring.seqlock;

import dev.slipring.core.Doorbell;
import dev.slipring.core.Waitable;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the values of several slots that their writer has said belong together: {@link GroupWriter}.
 *
 * <p>Threads, blocking, allocation as {@link SlotReader}. Of each member, N - 1 versions are retained: a group that is updated as many
 * times while it is read is {@link Read#BUSY}.
 */
public final class GroupReader implements Waitable {
    private final SlotReader group;
    private final SlotReader[] members;
    private long lastRead;
    private long skipped;
    private long retries;

    GroupReader(SlotReader group, SlotReader... members) {
        this.group = group;
        this.members = members.clone();
    }

    /** The value that holds the group together: its version, times and so on; its payload is for nobody else. */
    public SlotValue value() {
        return group.value();
    }

    /** Versions of the group between the two that were delivered last, never delivered; 0 when it is the first or unchanged. */
    public long skipped() {
        return skipped;
    }

    /**
     * Tries of a read that failed, since this reader was made: the members were overtaken. Those of single values are counted by {@link
     * SlotReader#retries()}.
     */
    public long retries() {
        return retries;
    }

    /**
     * Delivers the members' values, of the newest version of the group. After another outcome than {@link Read#OK} and {@link
     * Read#WRITER_DEAD} the members' values do not belong together.
     *
     * @return {@link Read#OK}, {@link Read#WRITER_DEAD}, {@link Read#NONE_YET} or {@link Read#BUSY}
     * @throws IllegalArgumentException     when the group's writer means other members than this reader was made of, or the key is that of
     *                                      no group
     * @throws IllegalStateException        when this handle is closed
     * @throws dev.slipring.core.RegionLost as {@link SlotReader#read}
     */
    public Read read() {
        return readWith(group.read());
    }

    /** As {@link #read()}, but waits for a version of the group that was not read yet; otherwise as {@link SlotReader#awaitNewer}. */
    public Read awaitNewer(long timeoutNs) throws InterruptedException {
        return readWith(group.awaitNewer(timeoutNs));
    }

    @Override
    public boolean isReady() {
        return group.isReady();
    }

    @Override
    public void hurry() {
        group.hurry();
    }

    @Override
    public @Nullable Doorbell doorbell() {
        return group.doorbell();
    }

    private Read readWith(Read ofGroup) {
        var outcome = ofGroup;
        for (int tries = 1; outcome.isDelivered(); tries++) {
            if (readMembers()) {
                long version = group.value().version();
                skipped = SlotReader.between(lastRead, version);
                lastRead = version;
                return outcome;
            }
            retries++;
            if (tries == SlotReader.MAX_TRIES) {
                return Read.BUSY; // a version that is not tried is not read either: it must stay news
            }
            outcome = group.read();
        }
        return outcome;
    }

    private boolean readMembers() {
        var versions = group.value().payload();
        requireSame("members", members.length, versions.capacity() / GroupDescriptor.ENTRY_LENGTH);
        for (int i = 0; i < members.length; i++) {
            long version = versions.getLong(GroupDescriptor.versionOffset(i));
            requireSame("the next member in slot", members[i].number(), versions.getLong(GroupDescriptor.slotOffset(i)));
            if (version < 1 || members[i].readExactly(version) != Read.OK) {
                return false;
            }
        }
        return true;
    }

    private static void requireSame(String what, long expected, long found) {
        if (expected != found) {
            throw new IllegalArgumentException("the group is not the one that is read: expected " + what + " " + expected + ", found "
                + found + "; name the members in the order of its writer");
        }
    }
}
