package dev.slipring.core.recording;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Everything one thread did to its memories, and what the Java memory model promises of the order in which others see it. Two accesses
 * are ordered when the later is a release, the earlier an acquire, a fence between them covers both, or a chain of such steps
 * leads from one to the other. What merely happens in that order on today's processor does not count.
 */
public final class Recording {
    private final List<Access> accesses = new ArrayList<>();

    /** Weakens one kind of access, to see a test fail: returns the method to call instead, or "" for none. */
    @FunctionalInterface
    public interface Weakening {
        /** Changes nothing. */
        Weakening NONE = (area, call) -> call;

        /** What is called instead. */
        String instead(Area area, String call);
    }

    /** Memories that are recorded here. */
    public MemorySeam seam() {
        return seam(Weakening.NONE);
    }

    /** Memories that are recorded here, with weaker accesses than were asked for. */
    public MemorySeam seam(Weakening weakening) {
        return (area, memory) -> (Memory) Proxy.newProxyInstance(Memory.class.getClassLoader(), new Class<?>[] {Memory.class},
            (proxy, method, arguments) -> {
                String call = weakening.instead(area, method.getName());
                if (call.isEmpty()) {
                    return method.getReturnType() == boolean.class ? true : null;
                }
                note(area, call, arguments == null ? new Object[0] : arguments);
                try {
                    return Memory.class.getMethod(call, method.getParameterTypes()).invoke(memory, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
    }

    /** Forgets what was recorded so far. */
    public void clear() {
        accesses.clear();
    }

    /** All accesses, in program order. */
    public List<Access> accesses() {
        return List.copyOf(accesses);
    }

    /** Fails unless both kinds of access occur, and each earlier one is ordered before each later one that follows it. */
    public void requireOrder(String rule, Predicate<Access> earlier, Predicate<Access> later) {
        int pairs = 0;
        for (int from = 0; from < accesses.size(); from++) {
            if (!earlier.test(accesses.get(from))) {
                continue;
            }
            var after = orderedAfter(from);
            for (int to = from + 1; to < accesses.size(); to++) {
                if (later.test(accesses.get(to))) {
                    pairs++;
                    if (!after.get(to)) {
                        throw new AssertionError(rule + ": nothing orders " + accesses.get(from) + " before " + accesses.get(to));
                    }
                }
            }
        }
        if (pairs == 0) {
            throw new AssertionError(rule + ": expected both kinds of access, in this order; found none in " + accesses);
        }
    }

    /** Fails when the one kind of access is ever followed by the other. */
    public void requireNever(String rule, Predicate<Access> earlier, Predicate<Access> later) {
        boolean seen = false;
        for (var access : accesses) {
            if (seen && later.test(access)) {
                throw new AssertionError(rule + ": found " + access + " after it");
            }
            seen |= earlier.test(access);
        }
    }

    private BitSet orderedAfter(int from) {
        var after = new BitSet(accesses.size());
        after.set(from);
        for (int via = from; via < accesses.size(); via++) {
            if (!after.get(via)) {
                continue;
            }
            for (int to = via + 1; to < accesses.size(); to++) {
                if (!after.get(to) && isOrdered(via, to)) {
                    after.set(to);
                }
            }
        }
        return after;
    }

    private boolean isOrdered(int via, int to) {
        var earlier = accesses.get(via);
        var later = accesses.get(to);
        if ((later.isStore() && later.releases()) || (earlier.isLoad() && earlier.acquires())) {
            return true;
        }
        for (int between = via + 1; between < to; between++) {
            if (accesses.get(between).separates(earlier, later)) {
                return true;
            }
        }
        return false;
    }

    private void note(Area area, String call, Object[] arguments) {
        int offset = arguments.length > 0 && arguments[0] instanceof Integer first ? first : 0;
        long value = arguments.length == 2 && arguments[1] instanceof Number second ? second.longValue() : 0;
        accesses.add(new Access(area, call, offset, value));
    }
}
