package dev.slipring.core.fault;

/** Thrown by a {@link FaultMemory} at the moment its process is to die, and by every later store: the dead do not write. */
public final class ProcessDied extends Error {
    private static final long serialVersionUID = 1L;

    ProcessDied(String message) {
        super(message);
    }
}
