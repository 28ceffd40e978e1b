package dev.slipring.ring.interleaving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** What the operations of {@link SpscRun} do and say, to the byte of a ring's room, when nobody interferes. */
public abstract class SpscSpecification {
    private static final int HEADER_LENGTH = 8;

    private final int capacity;
    private final Queue<Entry> entries = new ArrayDeque<>();
    private long head;
    private long end;

    private record Entry(long value, long end) {
    }

    SpscSpecification(int capacity) {
        this.capacity = capacity;
    }

    /** See {@link SpscRun#offer}. */
    public boolean offer(int value) {
        return add(value, SpscRun.LONG);
    }

    /** See {@link SpscRun#claimAndCommit}. */
    public boolean claimAndCommit(int value) {
        return add(value, SpscRun.LONG);
    }

    /** See {@link SpscRun#claimAndAbort}. */
    public boolean claimAndAbort(int value) {
        return hasRoomUpTo(endOf(SpscRun.LONG, end));
    }

    /** See {@link SpscRun#offerBoth}. */
    public boolean offerBoth(int first, int second) {
        return hasRoomUpTo(endOf(SpscRun.LONG, endOf(SpscRun.LONG, end))) && offer(first) && offer(second);
    }

    /** True unless the ring was full. */
    final boolean add(long value, int length) {
        long newEnd = endOf(length, end);
        if (!hasRoomUpTo(newEnd)) {
            return false;
        }
        end = newEnd;
        entries.add(new Entry(value, end));
        return true;
    }

    final List<String> pollUpTo(int limit) {
        var polled = new ArrayList<String>();
        while (polled.size() < limit && !entries.isEmpty()) {
            var entry = entries.remove();
            head = entry.end;
            polled.add(Long.toString(entry.value));
        }
        return polled;
    }

    private long endOf(int length, long position) {
        int stride = HEADER_LENGTH + length;
        int toEnd = (int) (capacity - position % capacity);
        return position + (stride > toEnd ? toEnd : 0) + stride;
    }

    /** And for the zero header behind it. */
    private boolean hasRoomUpTo(long newEnd) {
        return newEnd + HEADER_LENGTH - head <= capacity;
    }
}
