package dev.slipring.ring;

import dev.slipring.core.Room;
import java.util.Objects;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Room in a ring, to be written in place and then committed. Reusable; to be used as a resource: leaving without commit aborts.
 *
 * <pre>{@code
 * try (claim) {
 *     encoder.wrap(claim.buffer(), 0).price(42);
 *     claim.commit();
 * }
 * }</pre>
 */
public final class Claim implements AutoCloseable {
    private final Room buffer = new Room(this);
    private @Nullable Owner owner;
    private boolean open;

    /** Who made the claim and what becomes of it. */
    interface Owner {
        void commit(int length);

        void abort();
    }

    /** A claim of nothing, to be filled in by {@link MessageSink#tryClaim}. */
    public Claim() {
        // nothing to do
    }

    UnsafeBuffer open(Owner newOwner) {
        if (owner != newOwner) {
            owner = newOwner; // only when it changes: storing a reference costs the collector's barrier
        }
        open = true;
        return buffer;
    }

    boolean isOpen() {
        return open;
    }

    boolean isOpenFor(Owner asking) {
        return open && owner == asking;
    }

    /**
     * The room, from 0 to {@link #length()}; nothing outside it can be reached. Its content is undefined until it is written. It is the
     * ring's again once the claim is committed or aborted: do not keep it.
     *
     * @throws IllegalStateException when the claim is not open
     */
    public MutableDirectBuffer buffer() {
        if (!open) {
            throw notOpen();
        }
        return buffer;
    }

    /** Bytes that were claimed. */
    public int length() {
        return buffer.capacity();
    }

    /** Makes the message visible (in a batch: with the batch). */
    public void commit() {
        commit(length());
    }

    /**
     * Makes the first bytes visible and gives the rest of the room back.
     *
     * @param length 0…{@link #length()}
     */
    public void commit(int length) {
        if (length < 0 || length > length()) {
            throw new IllegalArgumentException("length=" + length + " is outside the claim's 0…" + length());
        }
        take().commit(length);
    }

    /** Gives the room back; nothing was sent. */
    public void abort() {
        take().abort();
    }

    /** Aborts when the claim is still open. */
    @Override
    public void close() {
        if (open) {
            abort();
        }
    }

    private Owner take() {
        if (!open) {
            throw notOpen();
        }
        open = false;
        return Objects.requireNonNull(owner);
    }

    private static IllegalStateException notOpen() {
        return new IllegalStateException("the claim is not open: it was committed or aborted already, or never made");
    }
}
