package dev.slipring.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Columns that are as wide as what stands in them; numbers stand right. */
public final class TextTable {
    private static final String BETWEEN = "  ";
    private static final int LEAST = 8;

    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... titles) {
        this.titles = List.of(titles);
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** The heading and the rows. Where there is less room than they take, the widest columns that are text give way. */
    public List<String> lines(int room) {
        int[] widths = new int[titles.size()];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[column] = Math.max(title(column).length(), rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        while (total(widths) > room) {
            int widest = widest(widths);
            if (widths[widest] <= LEAST) {
                break;
            }
            widths[widest]--;
        }
        var lines = new ArrayList<String>();
        lines.add(line(titles.stream().map(title -> title.replace(">", "")).toList(), widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column).length() <= widths[column] ? cells.get(column)
                : cells.get(column).substring(0, widths[column] - 1) + "…";
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : BETWEEN).append(isNumber(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private int widest(int[] widths) {
        int widest = 0;
        for (int column = 0; column < widths.length; column++) {
            if (!isNumber(column) && widths[column] > widths[widest]) {
                widest = column;
            }
        }
        return widest;
    }

    private static int total(int[] widths) {
        int total = (widths.length - 1) * BETWEEN.length();
        for (int width : widths) {
            total += width;
        }
        return total;
    }

    /** A title that begins with ">" is that of a column of numbers. */
    private boolean isNumber(int column) {
        return titles.get(column).startsWith(">");
    }

    private String title(int column) {
        return titles.get(column).replace(">", "");
    }
}
