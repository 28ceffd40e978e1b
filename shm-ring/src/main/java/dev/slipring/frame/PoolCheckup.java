package dev.slipring.frame;

import dev.slipring.core.Participants;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Collects what cannot be in a pool.
 *
 * <h2>Algorithm notes</h2>
 * Producer and consumers go on meanwhile, and nothing that they do may be called damage. So each rule relates a word to another one that
 * was stored before it and does not go back, and is loaded after it: an entry and the generation of its frame, a cursor and the count of
 * published frames. An entry is that of a sequence only as long as fewer than 256 more are published. What a descriptor says is believed
 * if the frame's word is the entry's before and after. A lease bit names nobody if the slot is no consumer's before and after the bit was
 * seen, and nobody came or left in between: who leases is registered before, and is counted as gone after.
 */
final class PoolCheckup {
    private static final int HALF_OF_GENERATIONS = 1 << 30;

    private final Pool pool;
    private final ReadMemory words;
    private final ReadMemory producerWords;
    private final Participants participants;
    private final List<String> faults = new ArrayList<>();

    PoolCheckup(Pool pool) {
        this.pool = pool;
        words = pool.words();
        producerWords = pool.producerWords();
        participants = pool.region().participants();
    }

    /** Each a sentence. */
    List<String> faults() {
        long published = published();
        if (published < 0) {
            faults.add(published + " frames are published, expected 0 or more");
        } else {
            for (long sequence = Math.max(0, published - PoolDescriptor.MAX_FRAMES + 1); sequence < published; sequence++) {
                String fault = entry(sequence);
                if (!fault.isEmpty() && published() - sequence < PoolDescriptor.MAX_FRAMES) { // else it was the entry of another one
                    faults.add(fault);
                }
            }
        }
        for (int frame = 0; frame < PoolDescriptor.MAX_FRAMES; frame++) {
            long leases = PoolDescriptor.leases(words.getLongAcquire(PoolDescriptor.wordOffset(frame)));
            for (; leases != 0; leases &= leases - 1) {
                lease(frame, Long.numberOfTrailingZeros(leases));
            }
        }
        for (int slot = 0; slot < PoolDescriptor.MAX_SEATS; slot++) {
            if (participants.isRegistered(slot, Role.CONSUMER)) {
                seat(slot);
            }
        }
        return faults;
    }

    private long published() {
        return producerWords.getLongAcquire(PoolDescriptor.PUBLISHED_OFFSET); // pairs with: FrameProducer.publish
    }

    /** What is wrong with it; empty for nothing. */
    private String entry(long sequence) {
        long entry = producerWords.getLongAcquire(PoolDescriptor.entryOffset(sequence)); // pairs with: FrameProducer.publish
        int frame = PoolDescriptor.entryFrame(entry);
        int generation = PoolDescriptor.entryGeneration(entry);
        if (frame >= pool.frames() || entry != PoolDescriptor.entry(generation, frame)) {
            return "the entry of sequence " + sequence + " is " + String.format(Locale.ROOT, "%#x", entry)
                + ", expected a frame of 0…" + (pool.frames() - 1) + " and a generation of 31 bits";
        }
        long word = words.getLongAcquire(PoolDescriptor.wordOffset(frame)); // pairs with: FrameProducer.makeIdle
        int later = PoolDescriptor.generation(word) - generation & Integer.MAX_VALUE; // generations wrap
        if (later >= HALF_OF_GENERATIONS) {
            return "the entry of sequence " + sequence + " is frame " + frame + " in generation " + generation
                + ", which comes after the frame's own, " + PoolDescriptor.generation(word);
        }
        return later == 0 && !PoolDescriptor.isWriting(word) ? descriptor(sequence, frame, generation) : "";
    }

    private String descriptor(long sequence, int frame, int generation) {
        var descriptors = pool.descriptors();
        int offset = FrameDescriptor.offset(frame);
        long found = descriptors.getLong(offset + FrameDescriptor.SEQUENCE);
        int bytes = descriptors.getInt(offset + FrameDescriptor.BYTES);
        String fault = found != sequence ? "sequence " + found + ", expected " + sequence
            : bytes < 1 || bytes > pool.frameBytes() ? bytes + " bytes, expected 1…" + pool.frameBytes() : "";
        if (fault.isEmpty()) {
            try {
                FrameDescriptor.read(descriptors, offset, pool.frameBytes());
            } catch (IllegalArgumentException e) {
                fault = String.valueOf(e.getMessage());
            }
        }
        descriptors.loadLoadFence(); // pairs with: FrameProducer.lend
        boolean stood = PoolDescriptor.generation(words.getLongAcquire(PoolDescriptor.wordOffset(frame))) == generation;
        return stood && !fault.isEmpty() ? "the descriptor of frame " + frame + " says " + fault : "";
    }

    private void lease(int frame, int slot) {
        long before = participants.changes(Role.CONSUMER);
        boolean consumers = participants.isRegistered(slot, Role.CONSUMER);
        boolean leased = (words.getLongAcquire(PoolDescriptor.wordOffset(frame)) & PoolDescriptor.leaseBit(slot)) != 0;
        consumers |= participants.isRegistered(slot, Role.CONSUMER) || participants.changes(Role.CONSUMER) != before;
        if (leased && frame >= pool.frames()) {
            faults.add("frame " + frame + " is leased by slot " + slot + ", expected frames of 0…" + (pool.frames() - 1));
        } else if (leased && !consumers) {
            faults.add("frame " + frame + " is leased by slot " + slot + ", which is no consumer's");
        }
    }

    private void seat(int slot) {
        int seat = PoolDescriptor.seatOffset(slot);
        range(slot, "policy", words.getInt(seat + PoolDescriptor.SEAT_POLICY), 0, ConsumerPolicy.Kind.values().length - 1);
        range(slot, "queue", words.getInt(seat + PoolDescriptor.SEAT_QUEUED), 1, PoolDescriptor.MAX_FRAMES - 2);
        range(slot, "most leases", words.getInt(seat + PoolDescriptor.SEAT_MAX_LEASES), 1, PoolDescriptor.MAX_LEASES);
        long cursor = words.getLongAcquire(seat + PoolDescriptor.SEAT_CURSOR); // pairs with: FrameConsumer.advance
        range(slot, "cursor", cursor, 0, published());
        for (int lease = 0; lease < PoolDescriptor.MAX_LEASES; lease++) {
            long word = words.getLongAcquire(PoolDescriptor.leaseOffset(slot, lease));
            range(slot, "frame of lease " + lease, PoolDescriptor.leasedFrame(word), -1, pool.frames() - 1);
        }
    }

    private void range(int slot, String what, long found, long least, long most) {
        if (found < least || found > most) {
            faults.add("the " + what + " of the consumer in slot " + slot + " is " + found + ", expected " + least + "…" + most);
        }
    }
}
