package dev.slipring.seqlock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.codec.RecordView;
import dev.slipring.codec.TradingSchema;
import dev.slipring.codec.trading.MessageHeaderEncoder;
import dev.slipring.codec.trading.QuoteDecoder;
import dev.slipring.codec.trading.QuoteEncoder;
import dev.slipring.codec.trading.Side;
import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Schema;
import dev.slipring.core.process.Allocation;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generated encoder writes to the cell itself, a generated decoder reads the validated copy, and neither way allocates. */
class SbeInPlaceTest {
    private static final Schema SCHEMA = new Schema(TradingSchema.ID, TradingSchema.VERSION, TradingSchema.MIN_READER_VERSION);
    private static final int ROUNDS = 50_000;
    private static final int LEVELS = 2;

    @TempDir
    private Path directory;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final QuoteEncoder encoder = new QuoteEncoder();
    private final QuoteDecoder decoder = new QuoteDecoder();
    private final RecordView view = new RecordView(TradingSchema.HISTORY);
    private long sequence;

    @Test
    void aQuoteIsEncodedInTheCellAndDecodedFromTheCopy() {
        var there = new RegionDirectory(directory);
        SeqlockSlot.create(there, "quote", SlotOptions.ofPayload(256).with(SCHEMA));
        var attachment = Attachment.standard().in(there).with(SCHEMA);
        try (var writer = SeqlockSlot.writer("quote", attachment); var reader = SeqlockSlot.reader("quote", attachment)) {
            Runnable round = () -> {
                write(writer);
                requireRead(reader);
            };
            assertThat(Allocation.of(() -> repeat(round))).as("bytes for " + ROUNDS + " quotes").isLessThan(1024);
            DirectBuffer delivered = reader.value().payload();
            long mine = delivered.getLong(RecordView.HEADER_LENGTH + QuoteEncoder.sequenceEncodingOffset());
            write(writer);
            assertThat(delivered.getLong(RecordView.HEADER_LENGTH + QuoteEncoder.sequenceEncodingOffset()))
                .as("nobody writes to what was delivered").isEqualTo(mine);
        }
    }

    private void write(SlotWriter writer) {
        sequence++;
        try (var update = writer.begin()) {
            encoder.wrapAndApplyHeader(update.buffer(), 0, header).sequence(sequence).exchangeTimeNs(2 * sequence);
            encoder.bidPrice().mantissa(3 * sequence).exponent((byte) -2);
            encoder.askPrice().mantissa(4 * sequence).exponent((byte) -2);
            var levels = encoder.levelsCount(LEVELS);
            for (int i = 0; i < LEVELS; i++) {
                levels.next().side(Side.BUY).price().mantissa(5 * sequence + i);
            }
            update.sourceTime(sequence).publish(MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
        }
    }

    private void requireRead(SlotReader reader) {
        requireSame(Read.OK.ordinal(), reader.read().ordinal());
        var payload = reader.value().payload();
        requireSame(QuoteDecoder.TEMPLATE_ID, view.wrap(payload, 0, payload.capacity()));
        view.decode(decoder);
        requireSame(sequence, decoder.sequence());
        requireSame(2 * sequence, decoder.exchangeTimeNs());
        requireSame(3 * sequence, decoder.bidPrice().mantissa());
        requireSame(4 * sequence, decoder.askPrice().mantissa());
        int level = 0;
        for (var levels = decoder.levels(); levels.hasNext(); level++) {
            requireSame(5 * sequence + level, levels.next().price().mantissa());
        }
        requireSame(LEVELS, level);
        view.requireEnd(decoder);
    }

    /** As assertions that pass allocate. */
    private static void requireSame(long expected, long found) {
        if (expected != found) {
            throw new AssertionError("expected " + expected + ", found " + found);
        }
    }

    private static void repeat(Runnable round) {
        for (int i = 0; i < ROUNDS; i++) {
            round.run();
        }
    }
}
