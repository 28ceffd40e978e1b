package dev.slipring.examples.fusion;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws an outcome as SVG: the way over ground, the speed, and how the camera was tilted. */
final class Picture {
    private static final double US_PER_SECOND = 1e6;
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 720;
    private static final int TOP = 70;
    private static final int BOTTOM = 650;
    private static final String ESTIMATE = "#1f5fbf";
    private static final String GPS = "#d9822b";
    private static final String SECOND = "#2f9e5a";
    private static final String THIRD = "#b8405e";

    private final StringBuilder svg = new StringBuilder(1 << 16);
    private final Formatter out = new Formatter(svg, Locale.ROOT);

    private Picture() {
    }

    static String of(Replay.Outcome outcome) {
        var picture = new Picture();
        picture.draw(outcome);
        return picture.svg.toString();
    }

    private void draw(Replay.Outcome outcome) {
        out.format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
            + "font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n", WIDTH, HEIGHT, WIDTH, HEIGHT);
        text(WIDTH / 2.0, 28, "middle", "18", "black", "Sensor fusion: GoPro Hero7, accelerometer, gyroscope, GPS");
        way(outcome);
        double end = outcome.points().isEmpty() ? 1 : outcome.points().getLast().timeUs() / US_PER_SECOND;
        double fastest = Math.max(outcome.points().stream().mapToDouble(Replay.Point::speed).max().orElse(1),
            outcome.fixes().stream().mapToDouble(Replay.Fix::speed).max().orElse(1));
        var speed = new Plot(520, TOP, WIDTH - 30, 310, 0, end, 0, Math.ceil(fastest));
        speed.frame("speed over ground, m/s");
        speed.legend(0, "by the receiver; the filter does not know it", GPS);
        speed.legend(1, "estimate", ESTIMATE);
        speed.line(outcome.fixes(), fix -> fix.timeUs() / US_PER_SECOND, Replay.Fix::speed, GPS);
        speed.line(outcome.points(), Picture::seconds, Replay.Point::speed, ESTIMATE);
        var tilt = new Plot(520, 400, WIDTH - 30, BOTTOM, 0, end, -90, 90);
        tilt.frame("attitude: elevation of the camera's axes above the horizon, degrees");
        tilt.legend(0, "X", ESTIMATE);
        tilt.legend(1, "Y", SECOND);
        tilt.legend(2, "Z", THIRD);
        tilt.line(outcome.points(), Picture::seconds, point -> elevation(point.upX()), ESTIMATE);
        tilt.line(outcome.points(), Picture::seconds, point -> elevation(point.upY()), SECOND);
        tilt.line(outcome.points(), Picture::seconds, point -> elevation(point.upZ()), THIRD);
        text((520 + WIDTH - 30) / 2.0, BOTTOM + 40, "middle", "13", "black", "seconds");
        svg.append("</svg>\n");
    }

    /** Metres east and north to one scale. */
    private void way(Replay.Outcome outcome) {
        var east = outcome.points().stream().mapToDouble(Replay.Point::east).summaryStatistics();
        var north = outcome.points().stream().mapToDouble(Replay.Point::north).summaryStatistics();
        double width = 400;
        double perMetre = Math.min(width / (east.getMax() - east.getMin() + 4), (BOTTOM - TOP) / (north.getMax() - north.getMin() + 4));
        double middleEast = (east.getMax() + east.getMin()) / 2;
        double middleNorth = (north.getMax() + north.getMin()) / 2;
        double halfEast = width / perMetre / 2;
        double halfNorth = (BOTTOM - TOP) / perMetre / 2;
        var plot = new Plot(60, TOP, 460, BOTTOM, middleEast - halfEast, middleEast + halfEast, middleNorth - halfNorth,
            middleNorth + halfNorth);
        plot.frame("trajectory, m north over m east");
        plot.legend(0, "GPS fixes", GPS);
        plot.legend(1, "estimate", ESTIMATE);
        for (var fix : outcome.fixes()) {
            out.format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"%s\"/>%n", plot.x(fix.east()), plot.y(fix.north()), GPS);
        }
        plot.line(outcome.points(), Replay.Point::east, Replay.Point::north, ESTIMATE);
        text(260, BOTTOM + 40, "middle", "13", "black", "m east of the first fix");
    }

    private static double seconds(Replay.Point point) {
        return point.timeUs() / US_PER_SECOND;
    }

    private static double elevation(double sine) {
        return Math.toDegrees(Math.asin(Math.clamp(sine, -1, 1)));
    }

    private void text(double x, double y, String anchor, String size, String colour, String what) {
        out.format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%s\" fill=\"%s\">%s</text>%n", x, y, anchor, size, colour,
            what);
    }

    /** A frame with its axes. */
    private final class Plot {
        private static final int TICKS = 8;

        private final double left;
        private final double top;
        private final double right;
        private final double bottom;
        private final double fromX;
        private final double toX;
        private final double fromY;
        private final double toY;

        Plot(double left, double top, double right, double bottom, double fromX, double toX, double fromY, double toY) {
            this.left = left;
            this.top = top;
            this.right = right;
            this.bottom = bottom;
            this.fromX = fromX;
            this.toX = toX;
            this.fromY = fromY;
            this.toY = toY;
        }

        double x(double value) {
            return left + (value - fromX) / (toX - fromX) * (right - left);
        }

        double y(double value) {
            return bottom - (value - fromY) / (toY - fromY) * (bottom - top);
        }

        void frame(String title) {
            text(left, top - 8, "start", "14", "black", title);
            double stepX = step(toX - fromX);
            for (double at = Math.ceil(fromX / stepX) * stepX; at <= toX; at += stepX) {
                rule(x(at), top, x(at), bottom);
                text(x(at), bottom + 17, "middle", "11", "#555", label(at));
            }
            double stepY = step(toY - fromY);
            for (double at = Math.ceil(fromY / stepY) * stepY; at <= toY; at += stepY) {
                rule(left, y(at), right, y(at));
                text(left - 6, y(at) + 4, "end", "11", "#555", label(at));
            }
            out.format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" stroke=\"#888\"/>%n", left, top,
                right - left, bottom - top);
        }

        void legend(int row, String what, String colour) {
            double y = top + 16 + row * 16;
            out.format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"3\"/>%n", left + 10, y - 4,
                left + 30, y - 4, colour);
            text(left + 36, y, "start", "12", "black", what);
        }

        <T> void line(List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y, String colour) {
            svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"").append(colour).append("\" points=\"");
            for (var point : points) {
                out.format("%.1f,%.1f ", x(x.applyAsDouble(point)), y(y.applyAsDouble(point)));
            }
            svg.append("\"/>\n");
        }

        private void rule(double x1, double y1, double x2, double y2) {
            out.format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n", x1, y1, x2, y2);
        }

        /** 1, 2 or 5 times a power of ten, or 30 for degrees: not more than a few steps in the range. */
        private static double step(double range) {
            if (range == 180) {
                return 30;
            }
            double power = Math.pow(10, Math.floor(Math.log10(range / TICKS)));
            double exact = range / TICKS / power;
            return power * (exact <= 1 ? 1 : exact <= 2 ? 2 : exact <= 5 ? 5 : 10);
        }

        private static String label(double value) {
            return value == Math.rint(value) ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%.1f", value);
        }
    }
}
