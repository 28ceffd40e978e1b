package dev.slipring.examples.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RoleTaken;
import dev.slipring.core.Schema;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.SpscRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An SPSC ring with a producer in C and a consumer in Java, and producers of both kinds in turn. */
class CProducerIT {
    private static final int CAPACITY = 4096;
    private static final long FAR = (1L << 62) + 64 * 5L;

    private static Path sender = Path.of("");

    @TempDir(factory = SharedMemory.class)
    private Path shared;
    private Attachment attachment = Attachment.standard();
    private final List<String> received = new ArrayList<>();
    private final MessageHandler handler = (type, buffer, offset, length) -> {
        assertThat(type).isEqualTo(JavaPeer.TYPE);
        received.add(buffer.getStringWithoutLengthUtf8(offset, length));
    };

    @BeforeAll
    static void compile() throws IOException {
        sender = CPrograms.compiled("send-spsc");
    }

    @BeforeEach
    void chooseDirectory() {
        attachment = attachment.in(new RegionDirectory(shared));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64})
    void everyMessageComesOnceInOrderAndThenTheEndInOrder(int alignment) {
        int messages = 20_000;
        create(RingOptions.ofCapacity(CAPACITY).alignedTo(alignment).startingAt(FAR));
        try (var consumer = consumer()) {
            var ended = CompletableFuture.supplyAsync(() -> send(0, messages));
            assertThat(drain(consumer)).isEqualTo(RingConsumer.CLOSED);
            assertThat(received).isEqualTo(texts(0, messages));
            assertThat(ended.join().lines()).containsExactly("goes on at 0", "sent up to " + messages);
        }
    }

    @Test
    void aConsumerThatSleepsIsWoken() throws Exception {
        create(RingOptions.ofCapacity(CAPACITY).withParking());
        try (var consumer = consumer(); var producer = start()) {
            producer.tell("one");
            assertThat(consumer.receive(handler, 1)).isEqualTo(1);
            producer.tell("two");
            assertThat(consumer.receive(handler, 1)).isEqualTo(1);
            assertThat(producer.end()).isZero();
            assertThat(consumer.receive(handler, 1)).isEqualTo(RingConsumer.CLOSED);
            assertThat(received).containsExactly("one", "two");
        }
        for (int side : new int[] {0, 128}) {
            assertThat(word(0x1_6000 + side)).as("whoever leaves rings on both sides").isPositive();
        }
    }

    /** A word of the file, where docs/layout.md says that it is. */
    private int word(int offset) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(Path.of(file()))).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
    }

    @Test
    void killedItLosesNothingThatItSentAndAProducerInJavaGoesOn() {
        create(RingOptions.ofCapacity(CAPACITY));
        try (var consumer = consumer(); var producer = start()) {
            for (int each = 0; each < 200; each++) {
                producer.tell(JavaPeer.text(each)); // more than the ring holds: it is killed while it waits for room
            }
            Await.until("the ring is full", () -> consumer.peek((_, _, _, _) -> { }, 1000) > 7);
            producer.kill();
            assertThat(drain(consumer)).isEqualTo(RingConsumer.PRODUCER_DEAD);
            int sent = received.size();
            assertThat(sent).isBetween(8, 199);
            assertThat(received).isEqualTo(texts(0, sent));

            try (var successor = SpscRing.producer("spsc", attachment)) {
                assertThat(successor.sequence()).isEqualTo(sent);
                assertThat(JavaPeer.send(successor, JavaPeer.text(sent))).isTrue();
            }
            assertThat(drain(consumer)).isEqualTo(RingConsumer.CLOSED);
            assertThat(received).isEqualTo(texts(0, sent + 1));
        }
    }

    @Test
    void itGoesOnWhereAKilledProducerInJavaStopped() throws IOException {
        try (var peer = JavaPeer.start(attachment.directory())) {
            assertThat(CPrograms.run(sender, "", file()).status()).as("role taken").isEqualTo(3);
            peer.kill();
        }
        var goneOn = send(JavaPeer.MESSAGES, JavaPeer.MESSAGES + 30);
        assertThat(goneOn.lines()).containsExactly("goes on at " + JavaPeer.MESSAGES, "sent up to " + (JavaPeer.MESSAGES + 30));
        try (var consumer = consumer()) { // comes only now: the death was the C program's to count
            assertThat(drain(consumer)).as("the death was of the era before").isEqualTo(RingConsumer.CLOSED);
            assertThat(received).isEqualTo(texts(0, JavaPeer.MESSAGES + 30));
        }
    }

    @Test
    void ofTheTwoOnlyOneCanBeTheProducer() throws IOException {
        create(RingOptions.ofCapacity(CAPACITY));
        try (var producer = start()) {
            assertThatThrownBy(() -> SpscRing.producer("spsc", attachment)).isInstanceOf(RoleTaken.class)
                .hasMessageContaining("send-spsc").hasMessageContaining("pid " + producer.pid());
            assertThat(producer.end()).isZero();
        }
        try (var _ = SpscRing.producer("spsc", attachment)) {
            var refused = CPrograms.run(sender, "", file());
            assertThat(refused.status()).isEqualTo(3);
            assertThat(refused.lines()).containsExactly(file() + " already has its producer");
        }
        assertThat(send(0, 1).status()).isZero();
    }

    @Test
    void itKnowsASealAndTheSchema() throws IOException {
        create(RingOptions.ofCapacity(CAPACITY).with(new Schema(7, 3, 2)));
        attachment = attachment.with(new Schema(7, 3, 2));
        assertThat(CPrograms.run(sender, "", file()).status()).isEqualTo(1);
        assertThat(CPrograms.run(sender, "", file(), "7", "1").status()).isEqualTo(1);
        assertThat(CPrograms.run(sender, "one\n", file(), "7", "2").status()).isZero();
        try (var producer = SpscRing.producer("spsc", attachment)) {
            producer.seal();
        }
        assertThat(CPrograms.run(sender, "two\n", file(), "7", "3").lines())
            .containsExactly("goes on at 1", "sent up to 1, which is sealed");
        try (var consumer = consumer()) {
            assertThat(drain(consumer)).isEqualTo(RingConsumer.END_OF_STREAM);
            assertThat(received).containsExactly("one");
        }
    }

    private void create(RingOptions options) {
        SpscRing.create(attachment.directory(), "spsc", options);
    }

    private RingConsumer consumer() {
        return SpscRing.consumer("spsc", attachment, ConsumerOptions.STANDARD);
    }

    private JavaProcess start() {
        var producer = JavaProcess.program(sender, file());
        assertThat(producer.readLine()).isEqualTo("goes on at 0");
        return producer;
    }

    private CPrograms.Finished send(int first, int end) {
        try {
            return CPrograms.run(sender, String.join("\n", texts(first, end)) + "\n", file());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts(int first, int end) {
        return IntStream.range(first, end).mapToObj(JavaPeer::text).collect(Collectors.toList());
    }

    /** Reads until there is an end, and says which. */
    private int drain(RingConsumer consumer) {
        int[] outcome = {0};
        Await.until("the flow ends", () -> {
            do {
                outcome[0] = consumer.poll(handler, 100);
            } while (outcome[0] > 0);
            return outcome[0] != RingConsumer.EMPTY;
        });
        return outcome[0];
    }

    private String file() {
        return shared.resolve("spsc").toString();
    }
}
