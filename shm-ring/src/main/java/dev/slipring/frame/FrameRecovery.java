package dev.slipring.frame;

import dev.slipring.core.Memory;
import dev.slipring.core.ReadMemory;

/**
 * What a new producer does about the one before, who may have died at any store. It holds the exclusive role, so the other stores no more.
 *
 * <ol>
 * <li>A frame that is being written is nobody's: its word is made idle. Its generation has moved when it was lent, and no entry was
 * published that has it, so nobody can lease what stands there half.
 * <li>The published frames are those whose entry has the generation of their word, in the order of the entries. A frame whose entry was
 * written and then not counted as published is not one of them; what publishes next takes the same entry.
 * </ol>
 */
final class FrameRecovery {
    private FrameRecovery() {
    }

    /** Returns all frames in the order in which to write to them: those that hold nothing first, then the oldest, the newest last. */
    static int[] recover(Memory words, ReadMemory producerWords, int frames) {
        for (int frame = 0; frame < frames; frame++) {
            long word = words.getLongAcquire(PoolDescriptor.wordOffset(frame));
            if (PoolDescriptor.isWriting(word)) {
                words.putLongRelease(PoolDescriptor.wordOffset(frame), PoolDescriptor.idle(PoolDescriptor.generation(word)));
            }
        }
        return order(words, producerWords, frames);
    }

    private static int[] order(ReadMemory words, ReadMemory producerWords, int frames) {
        var order = new int[frames];
        var placed = new boolean[frames];
        int from = frames;
        long published = producerWords.getLongAcquire(PoolDescriptor.PUBLISHED_OFFSET);
        for (int back = 1; back <= PoolDescriptor.MAX_FRAMES && back <= published; back++) {
            long entry = producerWords.getLong(PoolDescriptor.entryOffset(published - back));
            int frame = PoolDescriptor.entryFrame(entry);
            if (frame < frames && !placed[frame] && PoolDescriptor.entryGeneration(entry)
                == PoolDescriptor.generation(words.getLong(PoolDescriptor.wordOffset(frame)))) {
                placed[frame] = true;
                order[--from] = frame;
            }
        }
        int free = 0;
        for (int frame = 0; frame < frames; frame++) {
            if (!placed[frame]) {
                order[free++] = frame;
            }
        }
        return order;
    }
}
