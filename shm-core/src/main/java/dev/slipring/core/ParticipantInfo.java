package dev.slipring.core;

import java.time.Instant;

/**
 * A participant as people see it. Process id and time are what it said of itself; whether it lives is the kernel's word alone.
 *
 * @param slot       0…63
 * @param generation which life of the slot
 * @param role       what it does here
 * @param name       what it calls itself
 * @param pid        its process, in its own PID namespace
 * @param since      when it registered
 */
public record ParticipantInfo(int slot, int generation, Role role, String name, long pid, Instant since) {
    @Override
    public String toString() {
        return role + " \"" + name + "\" (pid " + pid + ", since " + since + ", slot " + slot + " generation " + generation + ")";
    }
}
