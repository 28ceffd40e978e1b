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
import dev.slipring.ring.Claim;
import dev.slipring.ring.ConsumerOptions;
import dev.slipring.ring.MessageHandler;
import dev.slipring.ring.MpscRing;
import dev.slipring.ring.RingConsumer;
import dev.slipring.ring.RingOptions;
import dev.slipring.ring.RingProducer;
import dev.slipring.ring.SpscRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An SPSC ring with a producer in C, or an MPSC ring with some beside others in Java, and a consumer in Java. */
class CProducerIT {
    private static final int CAPACITY = 4096;
    private static final long FAR = (1L << 62) + 64 * 5L;

    /** Of the messages that a producer in Java sends beside those in C. */
    private static final int OTHER_TYPE = 2;

    private static Path sender = Path.of("");
    private static Path mpscSender = Path.of("");

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
        mpscSender = CPrograms.compiled("send-mpsc");
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
            var ended = CompletableFuture.supplyAsync(() -> send(sender, file(), 0, messages));
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
            assertThat(word(file(), 0x1_6000 + side)).as("whoever leaves rings on both sides").isPositive();
        }
    }

    /** A word of the file, where docs/layout.md says that it is. */
    private static int word(String file, int offset) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(Path.of(file))).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
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
        var goneOn = send(sender, file(), JavaPeer.MESSAGES, JavaPeer.MESSAGES + 30);
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
        assertThat(send(sender, file(), 0, 1).status()).isZero();
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

    @Test
    void oneOfManySendsBesideOneInJavaAndEveryMessageOfBothComesOnceInItsOrder() throws IOException {
        int messages = 5000;
        createMpsc(RingOptions.ofCapacity(CAPACITY).startingAt(FAR).withParking());
        int[] next = new int[OTHER_TYPE + 1];
        try (var consumer = mpscConsumer(); var other = MpscRing.producer("mpsc", attachment)) {
            var ended = new CompletableFuture<CPrograms.Finished>();
            var sent = CompletableFuture.supplyAsync(() -> sendUntil(ended::isDone, other), Thread.ofPlatform().daemon()::start);
            Await.until("the one in Java sends", consumer::isReady);
            ended.completeAsync(() -> send(mpscSender, mpscFile(), 0, messages));
            int outcome = drain(consumer, (type, buffer, offset, length) -> {
                assertThat(type).isIn(JavaPeer.TYPE, OTHER_TYPE);
                assertThat(buffer.getStringWithoutLengthUtf8(offset, length)).isEqualTo(JavaPeer.text(next[type]++));
            });
            assertThat(outcome).isEqualTo(RingConsumer.CLOSED);
            assertThat(ended.join().lines()).containsExactly("attached", "sent " + messages);
            assertThat(next[JavaPeer.TYPE]).isEqualTo(messages);
            assertThat(next[OTHER_TYPE]).isEqualTo(sent.join()).isPositive();
            assertThat(word(mpscFile(), 0x1_4000 + 128)).as("producers that attached").isEqualTo(2);
            assertThat(word(mpscFile(), 0x1_4000 + 128 + 8)).as("and that closed in order").isEqualTo(2);
        }
    }

    /** Returns how many it sent; closes the producer. */
    private static int sendUntil(BooleanSupplier end, RingProducer producer) {
        int sent = 0;
        while (!end.getAsBoolean()) {
            var message = JavaPeer.bytes(JavaPeer.text(sent));
            sent += producer.offer(OTHER_TYPE, message, 0, message.capacity()) >= 0 ? 1 : 0;
        }
        producer.close();
        return sent;
    }

    @Test
    void aClaimIsWaitedForAsLongAsItsOwnerLives() throws IOException {
        createMpsc(RingOptions.ofCapacity(CAPACITY));
        try (var consumer = mpscConsumer(); var other = MpscRing.producer("mpsc", attachment);
            var dying = JavaProcess.program(mpscSender, "--die-claimed", mpscFile())) {
            assertThat(dying.readLine()).isEqualTo("attached"); // in slot 2, behind the two of this process
            var claim = new Claim();
            assertThat(other.tryClaim(JavaPeer.TYPE, 1, claim)).isPositive();
            claim.buffer().putByte(0, (byte) '0');
            assertThat(CPrograms.run(mpscSender, "1\n", mpscFile()).status()).as("it goes past the claim").isZero();
            assertThat(consumer.poll(handler, 10)).isEqualTo(RingConsumer.EMPTY);
            claim.commit();
            assertThat(consumer.poll(handler, 10)).isEqualTo(2);

            dying.tell("never sent");
            assertThat(dying.readLine()).isEqualTo("claimed");
            assertThat(JavaPeer.send(other, "2")).isTrue();
            for (int each = 0; each < 5000; each++) { // so often that the kernel is asked who lives
                assertThat(consumer.poll(handler, 10)).as("its owner lives").isEqualTo(RingConsumer.EMPTY);
            }
            dying.kill();
            try (var successor = MpscRing.producer("mpsc", attachment)) {
                assertThat(word(mpscFile(), 0x1_0000 + 2 * 256)).as("generation of the slot that the dead one had").isEqualTo(2);
                assertThat(JavaPeer.send(successor, "3")).isTrue();
                assertThat(CPrograms.run(mpscSender, "4\n", mpscFile()).status()).isZero();
                Await.until("what was sent behind the claim arrives", () -> consumer.poll(handler, 10) >= 0 && received.size() == 5);
            }
            assertThat(received).containsExactly("0", "1", "2", "3", "4");
        }
    }

    @Test
    void oneOfManyRefusesWhatTheOnlyOneRefuses() throws IOException {
        createMpsc(RingOptions.ofCapacity(CAPACITY).with(new Schema(7, 3, 2)));
        create(RingOptions.ofCapacity(CAPACITY).with(new Schema(7, 3, 2)));
        attachment = attachment.with(new Schema(7, 3, 2));
        for (var each : Map.of(sender, file(), mpscSender, mpscFile()).entrySet()) {
            assertThat(CPrograms.run(each.getKey(), "", each.getValue()).status()).as("no schema").isEqualTo(1);
            assertThat(CPrograms.run(each.getKey(), "", each.getValue(), "7", "1").status()).as("too old").isEqualTo(1);
            assertThat(CPrograms.run(each.getKey(), "x".repeat(CAPACITY / 8 + 1), each.getValue(), "7", "2").lines())
                .as("too long").hasSize(2).last().asString().contains("an eighth of " + each.getValue());
        }
        assertThat(CPrograms.run(sender, "", mpscFile(), "7", "3").lines()).singleElement().asString().contains("kind");
        assertThat(CPrograms.run(mpscSender, "", file(), "7", "3").lines()).singleElement().asString().contains("kind");
        assertThat(CPrograms.run(mpscSender, "one\n", mpscFile(), "7", "2").lines()).containsExactly("attached", "sent 1");
        try (var producer = MpscRing.producer("mpsc", attachment)) {
            producer.seal();
        }
        assertThat(CPrograms.run(mpscSender, "two\n", mpscFile(), "7", "3").lines()).containsExactly("attached", "sent 0, up to the seal");
        try (var consumer = mpscConsumer()) {
            assertThat(drain(consumer)).isEqualTo(RingConsumer.END_OF_STREAM);
            assertThat(received).containsExactly("one");
        }
    }

    private void createMpsc(RingOptions options) {
        MpscRing.create(attachment.directory(), "mpsc", options);
    }

    private RingConsumer mpscConsumer() {
        return MpscRing.consumer("mpsc", attachment, ConsumerOptions.STANDARD);
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

    private static CPrograms.Finished send(Path program, String file, int first, int end) {
        try {
            return CPrograms.run(program, String.join("\n", texts(first, end)) + "\n", file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts(int first, int end) {
        return IntStream.range(first, end).mapToObj(JavaPeer::text).collect(Collectors.toList());
    }

    /** Reads until there is an end, and says which. */
    private int drain(RingConsumer consumer) {
        return drain(consumer, handler);
    }

    private static int drain(RingConsumer consumer, MessageHandler handler) {
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

    private String mpscFile() {
        return shared.resolve("mpsc").toString();
    }
}
