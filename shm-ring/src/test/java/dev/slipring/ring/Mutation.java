package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Mistakes that the crash tests must notice: each turns the correct order of stores into a wrong one. */
enum Mutation {
    /** The header behind the published record is not zeroed first. */
    NO_PRE_ZEROING {
        @Override
        boolean intercept(Memory memory, String method, Object[] arguments, Queue<Runnable> postponed) {
            return method.equals("putLong") && (long) arguments[1] == RecordDescriptor.EMPTY;
        }
    },
    /** The publishing store orders nothing. */
    WEAK_RELEASE {
        @Override
        boolean intercept(Memory memory, String method, Object[] arguments, Queue<Runnable> postponed) {
            if (method.equals("putLongRelease")) {
                memory.putLong((int) arguments[0], (long) arguments[1]);
                return true;
            }
            return false;
        }
    },
    /** The header is stored before the payload. */
    PUBLISH_BEFORE_PAYLOAD {
        @Override
        boolean intercept(Memory memory, String method, Object[] arguments, Queue<Runnable> postponed) {
            if (method.equals("copyIn")) {
                var bytes = new UnsafeBuffer(new byte[(int) arguments[3]]);
                bytes.putBytes(0, (DirectBuffer) arguments[1], (int) arguments[2], bytes.capacity());
                postponed.add(() -> memory.copyIn((int) arguments[0], bytes, 0, bytes.capacity()));
                return true;
            }
            if (method.equals("putLongRelease")) {
                memory.putLongRelease((int) arguments[0], (long) arguments[1]);
                while (!postponed.isEmpty()) {
                    postponed.remove().run();
                }
                return true;
            }
            return false;
        }
    };

    /** Does something else instead of this call on the data area and returns true, or returns false. */
    abstract boolean intercept(Memory memory, String method, Object[] arguments, Queue<Runnable> postponed);

    /** The same seam, with the mistake on top. */
    MemorySeam over(MemorySeam seam) {
        return (area, mapped) -> {
            var memory = seam.wrap(area, mapped);
            if (area != Area.DATA) {
                return memory;
            }
            Queue<Runnable> postponed = new ArrayDeque<>();
            return (Memory) Proxy.newProxyInstance(Memory.class.getClassLoader(), new Class<?>[] {Memory.class}, (proxy, method,
                arguments) -> {
                if (arguments != null && intercept(memory, method.getName(), arguments, postponed)) {
                    return null;
                }
                try {
                    return method.invoke(memory, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        };
    }
}
