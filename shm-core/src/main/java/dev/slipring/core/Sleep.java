package dev.slipring.core;

/** The two steps of going to sleep, between which the caller looks once more for what he waits for. */
interface Sleep {
    /** From here on whoever has something for the caller wakes him; false when nobody would, so that he must not sleep this time. */
    boolean announce();

    /** Sleeps, unless somebody has rung since the announcement; false when this kernel, or a sandbox, does not let us. */
    boolean sleep(long timeoutNs);
}
