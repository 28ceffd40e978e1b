package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.Candidate;
import dev.slipring.perf.candidate.Connection;
import dev.slipring.perf.candidate.Inlet;
import dev.slipring.perf.candidate.Link;
import dev.slipring.perf.candidate.Outlet;
import dev.slipring.perf.candidate.Preparation;
import dev.slipring.perf.candidate.Receiver;
import dev.slipring.perf.candidate.Wire;
import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.Configuration;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.protocol.DataHeaderFlyweight;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Aeron's log buffers in shared memory. Messages do not pass through the media driver, which runs in the coordinator; docs/benchmarks.md
 * says how it is set up and why.
 *
 * @param name  as in {@code --candidates}
 * @param tuned for one publisher and large messages; otherwise as it comes
 */
record AeronIpc(String name, boolean tuned) implements Candidate {
    private static final int TERM_LENGTH = 64 << 20;
    private static final int LONGEST_MTU = 65_504;
    private static final String TUNED = "aeron:ipc?term-length=" + TERM_LENGTH + "|mtu=" + LONGEST_MTU;
    private static final String AS_IT_COMES = "aeron:ipc";
    /** Between two looks of a client at the driver, with whom it has nothing to settle once it is connected. */
    private static final long CLIENT_NAP_MS = 50;
    /** While it makes log buffers of 200 MB for several pairs on a busy machine, the driver is silent for longer than the usual 10 s. */
    private static final long DRIVER_TIMEOUT_MS = 60_000;

    @Override
    public Kind kind() {
        return Kind.SHARED_MEMORY;
    }

    @Override
    public Preparation prepare(Link link) {
        var nap = new DriverNap();
        var driver = MediaDriver.launch(new MediaDriver.Context().aeronDirectoryName(directory(link)).dirDeleteOnShutdown(true)
            .threadingMode(ThreadingMode.SHARED).sharedIdleStrategy(nap).termBufferSparseFile(!tuned));
        return new Preparation() {
            @Override
            public void turn(boolean begins) {
                nap.turn(begins);
            }

            @Override
            public void close() {
                driver.close();
            }
        };
    }

    @Override
    public Connection connect(Link link) {
        var aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(directory(link)).preTouchMappedMemory(tuned)
            .idleStrategy(new SleepingMillisIdleStrategy(CLIENT_NAP_MS)).driverTimeoutMs(DRIVER_TIMEOUT_MS));
        String channel = tuned ? TUNED : AS_IT_COMES;
        int longestFragment = (tuned ? LONGEST_MTU : Configuration.IPC_MTU_LENGTH_DEFAULT) - DataHeaderFlyweight.HEADER_LENGTH;
        int fragments = Math.ceilDiv(link.length(), longestFragment);
        return new Connection() {
            @Override
            public Outlet outlet() {
                int stream = stream(link.out());
                var publication = tuned ? aeron.addExclusivePublication(channel, stream) : aeron.addPublication(channel, stream);
                return fragments == 1 ? new Claiming(aeron, publication) : new Offering(aeron, publication, link.length());
            }

            @Override
            public Inlet inlet(Receiver receiver) {
                return new Polled(aeron, aeron.addSubscription(channel, stream(link.in())), fragments, receiver);
            }
        };
    }

    private static String directory(Link link) {
        return link.directory().resolve("aeron").toString();
    }

    private static int stream(Wire wire) {
        return wire.name().hashCode();
    }

    /** @throws IllegalStateException when that will never change */
    private static boolean accepted(long result) {
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            throw new IllegalStateException("Aeron: " + Publication.errorString(result));
        }
        return result > 0;
    }

    /** Of messages that fit into a fragment: in place. */
    private static final class Claiming implements Outlet {
        private final Aeron aeron;
        private final Publication publication;
        private final BufferClaim claim = new BufferClaim();

        Claiming(Aeron aeron, Publication publication) {
            this.aeron = aeron;
            this.publication = publication;
        }

        @Override
        public int claim(int length) {
            return accepted(publication.tryClaim(length, claim)) ? claim.offset() : NO_ROOM;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return claim.buffer();
        }

        @Override
        public void commit() {
            claim.commit();
        }

        @Override
        public void close() {
            aeron.close();
        }
    }

    /** Of longer messages, which Aeron copies: written elsewhere first. */
    private static final class Offering implements Outlet {
        private final Aeron aeron;
        private final Publication publication;
        private final UnsafeBuffer message;

        Offering(Aeron aeron, Publication publication, int length) {
            this.aeron = aeron;
            this.publication = publication;
            message = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        }

        @Override
        public int claim(int length) {
            return 0;
        }

        @Override
        public MutableDirectBuffer buffer() {
            return message;
        }

        @Override
        public void commit() {
            while (!accepted(publication.offer(message))) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() {
            aeron.close();
        }
    }

    private static final class Polled implements Inlet {
        private final Aeron aeron;
        private final Subscription subscription;
        private final FragmentHandler handler;
        private final int fragments;

        Polled(Aeron aeron, Subscription subscription, int fragments, Receiver receiver) {
            this.aeron = aeron;
            this.subscription = subscription;
            this.fragments = fragments;
            FragmentHandler whole = (buffer, offset, length, header) -> receiver.onMessage(buffer, offset, length);
            handler = fragments == 1 ? whole : new FragmentAssembler(whole);
        }

        @Override
        public void poll(int limit) {
            subscription.poll(handler, limit * fragments);
        }

        @Override
        public void close() {
            aeron.close();
        }
    }
}
