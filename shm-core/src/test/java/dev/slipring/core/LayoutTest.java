package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.CountersDescriptor.Count;
import dev.slipring.core.RegionDescriptor.Extent;
import dev.slipring.core.process.Layout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The layout is what docs/layout.md says, to the byte. */
class LayoutTest {
    private static final RegionHeader HEADER = new RegionHeader(RegionKind.SPSC_RING, false, 0x0123_4567_89ab_cdefL,
        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"), 0, 1024, 64, RegionDescriptor.PAGE_ALIGNMENT, new Schema(7, 3, 2),
        1_700_000_000_123_456_789L, 4711);

    @Test
    void aHeaderIsEncodedAsTheDocumentShows() {
        var memory = new MappedMemory(ByteBuffer.allocateDirect(RegionDescriptor.HEADER_LENGTH), 0, RegionDescriptor.HEADER_LENGTH);
        HEADER.writeTo(memory);
        byte[] encoded = new byte[RegionDescriptor.HEADER_LENGTH];
        memory.buffer().getBytes(0, encoded);
        assertThat(Layout.toHexdump(encoded)).isEqualTo(Layout.hexdump("spsc-header"));
        assertThat(Layout.vector("spsc-header")).isEqualTo(encoded);
    }

    @Test
    void theHeaderInTheDocumentIsDecodedToWhatItSays() {
        byte[] image = Layout.vector("spsc-header");
        var decoded = RegionHeader.decode(image, image.length, HEADER.fileLength(), "the document", Access.OWN);
        assertThat(decoded).isEqualTo(HEADER);
    }

    @Test
    void areasLieWhereTheDocumentSays() {
        for (long pages : new long[] {0x1_0000, 0x20_0000}) {
            assertThat(Arrays.stream(Area.values()).map(area -> RegionDescriptor.extent(RegionKind.SPSC_RING, area, pages, 1024)))
                .containsExactly(
                new Extent(0, 512), new Extent(pages, 16_384), new Extent(pages + 0x4000, 4096), new Extent(pages + 0x5000, 4096),
                new Extent(pages + 0x6000, 4096), new Extent(pages + 0x7000, 4096), new Extent(2 * pages, 4096),
                new Extent(3 * pages, 1024));
            assertThat(RegionDescriptor.fileLength(pages, 1024)).isEqualTo(4 * pages);
            assertThat(RegionDescriptor.fileLength(pages, pages + 1)).isEqualTo(5 * pages);
        }
    }

