package dev.slipring.perf.peers;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.PerDirection;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import dev.slipring.perf.candidate.Wire;
import dev.slipring.seqlock.SeqlockSlot;
import dev.slipring.seqlock.SlotOptions;
import dev.slipring.seqlock.SlotReader;
import dev.slipring.seqlock.SlotUpdate;
import dev.slipring.seqlock.SlotWriter;
import org.agrona.MutableDirectBuffer;

/**
 * Our slot, which carries the newest value only: what the receiver does not get to see is counted as lost. Messages are written in place,
 * and copied out before they are handed on.
 */
final class Seqlock implements PerDirection {
    private static final int SHORTEST = 8;

    @Override
    public String name() {
        return "seqlock";
    }

    @Override
    public Kind kind() {
        return Kind.SHARED_MEMORY;
    }

    @Override
    public boolean lossy() {
        return true;
    }

    @Override
    public Preparation create(Wire wire) {
        SeqlockSlot.create(new RegionDirectory(wire.directory()), wire.name(), SlotOptions.ofPayload(Math.max(SHORTEST, wire.length())));
        return Preparation.NOTHING;
    }

    @Override
    public Outlet outlet(Wire wire) {
        return new Writing(SeqlockSlot.writer(wire.name(), attachment(wire)), wire.length());
    }

    @Override
    public Inlet inlet(Wire wire, Receiver receiver) {
        return new Reading(SeqlockSlot.reader(wire.name(), attachment(wire)), receiver);
    }

    private static Attachment attachment(Wire wire) {
        return Attachment.standard().in(new RegionDirectory(wire.directory()));
    }

    private static final class Writing implements Outlet {
        private final SlotWriter writer;
        private final int length;
        private final SlotUpdate update;

        Writing(SlotWriter writer, int length) {
            this.writer = writer;
            this.length = length;
            update = writer.begin();
            update.close();
        }

        @Override
        public int claim(int itsLength) {
            writer.begin();
            return 0;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return update.buffer();
        }

        @Override
        public void commit() {
            update.publish(length);
        }

        @Override
        public void close() {
            writer.close();
        }
    }

    private static final class Reading implements Inlet {
        private final SlotReader reader;
        private final Receiver receiver;
        private long last;

        Reading(SlotReader reader, Receiver receiver) {
            this.reader = reader;
            this.receiver = receiver;
        }

        @Override
        public void poll(int limit) {
            if (reader.read().isDelivered() && reader.value().version() != last) {
                last = reader.value().version();
                receiver.onMessage(reader.value().payload(), 0, reader.value().payload().capacity());
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
