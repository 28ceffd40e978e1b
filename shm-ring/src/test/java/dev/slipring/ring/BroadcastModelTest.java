package dev.slipring.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.Schema;
import dev.slipring.core.process.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever producer, readers and subscribers do in whatever order: each reader gets each message, or is told that it did not. */
class BroadcastModelTest {
    private static final int STEPS = 60_000;

    @TempDir
    private Path directory;

    private final List<BroadcastReader> readers = new ArrayList<>();
    private final List<BroadcastLog> logs = new ArrayList<>();
    private Attachment attachment = Attachment.standard();
    @SuppressWarnings("NullAway.Init")
    private RingProducer producer;
    private long sent;

    @ParameterizedTest
    @CsvSource({
        "4096, 0, 0",
        "4096, 9223370937343148032, 1",
        "16384, 4294966272, 2",
        "65536, 2147483136, 0"
    })
    void everyReaderAccountsForEveryMessage(int capacity, long start, int subscribers) {
        var random = Seed.random("BroadcastModelTest " + capacity + "/" + start + "/" + subscribers);
        attachment = attachment.in(new RegionDirectory(directory));
        BroadcastRing.create(attachment.directory(), "ring", new RingOptions(capacity, 64, start, false, Schema.NONE));
        producer = BroadcastRing.producer("ring", attachment);
        for (int i = 0; i < 4 + subscribers; i++) {
            readers.add(join(i < subscribers, JoinAt.latest()));
            logs.add(new BroadcastLog(readers.get(i)));
        }
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3, 4 -> offer(random);
                case 5, 6, 7 -> claim(random);
                case 8 -> batch(random);
                case 9 -> rejoin(random, subscribers);
                case 10 -> restart(random);
                default -> read(random);
            }
            assertThat(producer.sequence()).isEqualTo(sent);
        }
        assertThat(producer.position() - start).as("went around often").isGreaterThan(20L * capacity);
        producer.close();
        for (int i = 0; i < readers.size(); i++) {
            while (readers.get(i).poll(logs.get(i), 100) > 0) {
                // to the end
            }
            assertThat(readers.get(i).poll(logs.get(i), 1)).isEqualTo(RingConsumer.CLOSED);
            assertThat(logs.get(i).next()).isEqualTo(sent);
            if (i < subscribers) {
                assertThat(logs.get(i).lost()).isZero();
            }
            readers.get(i).close();
        }
    }

    private BroadcastReader join(boolean subscribe, JoinAt where) {
        return subscribe ? BroadcastRing.subscriber("ring", attachment, where) : BroadcastRing.reader("ring", attachment, where);
    }

    private void offer(RandomGenerator random) {
        var message = new Message(sent, random.nextInt(producer.maxMessageLength() + 1));
        account(producer.offer(message.type(), message.bytes(), 0, message.length()), 1);
    }

    private void claim(RandomGenerator random) {
        int claimed = random.nextInt(producer.maxMessageLength() + 1);
        var message = new Message(sent, random.nextInt(claimed + 1));
        var claim = new Claim();
        long result = producer.tryClaim(message.type(), claimed, claim);
        if (result > 0 && random.nextInt(4) == 0) {
            message.writeTo(claim.buffer());
            claim.close();
        } else {
            if (result > 0) {
                message.writeTo(claim.buffer());
                claim.commit(message.length());
            }
            account(result, 1);
        }
    }

    private void batch(RandomGenerator random) {
        try (var batch = producer.batch()) {
            int messages = 0;
            for (int i = random.nextInt(1, 7); i > 0; i--) {
                var message = new Message(sent + messages, random.nextInt(producer.maxMessageLength() / 4));
                if (batch.offer(message.type(), message.bytes(), 0, message.length()) > 0) {
                    messages++;
                }
            }
            if (random.nextInt(4) != 0) {
                account(batch.publish(), messages);
            }
        }
    }

    /** A message is refused only because of a subscriber. */
    private void account(long result, int messages) {
        if (result > 0) {
            sent += messages;
            assertThat(result).isGreaterThanOrEqualTo(producer.position());
        } else {
            assertThat(result).isEqualTo(MessageSink.FULL);
            assertThat(logs).as("somebody is behind").anyMatch(log -> log.next() < sent && log.lost() == 0);
        }
    }

    private void read(RandomGenerator random) {
        int index = random.nextInt(readers.size());
        if (random.nextBoolean()) {
            readers.get(index).poll(logs.get(index), random.nextInt(1, 20));
        } else {
            for (int i = random.nextInt(20); i > 0; i--) {
                logs.get(index).receiveNext();
            }
        }
    }

    /** A reader that comes again, where it was or elsewhere. */
    private void rejoin(RandomGenerator random, int subscribers) {
        int index = random.nextInt(subscribers, readers.size());
        if (random.nextInt(4) == 0) {
            readers.get(index).close();
            var reader = join(false, switch (random.nextInt(3)) {
                case 0 -> JoinAt.latest();
                case 1 -> JoinAt.oldest();
                default -> JoinAt.sequence(logs.get(index).next());
            });
            assertThat(reader.sequence()).isLessThanOrEqualTo(sent);
            readers.set(index, reader);
            logs.set(index, new BroadcastLog(reader));
        }
    }

    private void restart(RandomGenerator random) {
        if (random.nextInt(20) == 0) {
            producer.close();
            producer = BroadcastRing.producer("ring", attachment);
        }
    }
}
