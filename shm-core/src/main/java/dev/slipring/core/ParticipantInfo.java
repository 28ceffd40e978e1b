package dev.slipring.core;

import java.time.Instant;

/**
 * A participant as people see it. Process id and time are what it said of itself; whether it lives is the kernel's word alone.
 *
 * @param slot       0…63
 * @param generation which life of the slot
 * @param role       what it does here
 * @param name       what it calls itself: whatever another process wrote there, escaped in {@link #toString} only
 * @param pid        its process, in its own PID namespace
 * @param since      when it registered
 */
public record ParticipantInfo(int slot, int generation, Role role, String name, long pid, Instant since) {
    private static final int INVISIBLE = 1 << Character.CONTROL | 1 << Character.FORMAT | 1 << Character.SURROGATE
        | 1 << Character.PRIVATE_USE | 1 << Character.UNASSIGNED | 1 << Character.LINE_SEPARATOR | 1 << Character.PARAGRAPH_SEPARATOR;

    @Override
    public String toString() {
        return role + " \"" + printableName() + "\" (pid " + pid + ", since " + since + ", slot " + slot + " generation "
            + generation + ")";
    }

    /** The name, with what is no visible character of it, and quotation marks, escaped. */
    public String printableName() {
        return escaped(name);
    }

    /** So that a name can neither end a line of somebody's log, nor the quotation, nor move a terminal's cursor. */
    private static String escaped(String text) {
        var result = new StringBuilder(text.length());
        text.codePoints().forEach(each -> {
            if ((1 << Character.getType(each) & INVISIBLE) != 0) {
                result.append(String.format("\\u%04x", each));
            } else if (each == '"' || each == '\\') {
                result.append('\\').appendCodePoint(each);
            } else {
                result.appendCodePoint(each);
            }
        });
        return result.toString();
    }
}
