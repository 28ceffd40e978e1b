package dev.slipring.examples.demo;

import java.util.List;

/** The outcome of a run: facts for the table, and for the JSON file. */
public interface Report {
    /** What went wrong, in words. */
    List<String> problems();

    /** Whether nothing did. */
    default boolean passed() {
        return problems().isEmpty();
    }
}
