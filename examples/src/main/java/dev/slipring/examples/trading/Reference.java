package dev.slipring.examples.trading;

import dev.slipring.examples.demo.Digest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The direct computation: one thread, from the lines of the file to the result, without rings, messages, or scaled integers. It shares
 * with the pipeline the numbers in {@link Rule} and the format of the digests, and none of its arithmetic: where the two agree to the last
 * digit, both are right or both misread the rule.
 */
final class Reference {
    private static final BigDecimal LOW = BigDecimal.ONE.subtract(BigDecimal.valueOf(Rule.BAND_PER_MILLE, 3));
    private static final BigDecimal HIGH = BigDecimal.ONE.add(BigDecimal.valueOf(Rule.BAND_PER_MILLE, 3));
    private static final BigDecimal ORDER_QUANTITY = new BigDecimal(Rule.ORDER_QUANTITY);
    private static final BigDecimal POSITION_LIMIT = new BigDecimal(Rule.POSITION_LIMIT);
    // values of FIX 150 and FIX 54, as the digests take them
    private static final char NEW = '0';
    private static final char CANCELED = '4';
    private static final char TRADE = 'F';
    private static final char BUY = '1';
    private static final char SELL = '2';

    private final List<Line> window = new ArrayList<>();
    private final Trades trades = new Trades();
    private final Orders orders = new Orders();
    private final List<Execution> executions = new ArrayList<>();
    private ArrayDeque<Order> open = new ArrayDeque<>();
    private BigDecimal windowVolume = BigDecimal.ZERO;
    private BigDecimal windowNotional = BigDecimal.ZERO;
    private BigDecimal sent = BigDecimal.ZERO;
    private int oldest;

    private final Expected expected;

    private Reference(List<String> lines) {
        for (String line : lines) {
            onLine(Line.parse(line));
        }
        for (var order : open) {
            execute(order, CANCELED, BigDecimal.ZERO, BigDecimal.ZERO);
        }
        expected = new Expected(trades.totals(), vwap(), orders.totals(), executionsWithout(List.of()));
    }

    /** Computes what the pipeline must come to for these lines ({@code timestamp,price,amount}). */
    static Reference compute(List<String> lines) {
        return new Reference(lines);
    }

    /** What everybody must come to who sees everything. */
    Expected expected() {
        return expected;
    }

    /** What a feed must have sent that got as far as this and no further. */
    TradeTotals firstTrades(long count) {
        var first = new Trades();
        window.stream().limit(count).forEach(first::add);
        return first.totals();
    }

    /** What a reader must have got that lost these, counted from 0. */
    ReportTotals executionsWithout(List<Gap> lost) {
        var reports = new Reports();
        executions.stream().filter(each -> lost.stream().noneMatch(gap -> gap.contains(each.id - 1))).forEach(reports::add);
        return reports.totals();
    }

    private void onLine(Line line) {
        fill(line);
        trades.add(line);
        window.add(line);
        windowVolume = windowVolume.add(line.amount);
        windowNotional = windowNotional.add(line.notional());
        if (window.size() - oldest > Rule.WINDOW) {
            var gone = window.get(oldest++);
            windowVolume = windowVolume.subtract(gone.amount);
            windowNotional = windowNotional.subtract(gone.notional());
        }
        if (window.size() - oldest == Rule.WINDOW) {
            decide(line);
        }
    }

    private void decide(Line line) {
        var vwap = vwap();
        if (line.price.compareTo(vwap.multiply(LOW)) <= 0 && sent.add(ORDER_QUANTITY).compareTo(POSITION_LIMIT) <= 0) {
            send(BUY, line.price);
        } else if (line.price.compareTo(vwap.multiply(HIGH)) >= 0
            && sent.subtract(ORDER_QUANTITY).compareTo(POSITION_LIMIT.negate()) >= 0) {
            send(SELL, line.price);
        }
    }

    private void send(char side, BigDecimal limit) {
        sent = side == BUY ? sent.add(ORDER_QUANTITY) : sent.subtract(ORDER_QUANTITY);
        var order = new Order(orders.count + 1, trades.count - 1, side, limit);
        orders.add(order);
        execute(order, NEW, BigDecimal.ZERO, BigDecimal.ZERO);
        open.add(order);
    }

    private void fill(Line line) {
        var available = line.amount;
        var still = new ArrayDeque<Order>();
        for (var order : open) {
            int comparison = line.price.compareTo(order.limit);
            if (available.signum() > 0 && (order.side == BUY ? comparison <= 0 : comparison >= 0)) {
                var quantity = available.min(order.leaves);
                available = available.subtract(quantity);
                order.leaves = order.leaves.subtract(quantity);
                execute(order, TRADE, line.price, quantity);
            }
            if (order.leaves.signum() > 0) {
                still.add(order);
            }
        }
        open = still;
    }

    private void execute(Order order, char kind, BigDecimal price, BigDecimal quantity) {
        executions.add(new Execution(executions.size() + 1, order.id, kind, order.side, price, quantity, order.leaves));
    }

    private BigDecimal vwap() {
        return windowVolume.signum() == 0 ? BigDecimal.ZERO.setScale(-Units.VWAP_EXPONENT)
            : windowNotional.divide(windowVolume, -Units.VWAP_EXPONENT, RoundingMode.DOWN);
    }

