package dev.slipring.examples.video;

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
 * @param notes         what went wrong and was to, in words
 * @param figures       what the run came to; null when it did not come to its end
 * @param settings      what was asked for
 * @param exitCodes     of the processes that ended by themselves
 * @param processorTime they took; null when it is not known
 * @param regions       directory of the pool when it was kept, else null
 */
record VideoReport(String verdict, List<String> problems, List<String> notes, @JsonUnwrapped @Nullable VideoFigures figures,
    VideoSettings settings, Map<String, Integer> exitCodes, @Nullable ProcessorTime processorTime,
    @Nullable String regions) implements Report {
}
