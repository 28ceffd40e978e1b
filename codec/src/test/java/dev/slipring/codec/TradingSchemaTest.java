package dev.slipring.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.IrDecoder;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.json.JsonPrinter;

/** The constants say what the packaged schema says. */
class TradingSchemaTest {
    @Test
    void thePackagedIntermediateRepresentationIsOfThisSchemaAndVersion() throws IOException {
        var schema = packaged();
        assertThat(schema.id()).isEqualTo(TradingSchema.ID).isEqualTo(100);
        assertThat(schema.version()).isEqualTo(TradingSchema.VERSION).isEqualTo(TradingSchema.HISTORY.version());
        assertThat(schema.messages()).extracting(message -> message.getFirst().name())
            .containsExactlyInAnyOrder("Trade", "Quote", "NewOrder", "ExecutionReport");
        assertThat(TradingSchema.HISTORY).hasToString("schema id 100 version 1 (readers from version 0)");
    }

    @Test
    void aRecordBecomesTextWithThePackagedRepresentationAlone() throws IOException {
        var json = new StringBuilder();
        new JsonPrinter(packaged()).print(ByteBuffer.wrap(V1Messages.executionReport("why")), json);
        assertThat(json.toString()).contains("\"orderId\": 51").contains("\"text\": \"why\"").contains("\"exponent\": -4");
    }

    @Test
    void theHistoryHasTheBlockLengthsThatTheSchemaHadInEachVersion() throws IOException {
        for (var message : packaged().messages()) {
            int template = message.getFirst().id();
            for (int version = 0; version <= TradingSchema.VERSION; version++) {
                assertThat(TradingSchema.HISTORY.blockLength(template, version)).as(message.getFirst().name() + " in version " + version)
                    .isEqualTo(blockLength(message, version));
            }
            assertThat(TradingSchema.HISTORY.blockLength(template, TradingSchema.VERSION)).isEqualTo(message.getFirst().encodedLength())
                .isEqualTo(TradingSchema.HISTORY.blockLength(template, 65_535));
        }
    }

    @Test
    void blocksHaveNoGapsAndPlainNumbersLieOnMultiplesOfTheirSize() throws IOException {
        for (var message : packaged().messages()) {
            int end = 0;
            for (int i = 1; message.get(i).signal() == Signal.BEGIN_FIELD; i += message.get(i).componentTokenCount()) {
                var field = message.get(i);
                var type = message.get(i + 1);
                assertThat(field.offset()).as(field.name()).isEqualTo(end);
                if (type.signal() == Signal.ENCODING) {
                    assertThat(field.offset() % type.encodedLength()).as(field.name()).isZero();
                }
                end += type.encodedLength();
            }
            assertThat(end).isEqualTo(message.getFirst().encodedLength());
        }
    }

    private static int blockLength(List<Token> message, int version) {
        int length = 0;
        for (int i = 1; message.get(i).signal() == Signal.BEGIN_FIELD; i += message.get(i).componentTokenCount()) {
            if (message.get(i).version() <= version) {
                length = message.get(i).offset() + message.get(i + 1).encodedLength();
            }
        }
        return length;
    }

    private static Ir packaged() throws IOException {
        try (var in = Objects.requireNonNull(TradingSchema.class.getResourceAsStream(TradingSchema.IR_RESOURCE));
            var decoder = new IrDecoder(ByteBuffer.wrap(in.readAllBytes()))) {
            return decoder.decode();
        }
    }
}
