package dev.slipring.core.process;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What this thread allocates on the heap. */
public final class Allocation {
    private static final int RUNS = 4;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {
    }

    /**
     * Bytes for some work that is done again and again: the least of four runs. The first ones warm up; and what the JVM itself has to
     * allocate now and then (when it gives compiled code up, say) does not fall into each of them, as what the work allocates does.
     */
    public static long of(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
