package dev.slipring.examples.trading;

/**
 * What a run is to be like.
 *
 * @param trades          how many of the file's, from its start; 1 or more
 * @param warmUp          how many to send before, unmeasured; 0 or more
 * @param rate            trades a second, 0 for as fast as they go
 * @param recorderPauseMs how long the recorder takes over each block, in milliseconds
 * @param killFeed        whether to kill a feed handler in the middle
 * @param transport       what carries the messages: a transport's URI, without what tells one flow from another
 * @param busySpin        whether whoever waits spins instead of sleeping
 * @param keep            whether to leave behind what lies in files
 */
public record Settings(int trades, int warmUp, long rate, int recorderPauseMs, boolean killFeed, String transport, boolean busySpin,
    boolean keep) {
    /** Lines in the file. */
    public static final int ALL_TRADES = 100_000;

    /** Checks the ranges. */
    public Settings {
        requireRange("trades", trades, 1, ALL_TRADES);
        requireRange("warm-up", warmUp, 0, ALL_TRADES);
        requireRange("rate", rate, 0, 1_000_000_000);
        requireRange("slow-recorder", recorderPauseMs, 0, 1000);
        if (killFeed && rate == 0) {
            throw new IllegalArgumentException("kill-feed needs a rate: as fast as they go, there is no middle to hit");
        }
        Meeting.requireTransport(transport);
    }

    private static void requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + " is outside " + min + "…" + max);
        }
    }
}
