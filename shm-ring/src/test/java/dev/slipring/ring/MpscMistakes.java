package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.UnaryOperator;

/** Mistakes that the sides of an MPSC ring must not make, each put on top of the memories of a side. */
public final class MpscMistakes {
    private MpscMistakes() {
    }

    /** A consumer's: head is seen before the marks. */
    public static MemorySeam headBeforeMarks(MemorySeam under) {
        Queue<Runnable> marks = new ArrayDeque<>();
        return (area, mapped) -> {
            var memory = under.wrap(area, mapped);
            return switch (area) {
                case DATA -> new ForwardingMemory(memory) {
                    @Override
                    public void putLong(int offset, long mark) {
                        marks.add(() -> super.putLong(offset, mark));
                    }
                };
                case CONSUMER -> new ForwardingMemory(memory) {
                    @Override
                    public void putLongRelease(int offset, long value) {
                        super.putLongRelease(offset, value);
                        while (offset == MpscDescriptor.HEAD_OFFSET && !marks.isEmpty()) {
                            marks.remove().run();
                        }
                    }
                };
                default -> memory;
            };
        };
    }

    /** Either side's: a look and a store instead of a compare-and-set. */
    public static MemorySeam lookAndStore(MemorySeam under) {
        return onData(under, memory -> new ForwardingMemory(memory) {
            @Override
            public boolean compareAndSetLong(int offset, long expected, long update) {
                boolean same = getLongAcquire(offset) == expected;
                if (same) {
                    putLongRelease(offset, update);
                }
                return same;
            }
        });
    }

    private static MemorySeam onData(MemorySeam under, UnaryOperator<Memory> mistake) {
        return (area, mapped) -> {
            var memory = under.wrap(area, mapped);
            return area == Area.DATA ? mistake.apply(memory) : memory;
        };
    }
}
