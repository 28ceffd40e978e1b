package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionFull;
import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool and what it should be, side by side, through random operations; whatever is leased is looked at after each of them. */
class FrameModelTest {
    private static final int ROUNDS = Integer.getInteger("slipring.model.rounds", 60);
    private static final int STEPS = 300;
    private static final FrameFormat[] FORMATS = {TestPool.SMALL, PixelFormat.RGB24.size(5, 7), PixelFormat.GREY.size(3, 3)};

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    /** A consumer and what it should have been given. */
    private static final class Modelled {
        private final FrameConsumer consumer;
        private final List<Lease> leases = new ArrayList<>();
        private long next;
        private long dropped;

        Modelled(FrameConsumer consumer, long published) {
            this.consumer = consumer;
            next = Math.max(0, published - 1);
        }
    }

    private RandomGenerator random = RandomGenerator.getDefault();
    private TestPool pool = new TestPool(new RegionDirectory(Path.of("/")), PoolOptions.of(2, 1));
    private final List<Modelled> consumers = new ArrayList<>();
    private @Nullable FrameProducer producer;
    private long published;

    @Test
    void thePoolIsWhatTheModelSays() {
        random = Seed.random("thePoolIsWhatTheModelSays");
        for (int round = 0; round < ROUNDS; round++) {
            pool = TestPool.create(directory, 2 + random.nextInt(9));
            published = 0;
            for (int step = 0; step < STEPS; step++) {
                step();
                for (var each : consumers) {
                    each.leases.forEach(Picture::requireWhole);
                    assertThat(each.consumer.dropped()).isEqualTo(each.dropped);
                }
            }
            consumers.forEach(each -> each.consumer.close());
            consumers.clear();
            leave();
            pool.remove();
        }
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0 -> attach();
            case 1 -> {
                if (!consumers.isEmpty() && random.nextInt(4) == 0) {
                    consumers.remove(random.nextInt(consumers.size())).consumer.close(); // whatever it holds
                }
            }
            case 2 -> {
                if (random.nextInt(4) == 0) {
                    leave();
                }
            }
            case 3, 4, 5, 6 -> publish();
            case 7 -> discard();
            default -> {
                if (!consumers.isEmpty()) {
                    consume(consumers.get(random.nextInt(consumers.size())));
                }
            }
        }
    }

    private void attach() {
        var kind = ConsumerPolicy.Kind.values()[random.nextInt(3)];
        var policy = new ConsumerPolicy(kind, kind == ConsumerPolicy.Kind.LATEST ? 1 : 1 + random.nextInt(4), 1 + random.nextInt(2));
        int needed = 1 + policy.maxLeases() + consumers.stream().mapToInt(each -> each.consumer.policy().maxLeases()).sum()
            + Math.max(policy.queued(), consumers.stream().mapToInt(each -> each.consumer.policy().queued()).max().orElse(0));
        if (needed > pool.options().frames()) {
            assertThatThrownBy(() -> pool.consumer(policy)).isInstanceOf(RegionFull.class)
                .hasMessageContainingAll("has " + pool.options().frames() + " frames", "would need " + needed);
        } else {
            consumers.add(new Modelled(pool.consumer(policy), published));
        }
    }

    private void leave() {
        if (producer != null) {
            producer.close();
            producer = null;
        }
    }

    private FrameProducer present() {
        if (producer == null) {
            producer = pool.producer();
            assertThat(producer.sequence()).isEqualTo(published);
        }
        return producer;
    }

    private void publish() {
        boolean refused = consumers.stream().anyMatch(each -> each.consumer.policy().kind() == ConsumerPolicy.Kind.LOSSLESS
            && published - each.next >= each.consumer.policy().queued());
        assertThat(Picture.publish(present(), FORMATS[random.nextInt(FORMATS.length)])).isEqualTo(!refused);
        if (!refused) {
            published++;
        }
    }

    private void discard() {
        var loan = new Loan();
        if (present().tryLoan(TestPool.SMALL, loan)) {
            Picture.draw(loan.buffer(), TestPool.SMALL.bytes(), 1_000_000 + random.nextInt(1000));
            if (random.nextInt(4) == 0) {
                leave(); // with the frame on loan
            } else {
                loan.close();
            }
        }
    }

    private void consume(Modelled model) {
        var consumer = model.consumer;
        if (model.leases.size() == consumer.policy().maxLeases() || (!model.leases.isEmpty() && random.nextBoolean())) {
            model.leases.remove(random.nextInt(model.leases.size())).close();
            return;
        }
        boolean newest = random.nextInt(5) == 0;
        long waiting = published - model.next;
        var lease = new Lease();
        var delivery = newest ? consumer.latest(lease) : consumer.next(lease);
        if (waiting == 0) {
            assertThat(delivery).isNotEqualTo(Delivery.FRAME);
            assertThat(lease.isOpen()).isFalse();
            return;
        }
        long missed = Math.max(0, waiting - (newest ? 1 : consumer.policy().queued()));
        assertThat(delivery).isEqualTo(Delivery.FRAME);
        assertThat(lease.sequence()).isEqualTo(model.next + missed);
        assertThat(lease.missed()).isEqualTo(missed);
        model.next += missed + 1;
        model.dropped += missed;
        model.leases.add(lease);
        assertThat(consumer.leases()).isEqualTo(model.leases.size());
    }
}
