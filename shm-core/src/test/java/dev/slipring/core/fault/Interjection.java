package dev.slipring.core.fault;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Told of each call of a memory before it is made: here a test lets others go on, or a process die. */
@FunctionalInterface
public interface Interjection {
    /** Told of a call, with its arguments. */
    void before(Area area, String call, Object[] arguments);

    /** The same memories, with something in between. */
    default MemorySeam over(MemorySeam seam) {
        return (area, mapped) -> {
            var memory = seam.wrap(area, mapped);
            return (Memory) Proxy.newProxyInstance(Memory.class.getClassLoader(), new Class<?>[] {Memory.class},
                (proxy, method, arguments) -> {
                    before(area, method.getName(), arguments == null ? new Object[0] : arguments);
                    try {
                        return method.invoke(memory, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        };
    }

    /** Runs something once, before the first such call that follows {@link Once#arm}. */
    static Once once(Area area, String call, Runnable meanwhile) {
        return new Once(area, call, meanwhile);
    }

    /** See {@link #once}. */
    final class Once implements Interjection {
        private final Area area;
        private final String call;
        private final Runnable meanwhile;
        private int skip = -1;

        private Once(Area area, String call, Runnable meanwhile) {
            this.area = area;
            this.call = call;
            this.meanwhile = meanwhile;
        }

        /** From now on. */
        public void arm() {
            arm(0);
        }

        /** From now on, but not yet before the first of such calls. */
        public void arm(int toSkip) {
            skip = toSkip;
        }

        /** Whether it has run. */
        public boolean isOver() {
            return skip < 0;
        }

        @Override
        public void before(Area inArea, String made, Object[] arguments) {
            if (skip >= 0 && inArea == area && made.equals(call) && skip-- == 0) {
                meanwhile.run();
            }
        }
    }
}
