package dev.slipring.perf.peers;

import dev.slipring.perf.candidate.Candidate;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/** All there is to compare. */
public final class Candidates {
    /** To add one, implement {@link Candidate} and name it here. */
    public static final List<Candidate> ALL = List.of(
        new Slipring("spsc", Slipring.Ring.SPSC, 64, 1, Slipring.Waiting.SPINS),
        new Slipring("spsc-8", Slipring.Ring.SPSC, 8, 1, Slipring.Waiting.SPINS),
        new Slipring("spsc-batch", Slipring.Ring.SPSC, 64, 64, Slipring.Waiting.SPINS),
        new Slipring("mpsc", Slipring.Ring.MPSC, 64, 1, Slipring.Waiting.SPINS),
        new Slipring("mpsc-batch", Slipring.Ring.MPSC, 64, 64, Slipring.Waiting.SPINS),
        new Slipring("spsc-parking", Slipring.Ring.SPSC, 64, 1, Slipring.Waiting.COULD_SLEEP),
        new Slipring("spsc-park", Slipring.Ring.SPSC, 64, 1, Slipring.Waiting.SLEEPS),
        new Slipring("mpsc-parking", Slipring.Ring.MPSC, 64, 1, Slipring.Waiting.COULD_SLEEP),
        new Slipring("broadcast", Slipring.Ring.BROADCAST, 64, 1, Slipring.Waiting.SPINS),
        new Slipring("broadcast-gated", Slipring.Ring.GATED, 64, 1, Slipring.Waiting.SPINS),
        new Seqlock(),
        new Frames(),
        new AeronIpc("aeron-ipc", true),
        new AeronIpc("aeron-ipc-default", false),
        new AgronaRing("agrona-onetoone", OneToOneRingBuffer::new),
        new AgronaRing("agrona-manytoone", ManyToOneRingBuffer::new),
        new AgronaBroadcast(),
        new MappedFlag(),
        new Pipe(),
        new Fifo(),
        new UnixSocket("uds", true),
        new UnixSocket("uds-spin", false),
        new Tcp("tcp", true),
        new Tcp("tcp-spin", false),
        new Udp(),
        new MessageQueue(),
        new Memcpy(),
        new Floor());

    /** Those of {@link #ALL} that are ours. */
    public static final List<String> OURS = ALL.stream()
        .filter(each -> each instanceof Slipring || each instanceof Seqlock || each instanceof Frames)
        .map(Candidate::name).toList();

    private Candidates() {
    }

    /** @throws IllegalArgumentException when there is none */
    public static Candidate named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no candidate \"" + name + "\"; there are " + names()));
    }

    private static String names() {
        return ALL.stream().map(Candidate::name).collect(Collectors.joining(", "));
    }
}
