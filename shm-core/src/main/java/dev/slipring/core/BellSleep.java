package dev.slipring.core;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** Sleeping on one doorbell. */
final class BellSleep implements Sleep {
    private final Doorbell bell;
    private @Nullable Futex futex;
    private int seq;
    /** Where a sandbox forbids it once, it forbids it always. */
    private boolean mayFence = true;

    BellSleep(Doorbell bell) {
        this.bell = bell;
    }

    @Override
    public boolean announce() {
        if (mayFence) {
            seq = bell.raise();
            mayFence = bell.fence();
        }
        return mayFence;
    }

    @Override
    public boolean sleep(long timeoutNs) {
        if (futex == null) {
            futex = new Futex(); // most who could sleep never do
        }
        try {
            int end = futex.await(bell.seqAddress(), seq, timeoutNs);
            if (Futex.hasSlept(end)) {
                bell.slept();
            }
            return Futex.isExpected(end);
        } finally {
            Reference.reachabilityFence(bell); // and with it the mapping
        }
    }
}
