package dev.slipring.monitor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A parser of Prometheus' text format 0.0.4 that takes nothing but what the specification allows, and what promtool calls good style: each
 * family once and together, HELP and TYPE before its samples, counters that end in _total, no sample twice.
 */
final class Exposition {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?)");

    private final Map<String, Map<Map<String, String>, Double>> families = new LinkedHashMap<>();
    private final Set<String> helped = new HashSet<>();
    private final Map<String, String> types = new TreeMap<>();
    private String family = "";
    private Map<Map<String, String>, Double> samples = new LinkedHashMap<>();
    private String line = "";
    private int at;

    /** Parses; fails at the first thing that is not allowed. */
    static Exposition of(String text) {
        var exposition = new Exposition();
        require(text.endsWith("\n") && !text.contains("\r"), "lines end in \\n, the last one too", text);
        for (String each : text.substring(0, text.length() - 1).split("\n", -1)) {
            exposition.line(each);
        }
        require(exposition.types.keySet().equals(exposition.families.keySet()), "each family has samples", exposition.types.toString());
        return exposition;
    }

    /** The value of the one sample with these labels, given as name, value, name, value. */
    double value(String name, String... labels) {
        var found = all(name, labels);
        require(found.size() == 1, name + " has " + found.size() + " such samples", families.toString());
        return found.getFirst();
    }

    /** As {@link #value}, of what is counted. */
    long count(String name, String... labels) {
        double value = value(name, labels);
        require(value == Math.rint(value), name + " is a whole number", Double.toString(value));
        return (long) value;
    }

    /** The values of all samples with these labels, whatever others they have. */
    List<Double> all(String name, String... labels) {
        var wanted = new TreeMap<String, String>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        var found = new ArrayList<Double>();
        families.getOrDefault(name, Map.of()).forEach((has, value) -> {
            if (has.entrySet().containsAll(wanted.entrySet())) {
                found.add(value);
            }
        });
        return found;
    }

    Set<String> names() {
        return families.keySet();
    }

    private void line(String next) {
        line = next;
        at = 0;
        if (line.startsWith("# HELP ")) {
            at = 7;
            String name = token(NAME);
            skip(" ");
            require(helped.add(name) && !types.containsKey(name), "one HELP for each, first", line);
            require(at < line.length() && !line.substring(at).matches(".*\\\\[^\\\\n].*"), "a text, escaped", line);
        } else if (line.startsWith("# TYPE ")) {
            at = 7;
            String name = token(NAME);
            skip(" ");
            String type = line.substring(at);
            require(type.equals("counter") || type.equals("gauge"), "a type", line);
            require(type.equals("counter") == name.endsWith("_total"), "counters, and only they, end in _total", line);
            require(helped.contains(name) && types.put(name, type) == null, "one TYPE for each, behind its HELP", line);
            family = name;
            samples = new LinkedHashMap<>();
            require(families.put(name, samples) == null, "a family once", line);
        } else {
            sample();
        }
    }

    private void sample() {
        String name = token(NAME);
        require(name.equals(family), "samples stand with their family", line);
        var labels = new TreeMap<String, String>();
        if (line.charAt(at) == '{') {
            do {
                at++;
                String label = token(LABEL);
                skip("=\"");
                require(labels.put(label, text()) == null && !label.startsWith("__"), "a label once", line);
            } while (line.charAt(at) == ',');
            skip("}");
        }
        skip(" ");
        String number = line.substring(at);
        require(NUMBER.matcher(number).matches(), "a number", line);
        double value = Double.parseDouble(number);
        require(value >= 0 || "gauge".equals(types.get(name)), "no counter is negative", line);
        require(samples.put(Map.copyOf(labels), value) == null, "a sample once", line);
    }

    /** Up to the closing quotation mark. */
    private String text() {
        var text = new StringBuilder();
        while (line.charAt(at) != '"') {
            char each = line.charAt(at++);
            if (each == '\\') {
                each = line.charAt(at++);
                require(each == '\\' || each == '"' || each == 'n', "an escape", line);
                each = each == 'n' ? '\n' : each;
            }
            text.append(each);
        }
        at++;
        return text.toString();
    }

    private String token(Pattern pattern) {
        var matcher = pattern.matcher(line).region(at, line.length());
        require(matcher.lookingAt(), "a name", line);
        at = matcher.end();
        return matcher.group();
    }

    private void skip(String expected) {
        require(line.startsWith(expected, at), "\"" + expected + "\" at " + at, line);
        at += expected.length();
    }

    private static void require(boolean condition, String what, String found) {
        if (!condition) {
            throw new AssertionError("expected: " + what + "; found: " + found);
        }
    }
}
