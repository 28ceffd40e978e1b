package dev.slipring.core;

import dev.slipring.core.CountersDescriptor.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in a region, and who of them lives.
 *
 * <p>A participant is {slot, generation}. It lives as long as the kernel keeps the lock on its slot's byte; a stopped or paused process
 * keeps it, a killed one loses it. {@code attached}, {@code closedInOrder} and {@code died} count the lives per role; exit without close
 * counts as death, as soon as somebody asks. Counting and cleaning happen under the region's repair lock, which the flow of a ring never
 * needs.
 *
 * <p>Threads: any, but the questions are meant for the owner of the handle. Nothing here allocates except {@link #list}.
 */
public final class Participants {
    /** How many can take part in a region at once; slots are 0…MAX - 1. */
    public static final int MAX = RegionDescriptor.MAX_PARTICIPANTS;

    private static final long REPAIR_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long REPAIR_RETRY_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final String region;
    private final ParticipantTable table;
    private final LockFile locks;
    private final Inquiry inquiry;
    private Seats seats = Seats.NONE;
    private @Nullable Role role;
    private int slot = -1;
    private int generation;
    private volatile boolean closed;

    /**
     * @param locks   the description that shall hold this participant's locks
     * @param queryFd another description of the same file, without locks, for questions
     */
    Participants(String region, ParticipantTable table, LockFile locks, int queryFd) {
        this.region = region;
        this.table = table;
        this.locks = locks;
        inquiry = new Inquiry(queryFd);
    }

    /** Grows whenever one of the counts below does: the one load that a fruitless poll pays for them. */
    public long changes(Role ofRole) {
        return table.changes(ofRole);
    }

    /** How many participants of this role ever attached. Acquire: read it last of the three. */
    public long attached(Role ofRole) {
        return count(ofRole, Count.ATTACHED);
    }

    /** How many participants of this role closed in order. */
    public long closedInOrder(Role ofRole) {
        return count(ofRole, Count.CLOSED_IN_ORDER);
    }

    /** How many participants of this role are known to have died. */
    public long died(Role ofRole) {
        return count(ofRole, Count.DIED);
    }

    /**
     * How many of them had died before this era began: before somebody attached while nobody of this role lived. When nobody lives,
     * {@code died > diedBeforeEra} tells that the last era did not end in order.
     */
    public long diedBeforeEra(Role ofRole) {
        long value = table.diedBeforeEra(ofRole);
        requireOpen(); // after the load, as in count
        return value;
    }

    /** This handle's slot, or -1 for a watcher. */
    public int slot() {
        return slot;
    }

    /** This handle's generation. */
    public int generation() {
        return generation;
    }

    /** True when that life is over; it stays over. A registration in progress may delay the answer. */
    public synchronized boolean isDead(int ofSlot, int ofGeneration) {
        requireOpen();
        return table.generation(ofSlot) != ofGeneration || !isSlotLocked(ofSlot);
    }

    /** Whether, by the table, there is or was such a participant: no word can rightly name another one. One load. */
    public boolean hasLived(int ofSlot, int ofGeneration) {
        int later = table.generation(ofSlot) - ofGeneration & ParticipantDescriptor.GENERATION_MASK; // generations wrap
        return ofGeneration > 0 && later <= ParticipantDescriptor.GENERATION_MASK / 2;
    }

    /** Whether, by the table, this slot belongs to a participant of this role, who may have died since. Two loads. */
    public boolean isRegistered(int ofSlot, Role ofRole) {
        return table.state(ofSlot) == ParticipantDescriptor.ACTIVE && table.role(ofSlot) == ofRole.ordinal();
    }

    /**
     * Asks the kernel whether somebody has the role, which only one at a time may have: from before it is counted as attached until it
     * leaves or dies. About 1 µs.
     */
    public synchronized boolean isHeld(Role exclusiveRole) {
        requireOpen();
        return inquiry.isWriteLocked(LockFile.roleByte(exclusiveRole));
    }

    /**
     * Asks the kernel whether somebody of this role lives, or whoever it may be is just arriving or leaving. About 1 µs for each slot until
     * one is found.
     */
    public synchronized boolean isAnybodyThere(Role ofRole) {
        requireOpen();
        for (int each = 0; each < RegionDescriptor.MAX_PARTICIPANTS; each++) {
            boolean candidate = table.state(each) != ParticipantDescriptor.ACTIVE || table.role(each) == ofRole.ordinal();
            if (candidate && isSlotLocked(each)) {
                return true;
            }
        }
        return false;
    }

    /** Everybody who lives now. Allocates. */
    public synchronized List<ParticipantInfo> list() {
        requireOpen();
        var living = new ArrayList<ParticipantInfo>();
        for (int each = 0; each < RegionDescriptor.MAX_PARTICIPANTS; each++) {
            if (table.state(each) == ParticipantDescriptor.ACTIVE && isSlotLocked(each)) {
                living.add(table.info(each));
            }
        }
        return living;
    }

    /**
     * Asks the kernel about every registered participant and counts those that died. About 1 µs for each; takes the repair lock only when
     * there is somebody to count, and leaves it to others when they have it. A watcher, who may not write, leaves it to others always.
     */
    public synchronized void countTheDead() {
        requireOpen();
        if (slot >= 0 && anyUncounted() && locks.tryExclusive(LockFile.REPAIR)) {
            try {
                table.redo();
                cleanTheDead();
            } finally {
                locks.unlock(LockFile.REPAIR);
            }
        }
    }

    /** What goes with a slot here, from now on. */
    synchronized void keep(Seats keeper) {
        seats = keeper;
    }

    /** Takes a slot, and the role's own lock when only one may have the role. */
    synchronized void register(Role newRole, boolean exclusive, String name) {
        takeRepair();
        try {
            table.redo();
            if (exclusive && !locks.tryExclusive(LockFile.roleByte(newRole))) {
                throw new RoleTaken(region + " has its one " + newRole + " already: " + holder(newRole)
                    + "; close that one first, or use another region");
            }
            cleanTheDead(); // after the role's lock: its last holder, if it died, is then counted before our era begins
            int free = takeSlot();
            seats.take(free, newRole, this);
            generation = table.write(free, newRole, name);
            table.change(free, newRole, Count.ATTACHED, ParticipantDescriptor.ACTIVE);
            slot = free;
            role = newRole;
        } finally {
            locks.unlock(LockFile.REPAIR);
        }
    }

    /**
     * Leaves in order, and asks the kernel nothing from here on: its descriptors are about to go. When the repair lock cannot be had in
     * time, this participant will be counted as dead instead.
     *
     * @param inOrder false when the table cannot be stored to any more
     */
    synchronized void close(boolean inOrder) {
        try {
            if (inOrder) {
                leave();
            }
        } catch (RoleTaken | RegionCorrupt unable) {
            // the kernel lets our slot go with the descriptor; whoever asks next counts a death, or finds the damage
        } finally {
            closed = true;
        }
    }

    private void leave() {
        if (role == null) {
            return;
        }
        takeRepair();
        try {
            table.redo();
            seats.clear(slot);
            table.change(slot, role, Count.CLOSED_IN_ORDER, ParticipantDescriptor.FREE);
            locks.unlock(LockFile.slotByte(slot));
            locks.unlock(LockFile.roleByte(role));
            role = null;
        } finally {
            locks.unlock(LockFile.REPAIR);
        }
    }

    /** A journal that is up was left by somebody who died, or belongs to somebody who has the repair lock and will see to it. */
    private boolean anyUncounted() {
        if (table.isJournalValid()) {
            return true;
        }
        for (int each = 0; each < RegionDescriptor.MAX_PARTICIPANTS; each++) {
            if (table.state(each) == ParticipantDescriptor.ACTIVE && !isSlotLocked(each)) {
                return true;
            }
        }
        return false;
    }

    /** Under the repair lock: a slot that is ACTIVE without a lock has lost its process. */
    private void cleanTheDead() {
        for (int each = 0; each < RegionDescriptor.MAX_PARTICIPANTS; each++) {
            if (table.state(each) == ParticipantDescriptor.ACTIVE && !isSlotLocked(each)) {
                int itsRole = table.role(each);
                if (itsRole < 0 || itsRole >= Role.values().length) {
                    throw new RegionCorrupt(region + " is damaged: participant slot " + each + " has role " + itsRole + ", expected 0…"
                        + (Role.values().length - 1) + "; remove it and create it anew");
                }
                seats.clear(each);
                table.change(each, Role.values()[itsRole], Count.DIED, ParticipantDescriptor.FREE);
            }
        }
    }

    private int takeSlot() {
        for (int each = 0; each < RegionDescriptor.MAX_PARTICIPANTS; each++) {
            if (table.state(each) == ParticipantDescriptor.FREE && locks.tryExclusive(LockFile.slotByte(each))) {
                return each;
            }
        }
        throw new RegionFull(region + " has no free participant slot: all " + RegionDescriptor.MAX_PARTICIPANTS + " are taken by " + list(
            ));
    }

    private boolean isSlotLocked(int ofSlot) {
        return inquiry.isWriteLocked(LockFile.slotByte(ofSlot));
    }

    /** The flag after the load: a detached table reads as zeros, and the flag is set before it is detached. */
    private long count(Role ofRole, Count count) {
        long value = table.count(ofRole, count);
        requireOpen();
        return value;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(region + " is closed");
        }
    }

    private String holder(Role ofRole) {
        return list().stream().filter(info -> info.role() == ofRole).map(ParticipantInfo::toString).findFirst()
            .orElse("a process that is just arriving or leaving");
    }

    private void takeRepair() {
        long deadline = System.nanoTime() + REPAIR_TIMEOUT_NS;
        while (!locks.tryExclusive(LockFile.REPAIR)) {
            if (System.nanoTime() - deadline > 0) {
                throw new RoleTaken(region + ": the repair lock was held for " + TimeUnit.NANOSECONDS.toSeconds(REPAIR_TIMEOUT_NS)
                    + " s; is one of these processes stopped? " + list());
            }
            Pause.of(REPAIR_RETRY_NS);
        }
    }
}
