package dev.slipring.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Records cut at every byte, in two different neighbourhoods: what a reader sees must not depend on the neighbours, and must end in a
 * refusal.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TruncationTest {
    private final Neighbours heap = Neighbours.onHeap();
    private final Neighbours offHeap = Neighbours.offHeap();
    private final Reader reader = Reader.v1();

    static Stream<Arguments> messages() {
        return Stream.of(
            Arguments.of("Trade", V1Messages.trade()),
            Arguments.of("Trade of version 0", V0Messages.trade()),
            Arguments.of("Quote", V1Messages.quote(3)),
            Arguments.of("Quote without levels", V1Messages.quote(0)),
            Arguments.of("Quote of version 0", V0Messages.quote(3)),
            Arguments.of("NewOrder", V1Messages.newOrder()),
            Arguments.of("ExecutionReport", V1Messages.executionReport("no such order")),
            Arguments.of("ExecutionReport without text", V1Messages.executionReport("")),
            Arguments.of("ExecutionReport of version 0", V0Messages.executionReport("no such order")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void aRecordCutAnywhereIsRefusedAndItsNeighboursAreNotSeen(String name, byte[] message) {
        for (int length = 0; length < message.length; length++) {
            String seen = reader.outcome(heap.around(message, length), Neighbours.OFFSET, length, false);
            assertThat(seen).as("%s cut to %d of %d", name, length, message.length).contains(" REFUSED: ")
                .isEqualTo(reader.outcome(offHeap.around(message, length), Neighbours.OFFSET, length, false));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void aRecordCutAnywhereIsRefusedBeforeAnythingIsReadWhenTheWholeIsDemanded(String name, byte[] message) {
        for (int length = 0; length < message.length; length++) {
            assertThat(reader.outcome(heap.around(message, length), Neighbours.OFFSET, length, true))
                .as("%s cut to %d of %d", name, length, message.length).startsWith(" REFUSED: " + DecodeException.class.getName())
                .isEqualTo(reader.outcome(offHeap.around(message, length), Neighbours.OFFSET, length, true));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void aWholeRecordIsReadBesideAnyNeighbours(String name, byte[] message) {
        for (boolean wholeFirst : new boolean[] {false, true}) {
            assertThat(reader.outcome(heap.around(message, message.length), Neighbours.OFFSET, message.length, wholeFirst)).as(name)
                .doesNotContain("REFUSED").isNotEmpty()
                .isEqualTo(reader.outcome(offHeap.around(message, message.length), Neighbours.OFFSET, message.length, wholeFirst));
        }
    }

    @Test
    void theGeneratedDecoderAloneReadsTheNeighbours() {
        var report = V1Messages.executionReport("no such order");
        int cut = report.length - 5;
        assertThat(reader.stockOutcome(heap.around(report, cut), Neighbours.OFFSET)).endsWith("text='no such ZZZZZ'");
        var quote = V1Messages.quote(3);
        for (int length = RecordView.HEADER_LENGTH; length < quote.length; length++) {
            assertThat(reader.stockOutcome(heap.around(quote, length), Neighbours.OFFSET)).as("cut to " + length)
                .isNotEqualTo(reader.stockOutcome(offHeap.around(quote, length), Neighbours.OFFSET));
        }
    }
}
