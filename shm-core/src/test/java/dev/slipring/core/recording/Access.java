package dev.slipring.core.recording;

import dev.slipring.core.Area;

/**
 * One call of a memory.
 *
 * @param area   where
 * @param call   the method of {@link dev.slipring.core.Memory}
 * @param offset first byte, 0 for a fence
 * @param value  what was stored, 0 where that is no number
 */
public record Access(Area area, String call, int offset, long value) {
    /** A store of a word or of many bytes. */
    public boolean isStore() {
        return call.startsWith("put") || call.startsWith("copyIn") || call.startsWith("compareAndSet");
    }

    /** A load of a word or of many bytes. */
    public boolean isLoad() {
        return call.startsWith("get") || call.startsWith("copyOut") || call.startsWith("compareAndSet");
    }

    /** A store to this word. */
    public boolean storesTo(Area ofArea, int atOffset) {
        return isStore() && area == ofArea && offset == atOffset;
    }

    /** A load of this word. */
    public boolean loads(Area ofArea, int atOffset) {
        return isLoad() && area == ofArea && offset == atOffset;
    }

    boolean releases() {
        return call.endsWith("Release") || call.startsWith("compareAndSet");
    }

    boolean acquires() {
        return call.endsWith("Acquire") || call.startsWith("compareAndSet");
    }

    /** Whether this fence keeps the two apart. */
    boolean separates(Access earlier, Access later) {
        return switch (call) {
            case "fullFence", "lightFence", "heavyFence" -> true; // the last two as far as the other half of the pair is concerned
            case "storeStoreFence" -> earlier.isStore() && later.isStore();
            case "loadLoadFence" -> earlier.isLoad() && later.isLoad();
            default -> false;
        };
    }
}
