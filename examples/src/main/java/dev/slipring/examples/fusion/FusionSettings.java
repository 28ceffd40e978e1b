package dev.slipring.examples.fusion;

/**
 * What a run is to be like.
 *
 * @param speed         how many times faster than it was; 0 for as fast as it goes
 * @param cells         versions of each slot that are retained, the one in the making included
 * @param breakMatching whether to combine each sample with the newest calibration instead of its own
 * @param busySpin      whether whoever waits spins instead of sleeping
 * @param keep          whether to leave behind what lies in files
 */
public record FusionSettings(double speed, int cells, boolean breakMatching, boolean busySpin, boolean keep) {
    private static final double MAX_SPEED = 1000;
    private static final double MIN_SPEED = 0.01;

    /** Checks the speed; the cells are checked by who makes them. */
    public FusionSettings {
        if (speed != 0 && (Double.isNaN(speed) || speed < MIN_SPEED || speed > MAX_SPEED)) {
            throw new IllegalArgumentException("speed=" + speed + " is neither 0 nor in " + MIN_SPEED + "…" + MAX_SPEED);
        }
        Rig.tableOptions(cells);
    }
}
