package dev.slipring.perf.candidate;

/** A process's hold on a {@link Link}; each end is made when it is first asked for, and asked for once. */
public interface Connection {
    /** To send by. */
    Outlet outlet();

    /** To receive by. */
    Inlet inlet(Receiver receiver);
}
