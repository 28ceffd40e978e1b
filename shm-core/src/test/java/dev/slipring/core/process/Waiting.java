package dev.slipring.core.process;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A call that waits, in a thread of its own. */
public final class Waiting<T> {
    private static final long ASLEEP_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final FutureTask<T> call;
    private final Thread thread;

    /** Begins the call. */
    public Waiting(Callable<T> call) {
        this.call = new FutureTask<>(call);
        thread = Thread.ofPlatform().daemon().start(this.call);
    }

    /** Returns when the call has waited for longer than it spins. */
    public void awaitAsleep() {
        long start = System.nanoTime();
        Await.until("it sleeps", () -> System.nanoTime() - start > ASLEEP_NS);
        if (call.isDone()) {
            throw new AssertionError("it did not wait");
        }
    }

    /** Interrupts it. */
    public void interrupt() {
        thread.interrupt();
    }

    /** What came of it, within {@link Await#LONG}; throws what the call threw. */
    public T outcome() throws Exception {
        try {
            return call.get(Await.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
