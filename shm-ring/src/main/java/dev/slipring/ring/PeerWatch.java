package dev.slipring.ring;

import dev.slipring.core.Participants;
import dev.slipring.core.Region;
import dev.slipring.core.Role;
import java.util.concurrent.TimeUnit;

/**
 * Tells a side that found nothing to do whether the other side is still there. Costs nothing while there is something to do.
 *
 * <h2>Algorithm notes</h2>
 * The counts are read in the order closed, died, era, attached; each only grows, so {@code attached - closed - died} is never less than
 * the number that lived at the moment {@code attached} was read. When it is zero, none of them has moved since, the era is theirs, nobody
 * lived then, and everything they had published is
 * visible: the caller looks once more and only then believes it. They are read again only when the word of changes, which is stored after
 * them, has moved; until then the last answer stands. The dead get counted by whoever asks the kernel; that is done after
 * {@value #POLLS_BEFORE_ASKING} fruitless attempts and at most every 10 ms, with the clock read at every {@value #POLLS_PER_CLOCK}th.
 */
final class PeerWatch {
    private static final int POLLS_BEFORE_ASKING = 1024;
    private static final int POLLS_PER_CLOCK = 256;
    private static final long ASK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Region region;
    private final Participants participants;
    private final Role peer;
    private int fruitless;
    private long lastAskedNs;
    private long lastChanges = -1;
    private Peer lastAnswer = Peer.EXPECTED;

    /** What is known of the other side. */
    enum Peer {
        /** Somebody lives, or nobody ever came. */
        EXPECTED,
        /** None lives, and those who lived last left in order. */
        LEFT,
        /** None lives, and of those who lived last, at least one died. */
        DIED
    }

    PeerWatch(Region region, Role peer) {
        this.region = region;
        participants = region.participants();
        this.peer = peer;
        lastAskedNs = System.nanoTime() - ASK_EVERY_NS;
    }

    /** To be called when there was something to do. */
    void fruitful() {
        if (fruitless != 0) {
            fruitless = 0;
        }
    }

    /** To be called when there was nothing to do; look again before believing anything but EXPECTED. */
    Peer fruitless() {
        if (++fruitless >= POLLS_BEFORE_ASKING && fruitless % POLLS_PER_CLOCK == 0) {
            askTheKernel();
        }
        long changes = participants.changes(peer);
        if (changes != lastChanges) {
            lastAnswer = ask();
            lastChanges = changes;
        }
        return lastAnswer;
    }

    private Peer ask() {
        long closed = participants.closedInOrder(peer);
        long died = participants.died(peer);
        long diedBeforeEra = participants.diedBeforeEra(peer);
        long attached = participants.attached(peer);
        if (attached - closed - died > 0 || attached == 0) {
            return Peer.EXPECTED;
        }
        return died > diedBeforeEra ? Peer.DIED : Peer.LEFT;
    }

    private void askTheKernel() {
        fruitless = POLLS_BEFORE_ASKING; // never overflows
        long now = System.nanoTime();
        if (now - lastAskedNs >= ASK_EVERY_NS) {
            lastAskedNs = now;
            region.checkFile();
            participants.countTheDead();
        }
    }
}
