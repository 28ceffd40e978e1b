package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.MemorySeam;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** A side's memory, as it is; and whatever a hostile peer with the same rights could store there. */
final class Scribbler implements MemorySeam {
    private final Map<Area, Memory> words = new EnumMap<>(Area.class);

    @Override
    public Memory wrap(Area area, Memory mapped) {
        words.put(area, mapped);
        return mapped;
    }

    Memory memory(Area area) {
        return Objects.requireNonNull(words.get(area));
    }

    /** Stores random words, some of which look as if they belonged there, into the first {@code length} bytes of each area. */
    void scribble(SplittableRandom random, int length, Area... areas) {
        for (var area : areas) {
            for (int i = random.nextInt(64); i > 0; i--) {
                int offset = random.nextInt(length / 8) * 8;
                memory(area).putLong(offset, switch (random.nextInt(4)) {
                    case 0 -> random.nextLong();
                    case 1 -> RecordDescriptor.header(random.nextInt(200) - 20, random.nextInt(4) - 1);
                    case 2 -> MpscDescriptor.padding(random.nextInt(0, 20) * 64);
                    default -> MpscDescriptor.claim(random.nextInt(0, 20) * 64, random.nextInt(64), random.nextInt(4));
                });
            }
        }
    }
}
