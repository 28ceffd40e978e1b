package dev.slipring.seqlock.stress;

import dev.slipring.core.Area;
import dev.slipring.core.ForwardingMemory;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import dev.slipring.core.stress.TrialMemory;
import dev.slipring.core.weak.OvertakingMemory;
import dev.slipring.core.weak.UnorderedMemory;
import dev.slipring.seqlock.NoSecondLook;
import dev.slipring.seqlock.Read;
import dev.slipring.seqlock.SlotReader;
import dev.slipring.seqlock.SlotSides;
import dev.slipring.seqlock.SlotWriter;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/**
 * One slot of two cells, new for each trial, that holds versions 1 and 2. All longs of a value are its version. The next two writes take
 * the cells of both, the second that of version 2.
 */
final class SlotTrial {
    /** So long that a copy and a write take about as long as it takes two threads to start. */
    private static final int LENGTH = 512;
    private static final int LAST_LONG = LENGTH - Long.BYTES;
    private static final SlotSides SIDES = new SlotSides(TrialMemory.ownDirectory(), LENGTH, 2);
    private static final TrialMemory MEMORY = new TrialMemory(SIDES.dataLength());

    private final SlotWriter writer;
    private final SlotReader reader;

    private SlotTrial(UnaryOperator<Memory> ofWriter, UnaryOperator<Memory> ofReader) {
        var areas = MEMORY.areas();
        SIDES.create(areas);
        var ordered = SIDES.writer(areas);
        write(ordered, 1);
        write(ordered, 2);
        writer = SIDES.writer(over(areas, ofWriter));
        reader = SIDES.reader(over(areas, ofReader));
    }

    private static MemorySeam over(MemorySeam areas, UnaryOperator<Memory> data) {
        return (area, mapped) -> area == Area.DATA ? data.apply(areas.wrap(area, mapped)) : areas.wrap(area, mapped);
    }

    /** As it is. */
    static SlotTrial ordered() {
        return new SlotTrial(memory -> memory, memory -> memory);
    }

    /** Neither side orders anything. */
    static SlotTrial unordered() {
        return new SlotTrial(UnorderedMemory::new, UnorderedMemory::new);
    }

    /** The even stamp is seen before the value. */
    static SlotTrial stampOvertakes() {
        return new SlotTrial(OvertakingMemory::new, memory -> memory);
    }

    /** The reader does not look at the stamp again. */
    static SlotTrial withoutSecondLook() {
        return new SlotTrial(memory -> memory, NoSecondLook::new);
    }

    /** The writer does not say that it is writing. */
    static SlotTrial withoutOddStamp() {
        return new SlotTrial(NoOddStamp::new, memory -> memory);
    }

    void writeTwice() {
        write(writer, 3);
        write(writer, 4);
    }

    private static void write(SlotWriter writer, long version) {
        var value = new UnsafeBuffer(new byte[LENGTH]);
        for (int offset = 0; offset < LENGTH; offset += Long.BYTES) {
            value.putLong(offset, version);
        }
        writer.write(value, 0, LENGTH);
    }

    /** Version, first and last long of the newest value; zeros for none. */
    void read(JJJ_Result result) {
        tell(reader.read(), result);
    }

    /** The same of version 2. */
    void readExactly(JJJ_Result result) {
        tell(reader.readExactly(2), result);
    }

    private void tell(Read outcome, JJJ_Result result) {
        if (outcome.isDelivered()) {
            result.r1 = reader.value().version();
            result.r2 = reader.value().payload().getLong(0);
            result.r3 = reader.value().payload().getLong(LAST_LONG);
        }
    }

    private static final class NoOddStamp extends ForwardingMemory {
        NoOddStamp(Memory memory) {
            super(memory);
        }

        /** Nothing but the odd stamp is stored so. */
        @Override
        public void putLongOpaque(int offset, long value) {
            // not made
        }
    }
}
