package dev.slipring.seqlock;

/**
 * The newest values of several slots at one instant. Each must stand still for the time it takes to read them all: slots that change all
 * the time are {@link Read#BUSY}. Values that belong together, whatever the writer is doing, are a group's: {@link GroupReader}.
 *
 * <p>Threads, blocking, allocation as {@link SlotReader}. The slots may be of several tables.
 *
 * <h2>Algorithm notes</h2>
 * The double collect (Afek and others, Atomic snapshots of shared memory, JACM 1993): each value is read, and then each is found to be
 * still the newest. Versions only grow, so between the two rounds there was an instant at which all of them were the newest.
 */
public final class Snapshot {
    private final SlotReader[] slots;
    private final long[] lastRead;
    private final long[] skipped;
    private long retries;

    /** Of these slots; their {@link SlotReader#value() values} are what is delivered. */
    public Snapshot(SlotReader... slots) {
        this.slots = slots.clone();
        lastRead = new long[slots.length];
        skipped = new long[slots.length];
    }

    /** Versions between the two snapshots that were delivered last, in neither of them, of all slots together. */
    public long skipped() {
        long sum = 0;
        for (long each : skipped) {
            sum += each;
        }
        return sum;
    }

    /**
     * Those of one slot.
     *
     * @param slot which, from 0, as they were given
     */
    public long skipped(int slot) {
        return skipped[slot];
    }

    /**
     * Tries that failed, since this was made: a slot changed while the others were read. Those of single values are counted by {@link
     * SlotReader#retries()}.
     */
    public long retries() {
        return retries;
    }

    /**
     * Delivers all values, of one instant. After another outcome than {@link Read#OK} and {@link Read#WRITER_DEAD} the values do not belong
     * together.
     *
     * @return {@link Read#OK}; {@link Read#WRITER_DEAD} when that is true of one of them; {@link Read#NONE_YET} when one has no value;
     *     {@link Read#BUSY}
     */
    public Read read() {
        for (int tries = 0; tries < SlotReader.MAX_TRIES; tries++) {
            var outcome = readEach();
            if (!outcome.isDelivered()) {
                return outcome;
            }
            if (areAllNewest()) {
                count();
                return outcome;
            }
            retries++;
        }
        return Read.BUSY;
    }

    private Read readEach() {
        var outcome = Read.OK;
        for (var slot : slots) {
            var each = slot.read();
            if (!each.isDelivered()) {
                return each;
            }
            if (each == Read.WRITER_DEAD) {
                outcome = each;
            }
        }
        return outcome;
    }

    private void count() {
        for (int i = 0; i < slots.length; i++) {
            long version = slots[i].value().version();
            skipped[i] = SlotReader.between(lastRead[i], version);
            lastRead[i] = version;
        }
    }

    private boolean areAllNewest() {
        for (var slot : slots) {
            if (!slot.isNewest()) {
                return false;
            }
        }
        return true;
    }
}
