package dev.slipring.core;

/**
 * Tells a side that found nothing to do whether the other side is still there. Costs nothing while there is something to do.
 *
 * <h2>Algorithm notes</h2>
 * The counts are read in the order closed, died, era, attached; each only grows, so {@code attached - closed - died} is never less than
 * the number that lived at the moment {@code attached} was read. When it is zero, none of them has moved since, the era is theirs, nobody
 * lived then, and everything they had published is visible: the caller looks once more and only then believes it. They are read again
 * only when the word of changes, which is stored after them, has moved; until then the last answer stands. The dead get counted by whoever
 * asks the kernel, when {@link Patience} is over.
 */
public final class PeerWatch {
    private final Region region;
    private final Participants participants;
    private final Role peer;
    private final Patience patience = new Patience();
    private long lastChanges = -1;
    private Peer lastAnswer = Peer.EXPECTED;

    /** What is known of the other side. */
    public enum Peer {
        /** Somebody lives, or nobody ever came. */
        EXPECTED,
        /** None lives, and those who lived last left in order. */
        LEFT,
        /** None lives, and of those who lived last, at least one died. */
        DIED
    }

    /** @param peer the role of the other side */
    public PeerWatch(Region region, Role peer) {
        this.region = region;
        participants = region.participants();
        this.peer = peer;
    }

    /** To be called when there was something to do. */
    public void fruitful() {
        patience.renew();
    }

    /** To be called when time has passed: the next fruitless attempt may ask the kernel. */
    public void hurry() {
        patience.hurry();
    }

    /** To be called when there was nothing to do; look again before believing anything but EXPECTED. */
    public Peer fruitless() {
        boolean over = patience.isOver();
        if (over) {
            region.checkFile();
            participants.countTheDead();
        }
        long changes = participants.changes(peer);
        if (changes != lastChanges) {
            lastAnswer = ask();
            lastChanges = changes;
        }
        if (over && participants.slot() < 0 && isUncounted()) {
            lastAnswer = Peer.DIED;
        }
        return lastAnswer;
    }

    /** A watcher cannot count the dead. It can see that of those who should be there none has the role or a slot, by the kernel's word. */
    private boolean isUncounted() {
        return lastAnswer == Peer.EXPECTED && participants.attached(peer) > 0 && !participants.isHeld(peer)
            && !participants.isAnybodyThere(peer) && participants.changes(peer) == lastChanges;
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
}
