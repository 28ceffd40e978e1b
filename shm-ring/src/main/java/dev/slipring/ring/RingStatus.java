package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.ParticipantStatus.Life;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.RegionInspection;
import dev.slipring.core.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ring as people see it: where its sides are. Taken from an inspection, so while the others go on, and not of one moment; a damaged
 * ring's too, as far as its words are there. Decide nothing on it.
 *
 * @param produced  where the producers are: the end of what was published, in bytes since the beginning, as they last said
 * @param consumed  where the consumer is; of a broadcast ring, before which everything may have been overwritten
 * @param depth     bytes that wait for the consumer, or for the last of the gated subscribers; 0 when there are none
 * @param released  messages that were consumed for good, as a restart would count them; of a broadcast ring 0
 * @param gates     of a broadcast ring, where its subscribers are that live
 * @param positions the words themselves
 * @param faults    what cannot be
 */
public record RingStatus(long produced, long consumed, long depth, long released, List<Gate> gates, List<Position> positions,
    List<String> faults) {

    /** Copies the lists. */
    public RingStatus {
        gates = List.copyOf(gates);
        positions = List.copyOf(positions);
        faults = List.copyOf(faults);
    }

    /**
     * Where a gated subscriber of a broadcast ring is.
     *
     * @param slot     which participant
     * @param position where it reads next
     * @param lag      bytes between that and the producer
     */
    public record Gate(int slot, long position, long lag) {
    }

    /**
     * A word that says where somebody is.
     *
     * @param name   what docs/layout.md calls it
     * @param area   where it stands
     * @param offset there, in bytes
     * @param value  bytes since the beginning of the ring; of {@code sequence}, messages
     */
    public record Position(String name, Area area, int offset, long value) {
    }

    /** The status of an inspected ring; empty when it is none, or its words are not there. */
    public static Optional<RingStatus> of(RegionInspection inspection) {
        var header = inspection.header().orElse(null);
        var producer = inspection.words(Area.PRODUCER).orElse(null);
        var consumer = inspection.words(Area.CONSUMER).orElse(null);
        var checkpoints = inspection.words(Area.CHECKPOINTS).orElse(null);
        if (header == null || producer == null || consumer == null || checkpoints == null) {
            return Optional.empty();
        }
        return switch (header.kind()) {
            case SPSC_RING -> Optional.of(new Reading(header).spsc(producer, consumer, checkpoints));
            case MPSC_RING -> Optional.of(new Reading(header).mpsc(producer, consumer, checkpoints));
            case BROADCAST_RING -> Optional.of(new Reading(header).broadcast(producer, consumer, inspection));
            case SLOT_TABLE, FRAME_POOL -> Optional.empty();
        };
    }

    /** Collects the words, and what is wrong with them. */
    private static final class Reading {
        private final RegionHeader header;
        private final List<Position> positions = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();

        Reading(RegionHeader header) {
            this.header = header;
        }

        RingStatus spsc(ReadMemory producer, ReadMemory consumer, ReadMemory checkpoints) {
            long head = position("head", Area.CONSUMER, consumer, SpscDescriptor.HEAD_OFFSET);
            long released = checkpoint(checkpoints);
            long produced = position("position", Area.PRODUCER, producer, SpscDescriptor.POSITION_OFFSET);
            return oneConsumer(produced, head, released);
        }

        RingStatus mpsc(ReadMemory producer, ReadMemory consumer, ReadMemory checkpoints) {
            position("head", Area.CONSUMER, consumer, MpscDescriptor.HEAD_OFFSET);
            long consumed = position("consumed", Area.CONSUMER, consumer, MpscDescriptor.CONSUMED_OFFSET);
            long released = checkpoint(checkpoints);
            long tail = position("tail", Area.PRODUCER, producer, MpscDescriptor.TAIL_OFFSET);
            return oneConsumer(tail, consumed, released);
        }

        RingStatus broadcast(ReadMemory producer, ReadMemory consumer, RegionInspection inspection) {
            long intent = position("intent", Area.PRODUCER, producer, BroadcastDescriptor.INTENT_OFFSET);
            long tail = position("tail", Area.PRODUCER, producer, BroadcastDescriptor.TAIL_OFFSET);
            var gates = new ArrayList<Gate>();
            for (var each : inspection.participants()) {
                long word = consumer.getLongAcquire(BroadcastDescriptor.gateOffset(each.who().slot()));
                if (each.who().role() == Role.CONSUMER && each.life() == Life.ALIVE && BroadcastDescriptor.isSet(word)) {
                    long gate = BroadcastDescriptor.position(word);
                    positions.add(new Position("gate " + each.who().slot(), Area.CONSUMER,
                        BroadcastDescriptor.gateOffset(each.who().slot()), gate));
                    gates.add(new Gate(each.who().slot(), gate, Math.max(0, tail - gate)));
                }
            }
            long oldest = Math.max(header.initialPosition(), intent - header.capacity());
            return new RingStatus(tail, oldest, gates.stream().mapToLong(Gate::lag).max().orElse(0), 0, gates, positions, faults);
        }

        private RingStatus oneConsumer(long produced, long consumed, long released) {
            return new RingStatus(produced, consumed, Math.clamp(produced - consumed, 0, header.capacity()), released, List.of(), positions,
                faults);
        }

        /** Returns the sequence. */
        private long checkpoint(ReadMemory words) {
            long index = words.getLongAcquire(CheckpointDescriptor.INDEX_OFFSET);
            int cell = CheckpointDescriptor.cellOffset(index);
            position("checkpoint", Area.CHECKPOINTS, words, cell);
            long sequence = words.getLong(cell + Long.BYTES);
            positions.add(new Position("sequence", Area.CHECKPOINTS, cell + Long.BYTES, sequence));
            if (sequence < 0) {
                faults.add("the checkpoint's sequence is " + sequence + ", expected 0 or more");
            }
            return sequence;
        }

        private long position(String name, Area area, ReadMemory words, int offset) {
            long value = words.getLongAcquire(offset);
            positions.add(new Position(name, area, offset, value));
            if (value - header.initialPosition() < 0 || value % header.recordAlignment() != 0) {
                faults.add(name + " is " + value + ", expected a multiple of " + header.recordAlignment() + " from "
                    + header.initialPosition() + " on");
            }
            return value;
        }
    }
}
