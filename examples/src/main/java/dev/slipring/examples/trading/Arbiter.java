package dev.slipring.examples.trading;

import dev.slipring.examples.demo.PeerGone;
import java.util.Arrays;

/**
 * Makes one flow of two lines that carry the same: takes the first copy of each trade and counts the others. So nobody notices which
 * line is ahead, or that one has died.
 *
 * <p>Each line is in order by itself. Hence the first copy of a trade comes right behind the first copy of the one before it; a copy that
 * is ahead of that is taken, and makes the flow out of sequence, which no verdict forgives. Allocates nothing after its construction.
 */
final class Arbiter implements Inbox.Ending {
    private final Copies[] lines = {new Copies(), new Copies()};
    private long due;
    private long duplicates;

    private static final class Copies {
        private final TradeTally tally = new TradeTally();
        private long first;
        private long ends;

        boolean hasCome() {
            return tally.count() + ends > 0;
        }
    }

    /** Counts a copy; returns whether it is the first of its trade. */
    boolean isFirst(Line line, long sequence, long epochSecond, long price, long quantity) {
        var copies = lines[line.ordinal()];
        copies.tally.add(sequence, epochSecond, price, quantity);
        if (sequence < due) {
            duplicates++;
            return false;
        }
        copies.first++;
        due = sequence + 1;
        return true;
    }

    /** The market has closed, says this line: it had as many trades. */
    void onEnd(Line line, long trades) {
        var copies = lines[line.ordinal()];
        copies.ends++;
        if (trades != copies.tally.count()) {
            throw new IllegalStateException("line " + line + " closed after " + trades + " trades, and " + copies.tally.count() + " came");
        }
    }

    /**
     * Whether the flow is at its end, now that no feed handler is there: not when one of them is yet to come. A line that has closed has
     * brought everything, whatever became of the other.
     */
    @Override
    public boolean isEnd(boolean inOrder) {
        if (inOrder && !Arrays.stream(lines).allMatch(Copies::hasCome)) {
            return false;
        }
        if (Arrays.stream(lines).allMatch(copies -> copies.ends == 0)) {
            throw new PeerGone("both feeds died");
        }
        return true;
    }

    long duplicates() {
        return duplicates;
    }

    LineTotals totals(Line line) {
        var copies = lines[line.ordinal()];
        return new LineTotals(copies.tally.totals(), copies.first, copies.ends);
    }
}
