package dev.slipring.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes of a hostile or broken writer. Reader.outcome() throws on anything but a refusal, and neighbours must make no difference. */
class CorruptionTest {
    private static final int ROUNDS = 20_000;
    private static final int HOSTILE_OFFSETS = 8;

    private final Neighbours heap = Neighbours.onHeap();
    private final Neighbours offHeap = Neighbours.offHeap();
    private final Reader reader = Reader.v1();

    @Test
    void randomDamageIsReadInsideTheRecordOrRefused() {
        var random = Seeds.random("CorruptionTest.randomDamage");
        var messages = List.of(V1Messages.trade(), V1Messages.quote(2), V1Messages.newOrder(), V1Messages.executionReport("text"),
            V0Messages.quote(2), V2Messages.quote(2), V2Messages.executionReport("text"));
        int refused = 0;
        int stockWentAstray = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var message = messages.get(random.nextInt(messages.size())).clone();
            damage(message, random);
            boolean wholeFirst = random.nextBoolean();
            var one = heap.around(message, message.length);
            var other = offHeap.around(message, message.length);
            String seen = reader.outcome(one, Neighbours.OFFSET, message.length, wholeFirst);
            assertThat(seen).as("round " + round).isEqualTo(reader.outcome(other, Neighbours.OFFSET, message.length, wholeFirst));
            refused += seen.contains("REFUSED") ? 1 : 0;
            if (round % 20 == 0 && !reader.stockOutcome(one, Neighbours.OFFSET).equals(reader.stockOutcome(other, Neighbours.OFFSET))) {
                stockWentAstray++;
            }
        }
        assertThat(refused).as("refused").isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
        assertThat(stockWentAstray).as("the same damage misleads the generated decoder alone").isPositive();
    }

    /** One to three bytes anywhere, or, as often, an extreme value where lengths and counts lie. */
    private static void damage(byte[] message, Random random) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            message[random.nextInt(message.length)] = (byte) random.nextInt();
        }
        if (random.nextBoolean()) {
            int block = message[0] & 0xFF;
            int at = RecordView.HEADER_LENGTH + block + random.nextInt(4);
            int where = random.nextBoolean() ? random.nextInt(HOSTILE_OFFSETS) : Math.min(at, message.length - 1);
            message[where] = (byte) (random.nextBoolean() ? 0xFF : 0);
        }
    }

    @Test
    void aGroupCountThatTheRecordCannotHoldIsRefused() {
        var quote = V1Messages.quote(1);
        int dimension = RecordView.HEADER_LENGTH + 67;
        quote[dimension + 2] = (byte) 0xFF;
        quote[dimension + 3] = (byte) 0xFF;
        assertRefused(quote);
        quote[dimension] = (byte) 0xFF;
        quote[dimension + 1] = (byte) 0xFF; // 65535 * 65535 bytes: exceeds an int
        assertRefused(quote);
    }

    @Test
    void groupEntriesOfNoBytesEndAfterTheirCount() {
        var quote = V1Messages.quote(1);
        int dimension = RecordView.HEADER_LENGTH + 67;
        quote[dimension] = 0;
        quote[dimension + 2] = (byte) 0xFF;
        quote[dimension + 3] = (byte) 0xFF;
        assertThat(reader.outcome(heap.around(quote, quote.length), Neighbours.OFFSET, quote.length, true))
            .isEqualTo(reader.outcome(offHeap.around(quote, quote.length), Neighbours.OFFSET, quote.length, true));
    }

    @Test
    void aTextLengthThatTheRecordCannotHoldIsRefused() {
        var report = V1Messages.executionReport("text");
        int lengthOffset = RecordView.HEADER_LENGTH + 92;
        for (int more = 1; more < 256; more++) {
            report[lengthOffset] = (byte) (4 + more);
            report[lengthOffset + 1] = (byte) ((4 + more) >> 8);
            assertRefused(report);
        }
        report[lengthOffset] = (byte) 0xFF;
        report[lengthOffset + 1] = (byte) 0xFF;
        assertRefused(report);
    }

    private void assertRefused(byte[] message) {
        for (boolean wholeFirst : new boolean[] {false, true}) {
            String refusal = wholeFirst ? DecodeException.class.getName() : "";
            assertThat(reader.outcome(heap.around(message, message.length), Neighbours.OFFSET, message.length, wholeFirst))
                .contains(" REFUSED: " + refusal)
                .isEqualTo(reader.outcome(offHeap.around(message, message.length), Neighbours.OFFSET, message.length, wholeFirst));
        }
    }
}
