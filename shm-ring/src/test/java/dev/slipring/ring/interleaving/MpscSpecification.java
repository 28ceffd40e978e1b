package dev.slipring.ring.interleaving;

import dev.slipring.ring.interleaving.MpscRun.End;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What the operations of {@link MpscRun} do and say, to the granule of a ring's room, when nobody interferes. */
public abstract class MpscSpecification {
    static final String CLAIMED = "claimed";
    static final String FULL = "full";

    private static final int GRANULE = 64;
    private static final int CLAIM = 2;
    private static final int GRANULES = MpscLincheckIT.CAPACITY / GRANULE;
    private static final int QUARTER = GRANULES / 4;

    private final Queue<Entry> entries = new ArrayDeque<>();
    private final boolean alwaysCommits;
    private @Nullable Entry first;
    private @Nullable Entry second;
    private int head;
    private int consumed;
    private int end;

    private static final class Entry {
        private final int value;
        private final int end;
        private @Nullable End state;

        Entry(int value, int end) {
            this.value = value;
            this.end = end;
        }
    }

    /** With messages of one granule, from -1 down: those that were read, one by one, and those that wait. */
    MpscSpecification(boolean alwaysCommits, int read, int waiting) {
        this.alwaysCommits = alwaysCommits;
        for (int i = 1; i <= read + waiting; i++) {
            entries.add(ended(-i, 1, End.COMMITTED));
            if (i <= read) {
                pollUpTo(1);
            }
        }
    }

    /** See {@link MpscRun#first}. */
    public String first(int value) {
        if (first != null) {
            var state = end(first);
            first = null;
            return state;
        }
        first = claim(value);
        return first == null ? FULL : CLAIMED;
    }

    /** See {@link MpscRun#second}. */
    public String second(int value) {
        if (second != null) {
            var state = end(second);
            second = null;
            return state;
        }
        second = claim(value);
        return second == null ? FULL : CLAIMED;
    }

    private String end(Entry claim) {
        var state = End.of(claim.value, alwaysCommits);
        claim.state = state;
        return state.name();
    }

    private @Nullable Entry claim(int value) {
        int toEnd = GRANULES - end % GRANULES;
        if (toEnd < CLAIM) {
            if (end + toEnd - head > GRANULES) {
                return null;
            }
            entries.add(ended(0, toEnd, End.ABORTED));
        }
        if (end + CLAIM - head > GRANULES) {
            return null;
        }
        end += CLAIM;
        var claim = new Entry(value, end);
        entries.add(claim);
        return claim;
    }

    private Entry ended(int value, int granules, End state) {
        end += granules;
        var entry = new Entry(value, end);
        entry.state = state;
        return entry;
    }

    final List<String> pollUpTo(int limit) {
        var polled = new ArrayList<String>();
        for (var each = entries.peek(); polled.size() < limit && each != null && each.state != null; each = entries.peek()) {
            entries.remove();
            consumed = each.end;
            if (each.state != End.ABORTED) {
                polled.add(Integer.toString(each.value));
            }
        }
        if (consumed - head >= QUARTER) {
            head = consumed;
        }
        return polled;
    }
}
