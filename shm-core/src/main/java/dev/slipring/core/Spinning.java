package dev.slipring.core;

/**
 * What a waiting thread does before it sleeps. Spinning reacts within a fraction of a microsecond and burns a processor; sleeping reacts
 * within some ten microseconds and burns nothing. Who waits in vain for about as long as waking up takes, will probably wait for longer.
 *
 * @param spins  looks with a pause of the processor between them; 0 or more
 * @param yields looks with {@link Thread#yield()} between them, after the spins; 0 or more
 */
public record Spinning(int spins, int yields) {
    /** Sleeps at once. */
    public static final Spinning NONE = new Spinning(0, 0);

    /** About 10 µs of spinning, none where there is one processor only, and some yields for whoever else wants to run here. */
    public static final Spinning STANDARD = new Spinning(Runtime.getRuntime().availableProcessors() > 1 ? 200 : 0, 5);

    /** Checks the ranges. */
    public Spinning {
        if (spins < 0 || yields < 0) {
            throw new IllegalArgumentException("spins=" + spins + ", yields=" + yields + ": neither may be negative");
        }
    }
}
