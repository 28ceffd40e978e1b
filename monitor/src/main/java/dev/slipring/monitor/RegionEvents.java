package dev.slipring.monitor;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.SlipringException;
import jdk.jfr.FlightRecorder;

/**
 * Writes an event {@code dev.slipring.Region} for each region of a directory into the recordings of this JVM, once a second unless the
 * recording says otherwise ({@code jdk.jfr.Recording#enable} and {@code withPeriod}, or a {@code .jfc} file).
 *
 * <p>JFR's own thread takes the snapshots, and only while a recording wants them: until then this costs nothing. Threads: any.
 */
public final class RegionEvents implements AutoCloseable {
    private final Runnable hook;

    private RegionEvents(Runnable hook) {
        this.hook = hook;
    }

    /** Begins. */
    public static RegionEvents of(RegionDirectory directory) {
        var events = new RegionEvents(() -> write(directory));
        FlightRecorder.addPeriodicEvent(RegionEvent.class, events.hook);
        return events;
    }

    private static void write(RegionDirectory directory) {
        try {
            RegionSnapshot.all(directory).forEach(each -> new RegionEvent(each).commit());
        } catch (SlipringException e) {
            // no directory, so no regions, this time
        }
    }

    /** Ends. Idempotent. */
    @Override
    public void close() {
        FlightRecorder.removePeriodicEvent(hook);
    }
}
