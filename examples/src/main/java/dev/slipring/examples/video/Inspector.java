package dev.slipring.examples.video;

import dev.slipring.frame.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a leased frame is what its camera published: stamp, CRC of every plane, bar code, number and time; and whether it lies
 * where its camera wrote it, or is a copy. For one thread.
 */
final class Inspector {
    private final Checksum checksum = new Checksum();
    private final Whereabouts whereabouts = new Whereabouts();
    private @Nullable BarCode barCode;
    private int epoch;
    private long inspections;
    private long torn;
    private long copiedBytes;
    private @Nullable String firstProblem;

    /**
     * Looks at all of a frame.
     *
     * @param when at which moment, in words
     */
    void inspect(Lease lease, String when) {
        inspections++;
        var frame = lease.buffer();
        var stamp = Stamp.read(frame, lease.format());
        if (!Stamp.isIntact(frame, lease.format(), checksum)) {
            report(lease, when, "has other checksums than it is stamped with");
        } else if (stamp.number() != lease.sequence() || stamp.capturedNs() != lease.capturedNs()) {
            report(lease, when, "is stamped as frame " + stamp.number() + " of " + stamp.capturedNs() + " ns, and not of "
                + lease.capturedNs());
        } else if (stamp.barCode() && !isDrawn(lease)) {
            report(lease, when, "shows another bar code");
        }
        if (!stamp.place().equals(whereabouts.of(frame)) || stamp.place().equals(Place.PRIVATE)) {
            copiedBytes += lease.bytes();
        }
    }

    long inspections() {
        return inspections;
    }

    long torn() {
        return torn;
    }

    long copiedBytes() {
        return copiedBytes;
    }

    @Nullable String firstProblem() {
        return firstProblem;
    }

    private boolean isDrawn(Lease lease) {
        var code = barCode;
        if (code == null || epoch != lease.formatEpoch()) {
            code = new BarCode(lease.format());
            barCode = code;
            epoch = lease.formatEpoch();
        }
        return code.number(lease.buffer()) == (int) lease.sequence()
            && code.milliseconds(lease.buffer()) == BarCode.milliseconds(lease.capturedNs());
    }

    private void report(Lease lease, String when, String what) {
        torn++;
        if (firstProblem == null) {
            firstProblem = "frame " + lease.sequence() + " " + what + ", " + when;
        }
    }
}
