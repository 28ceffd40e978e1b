package dev.slipring.examples.trading;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.slipring.examples.demo.ProcessorTime;
import dev.slipring.examples.demo.Report;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run.
 *
 * @param verdict       PASS or FAIL
 * @param problems      why it is FAIL, in words
 * @param notes         what happened besides, and did not matter
 * @param figures       what the run came to; null when it did not come to its end
 * @param settings      what was asked for
 * @param exitCodes     of the processes that ended by themselves
 * @param processorTime they took; null when it is not known
 * @param expected      by the direct computation; null when there was nothing to compare
 * @param rings         directory of the rings when they were kept, else null
 */
record DemoReport(String verdict, List<String> problems, List<String> notes, @JsonUnwrapped @Nullable Figures figures,
    Settings settings, Map<String, Integer> exitCodes, @Nullable ProcessorTime processorTime,
    @Nullable Expected expected, @Nullable String rings) implements Report {
}
