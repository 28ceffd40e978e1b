package dev.slipring.core.fault;

import dev.slipring.core.Area;
import java.util.ArrayList;
import java.util.List;

/**
 * Another thread closes a handle in the middle of a call, as soon as the test has {@link #arm armed} it. Mappings are cut off from the file
 * one after the other, so a store that is made after that may still reach it, although one that was made before it did not: this
 * remembers all of them.
 */
public final class Closing implements Interjection {
    private final Area area;
    private final String call;
    private final List<String> stored = new ArrayList<>();
    private Runnable close = () -> { };
    private boolean armed;
    private boolean closed;

    /** Before the first such call. */
    public Closing(Area area, String call) {
        this.area = area;
        this.call = call;
    }

    /** From now on. */
    public void arm(Runnable howToClose) {
        close = howToClose;
        armed = true;
    }

    /** Whether it has closed the handle. */
    public boolean isOver() {
        return closed;
    }

    /** The stores that were made after the call in which it was closed. */
    public List<String> stored() {
        return stored;
    }

    @Override
    public void before(Area inArea, String made, Object[] arguments) {
        if (closed && (made.startsWith("put") || made.startsWith("copyIn") || made.startsWith("compareAndSet"))) {
            stored.add(inArea + " " + made);
        } else if (armed && inArea == area && made.equals(call)) {
            armed = false;
            close.run();
            closed = true;
        }
    }
}
