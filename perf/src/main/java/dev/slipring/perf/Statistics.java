package dev.slipring.perf;

import java.util.ArrayList;
import java.util.List;

/**
 * A few numbers, in order.
 *
 * @param median the middle one, or the mean of the middle two
 * @param min    the least
 * @param max    the greatest
 */
record Statistics(double median, double min, double max) {

    /** @throws IllegalArgumentException when there are none */
    static Statistics of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values, no statistics");
        }
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Statistics(median, sorted.getFirst(), sorted.getLast());
    }

    /**
     * The ratios of two series, each made within one round. What disturbed a round disturbed both sides of it; the ratio of two medians
     * would compare different rounds.
     *
     * @throws IllegalArgumentException when they are not of the same length
     */
    static Statistics ofRatios(List<Double> values, List<Double> peers) {
        if (values.size() != peers.size()) {
            throw new IllegalArgumentException(values.size() + " rounds cannot be compared with " + peers.size());
        }
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / peers.get(i));
        }
        return of(ratios);
    }
}