    private static long units(BigDecimal number, int exponent) {
        return number.setScale(-exponent, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    private record Line(long epochSecond, BigDecimal price, BigDecimal amount) {
        static Line parse(String line) {
            var columns = line.split(",", -1);
            return new Line(Long.parseLong(columns[0]), new BigDecimal(columns[1]), new BigDecimal(columns[2]));
        }

        BigDecimal notional() {
            return price.multiply(amount);
        }
    }

    private static final class Order {
        private final long id;
        private final long tradeSequence;
        private final char side;
        private final BigDecimal limit;
        private BigDecimal leaves = ORDER_QUANTITY;

        Order(long id, long tradeSequence, char side, BigDecimal limit) {
            this.id = id;
            this.tradeSequence = tradeSequence;
            this.side = side;
            this.limit = limit;
        }
    }

    private record Execution(long id, long orderId, char kind, char side, BigDecimal price, BigDecimal quantity, BigDecimal leaves) {
    }

    private static final class Trades {
        private final Digest digest = new Digest();
        private long count;
        private BigDecimal volume = BigDecimal.ZERO;
        private BigDecimal notional = BigDecimal.ZERO;

        void add(Line line) {
            volume = volume.add(line.amount);
            notional = notional.add(line.notional());
            digest.add(count++).add(line.epochSecond).add(units(line.price, Units.PRICE_EXPONENT))
                .add(units(line.amount, Units.QUANTITY_EXPONENT));
        }

        TradeTotals totals() {
            return new TradeTotals(count, 0, volume.setScale(-Units.QUANTITY_EXPONENT, RoundingMode.UNNECESSARY),
                notional.setScale(-Units.NOTIONAL_EXPONENT, RoundingMode.UNNECESSARY), digest.toString());
        }
    }

    private static final class Orders {
        private final Digest digest = new Digest();
        private long count;
        private long buys;

        void add(Order order) {
            count++;
            buys += order.side == BUY ? 1 : 0;
            digest.add(order.id).add(order.tradeSequence).add(order.side).add(units(order.limit, Units.PRICE_EXPONENT))
                .add(units(ORDER_QUANTITY, Units.QUANTITY_EXPONENT));
        }

        OrderTotals totals() {
            var quantity = ORDER_QUANTITY.multiply(BigDecimal.valueOf(count)).setScale(-Units.QUANTITY_EXPONENT, RoundingMode.UNNECESSARY);
            return new OrderTotals(count, 0, buys, count - buys, quantity, digest.toString());
        }
    }

    private static final class Reports {
        private final Digest digest = new Digest();
        private long count;
        private long outOfSequence;
        private long due = 1;
        private long accepted;
        private long fills;
        private long filledOrders;
        private long canceledOrders;
        private BigDecimal bought = BigDecimal.ZERO;
        private BigDecimal sold = BigDecimal.ZERO;
        private BigDecimal canceled = BigDecimal.ZERO;
        private BigDecimal paid = BigDecimal.ZERO;
        private BigDecimal received = BigDecimal.ZERO;
        private BigDecimal largestPosition = BigDecimal.ZERO;

        void add(Execution execution) {
            count++;
            outOfSequence += execution.id == due ? 0 : 1;
            due = execution.id + 1;
            switch (execution.kind) {
                case NEW -> accepted++;
                case TRADE -> addFill(execution);
                default -> {
                    canceledOrders++;
                    canceled = canceled.add(execution.leaves);
                }
            }
            digest.add(execution.id).add(execution.orderId).add(execution.kind).add(execution.side)
                .add(units(execution.price, Units.PRICE_EXPONENT)).add(units(execution.quantity, Units.QUANTITY_EXPONENT))
                .add(units(ORDER_QUANTITY.subtract(execution.leaves), Units.QUANTITY_EXPONENT))
                .add(execution.kind == CANCELED ? 0 : units(execution.leaves, Units.QUANTITY_EXPONENT));
        }

        private void addFill(Execution fill) {
            fills++;
            filledOrders += fill.leaves.signum() == 0 ? 1 : 0;
            if (fill.side == BUY) {
                bought = bought.add(fill.quantity);
                paid = paid.add(fill.price.multiply(fill.quantity));
            } else {
                sold = sold.add(fill.quantity);
                received = received.add(fill.price.multiply(fill.quantity));
            }
            largestPosition = largestPosition.max(bought.subtract(sold).abs());
        }

        ReportTotals totals() {
            return new ReportTotals(count, outOfSequence, accepted, fills, filledOrders, canceledOrders, quantity(bought.add(sold)),
                quantity(canceled), quantity(bought.subtract(sold)), notional(received.subtract(paid)), notional(received.add(paid)),
                quantity(largestPosition), digest.toString());
        }

        private static BigDecimal notional(BigDecimal number) {
            return number.setScale(-Units.NOTIONAL_EXPONENT, RoundingMode.UNNECESSARY);
        }

        private static BigDecimal quantity(BigDecimal number) {
            return number.setScale(-Units.QUANTITY_EXPONENT, RoundingMode.UNNECESSARY);
        }
    }
}
