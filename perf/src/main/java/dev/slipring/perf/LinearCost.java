package dev.slipring.perf;

import java.util.List;

/**
 * The cost of a message as a straight line over its size: T(x) = fixed + x · perByte.
 *
 * <p>Fitted to measured points by least squares of the <em>relative</em> error, that is with the weight 1/T² for each point: otherwise the
 * largest messages, which take a thousand times as long, would be the only ones that count.
 *
 * @param fixedNs   what a message without bytes would cost
 * @param perByteNs what each byte adds
 * @param points    what it was fitted to, and how far off it is there
 * @param rms       root of the mean square of the residuals
 */
record LinearCost(double fixedNs, double perByteNs, List<Point> points, double rms) {
    /** Two would fit every line. */
    static final int FEWEST_POINTS = 3;

    /** @param residual by how much the model is too high, as a part of what was measured */
    record Point(int size, double measuredNs, double modelNs, double residual) {
    }

    /** What was measured. */
    record Sample(int size, double ns) {
    }

    /** @throws IllegalArgumentException for fewer than {@link #FEWEST_POINTS} different sizes, or times that are not positive */
    static LinearCost fit(List<Sample> samples) {
        if (samples.stream().mapToInt(Sample::size).distinct().count() < FEWEST_POINTS) {
            throw new IllegalArgumentException("a line takes " + FEWEST_POINTS + " sizes or more, found " + samples);
        }
        double w = 0;
        double wx = 0;
        double wxx = 0;
        double wt = 0;
        double wxt = 0;
        for (var sample : samples) {
            if (!(sample.ns > 0)) {
                throw new IllegalArgumentException("no time: " + sample);
            }
            double weight = 1 / (sample.ns * sample.ns);
            w += weight;
            wx += weight * sample.size;
            wxx += weight * sample.size * sample.size;
            wt += weight * sample.ns;
            wxt += weight * sample.size * sample.ns;
        }
        double perByte = (w * wxt - wx * wt) / (w * wxx - wx * wx);
        double fixed = (wt - perByte * wx) / w;
        var points = samples.stream().map(sample -> {
            double model = fixed + sample.size * perByte;
            return new Point(sample.size, sample.ns, model, model / sample.ns - 1);
        }).toList();
        double squares = points.stream().mapToDouble(point -> point.residual * point.residual).sum();
        return new LinearCost(fixed, perByte, points, Math.sqrt(squares / points.size()));
    }

    /** The size from which the other is the cheaper one, or before which it was; not a number where the lines do not meet at one. */
    double crossover(LinearCost other) {
        double size = (other.fixedNs - fixedNs) / (perByteNs - other.perByteNs);
        return size > 0 && Double.isFinite(size) ? size : Double.NaN;
    }
}