    @Test
    void lockBytesParticipantsCountsAndWaitersLieWhereTheDocumentSays() {
        assertThat(new long[] {LockFile.LIFE, LockFile.REPAIR, LockFile.roleByte(Role.PRODUCER), LockFile.roleByte(Role.CONSUMER),
            LockFile.slotByte(0), LockFile.slotByte(63)})
            .containsExactly(1L << 40, (1L << 40) + 1, (1L << 40) + 16, (1L << 40) + 17, (1L << 40) + 1024, (1L << 40) + 1087);
        int slot = 3 * 256;
        assertThat(new int[] {ParticipantDescriptor.generationOffset(3), ParticipantDescriptor.stateOffset(3),
            ParticipantDescriptor.roleOffset(3), ParticipantDescriptor.pidOffset(3), ParticipantDescriptor.processStartOffset(3),
            ParticipantDescriptor.registeredOffset(3), ParticipantDescriptor.pidNamespaceOffset(3),
            ParticipantDescriptor.nameLengthOffset(3), ParticipantDescriptor.nameOffset(3), ParticipantDescriptor.stallsOffset(3),
            ParticipantDescriptor.sleepsOffset(3), ParticipantDescriptor.gapsOffset(3), ParticipantDescriptor.lostOffset(3)})
            .containsExactly(slot, slot + 4, slot + 8, slot + 16, slot + 24, slot + 32, slot + 40, slot + 48, slot + 52, slot + 128,
                slot + 136, slot + 144, slot + 152);
        assertThat(new int[] {CountersDescriptor.JOURNAL_VALID_OFFSET, CountersDescriptor.JOURNAL_COUNT_OFFSET,
            CountersDescriptor.JOURNAL_VALUE_OFFSET, CountersDescriptor.JOURNAL_SLOT_OFFSET, CountersDescriptor.JOURNAL_STATE_OFFSET,
            CountersDescriptor.JOURNAL_ERA_OFFSET}).containsExactly(0, 4, 8, 16, 20, 24);
        for (var role : Role.values()) {
            for (var count : Count.values()) {
                int index = 3 * role.ordinal() + count.ordinal();
                assertThat(CountersDescriptor.countIndex(role, count)).isEqualTo(index);
                assertThat(CountersDescriptor.countOffset(role, count)).isEqualTo(128 + 128 * role.ordinal() + 8 * count.ordinal());
            }
            assertThat(CountersDescriptor.diedBeforeEraOffset(role)).isEqualTo(128 + 128 * role.ordinal() + 24);
        }
        assertThat(new int[] {WaiterDescriptor.seqOffset(WaiterDescriptor.CONSUMER_SIDE),
            WaiterDescriptor.sleepersOffset(WaiterDescriptor.CONSUMER_SIDE), WaiterDescriptor.seqOffset(WaiterDescriptor.PRODUCER_SIDE),
            WaiterDescriptor.sleepersOffset(WaiterDescriptor.PRODUCER_SIDE)}).containsExactly(0, 4, 128, 132);
        assertThat(Role.values()).containsExactly(Role.PRODUCER, Role.CONSUMER);
        assertThat(Count.values()).containsExactly(Count.ATTACHED, Count.CLOSED_IN_ORDER, Count.DIED);
    }

    @Test
    void aParticipantCountsOfItselfWhereTheDocumentShows() {
        var slots = new MappedMemory(ByteBuffer.allocateDirect(ParticipantDescriptor.TABLE_LENGTH), 0, ParticipantDescriptor.TABLE_LENGTH);
        var table = new ParticipantTable("region", slots, slots);
        for (int offset = 0; offset < ParticipantDescriptor.SLOT_LENGTH; offset += Long.BYTES) {
            slots.putLong(3 * ParticipantDescriptor.SLOT_LENGTH + offset, -1); // what the one before left
        }
        table.write(3, Role.PRODUCER, "someone");
        var counters = new OwnCounters(slots, 3);
        counters.stalled(64);
        counters.stalled(64);
        counters.stalled(128);
        counters.slept();
        counters.missed(0x1234);
        counters.missed(1);
        counters.slept();
        counters.slept();
        byte[] line = new byte[32];
        slots.buffer().getBytes(ParticipantDescriptor.stallsOffset(3), line);
        assertThat(Layout.toHexdump(line)).isEqualTo(Layout.hexdump("participant-counts"));
        assertThat(table.counts(3)).isEqualTo(new ParticipantCounts(2, 3, 2, 0x1235));
    }

    @Test
    void theDataInTheDocumentIsWhatItsTextSays() {
        var data = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        record(data, 0, 7, "slipring");
        record(data, 64, 8, "");
        assertThat(Layout.hexdump("spsc-data")).isEqualTo(Layout.toHexdump(data.array()));
    }

    @Test
    void theWrappedDataInTheDocumentIsWhatItsTextSays() {
        var data = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        for (int offset = 0; offset < 896; offset += 64) {
            record(data, offset, 1, "");
        }
        record(data, 896, 5, "last one");
        record(data, 0, 6, "x".repeat(60));
        data.putLong(128, 0).putInt(960, 64).putInt(964, -1);
        assertThat(Layout.hexdump("spsc-wrap")).isEqualTo(Layout.toHexdump(data.array()));
    }

    private static void record(ByteBuffer data, int offset, int type, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
        data.putInt(offset, 8 + bytes.length).putInt(offset + 4, type).put(offset + 8, bytes);
    }
}
