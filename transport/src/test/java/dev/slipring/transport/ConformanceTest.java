package dev.slipring.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.RoleTaken;
import dev.slipring.core.WaitSet;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.Seed;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every transport keeps; and each capability, where it is claimed and where it is not. */
@ParameterizedClass
@MethodSource("kinds")
class ConformanceTest {
    private static final int LENGTH = 40;

    @TempDir(factory = SharedMemory.class)
    private static Path directory;
    private static Transport host;

    private final String kind;
    private String uri;
    private Transport there;
    private Transport here;

    ConformanceTest(String kind) {
        this.kind = kind;
    }

    static String[] kinds() {
        return Flows.kinds();
    }

    @BeforeAll
    static void hostOneDriverForAll() {
        host = Transport.open(Flows.options(directory).aliveWithin(Flows.NEVER));
        host.provide("aeron:ipc");
    }

    @AfterAll
    static void endIt() {
        host.close();
    }

    @BeforeEach
    void open() {
        uri = Flows.next(kind);
        there = Transport.open(Flows.options(directory).aliveWithin(Flows.NEVER));
        here = Transport.open(Flows.options(directory).aliveWithin(Flows.NEVER));
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void messagesOfEveryLengthArriveInOrder() {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        var random = Seed.random("ConformanceTest " + uri);
        var received = new Received();
        int longest = publication.maxMessageLength() / 4;
        var lengths = IntStream.range(0, 2000).map(each -> random.nextInt(Integer.BYTES, longest)).boxed().toList();
        for (int number = 0; number < lengths.size(); number++) {
            var message = Sent.message(number, lengths.get(number));
            while (publication.offer(message, 0, lengths.get(number)) < 0) {
                subscription.poll(received, 3);
            }
        }
        received.await(subscription, lengths.size());
        assertThat(received.numbers()).isEqualTo(IntStream.range(0, lengths.size()).boxed().toList());
        assertThat(received.lengths()).isEqualTo(lengths);
        Await.until("both are at the same position", () -> subscription.position() == publication.position());
    }

    @Test
    void whatIsCommittedArrivesAndWhatIsAbortedDoesNot() {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        var claim = publication.newClaim();
        for (int number = 0; number < 6; number++) {
            Sent.claim(publication, LENGTH, claim);
            try (claim) {
                assertThat(claim.length()).isEqualTo(LENGTH);
                assertThat(claim.buffer().capacity()).isEqualTo(LENGTH);
                claim.buffer().putBytes(0, Sent.message(number, LENGTH), 0, LENGTH);
                if (number % 3 == 0) {
                    claim.commit();
                } else if (number % 3 == 1) {
                    claim.abort();
                } // else the end of the block aborts it
            }
        }
        Sent.offer(publication, 6, LENGTH);
        assertThat(new Received().await(subscription, 3).numbers()).containsExactly(0, 3, 6);
    }

    @Test
    void aClaimIsOpenOnce() {
        var publication = there.publication(uri);
        Sent.awaitConnected(publication, here.subscription(uri));
        var claim = publication.newClaim();
        assertThatIllegalStateException().isThrownBy(claim::commit);
        Sent.claim(publication, LENGTH, claim);
        assertThatIllegalStateException().isThrownBy(() -> publication.tryClaim(LENGTH, claim));
        claim.abort();
        assertThatIllegalStateException().isThrownBy(claim::abort);
        claim.close();
        Sent.claim(publication, LENGTH, claim);
        claim.commit();
    }

    @Test
    void aClaimOfAnotherTransportIsRefused() {
        var publication = there.publication(uri);
        var other = there.publication(Flows.next(kind.startsWith("shm") ? "aeron:ipc?term-length=64k" : "shm:spsc"));
        assertThatIllegalArgumentException().isThrownBy(() -> publication.tryClaim(LENGTH, other.newClaim()));
    }

    @Test
    void aSlowSubscriberMakesThePublisherWaitAndLosesNothing() {
        assertThat(there.capabilities(uri)).contains(Capability.LOSSLESS);
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        var received = new Received();
        int sent = 0;
        for (int round = 0; round < 5; round++) {
            long refusal = 0;
            while (refusal != Publication.BACK_PRESSURED) {
                refusal = publication.offer(Sent.message(sent, LENGTH), 0, LENGTH);
                sent += refusal < 0 ? 0 : 1;
                assertThat(refusal).as("after %d messages", sent).satisfiesAnyOf(
                    position -> assertThat(position).isPositive(),
                    position -> assertThat(position).isIn(Publication.BACK_PRESSURED, Publication.ADMIN_ACTION));
            }
            received.await(subscription, sent);
        }
        assertThat(received.numbers()).isEqualTo(IntStream.range(0, sent).boxed().toList());
    }

    @Test
    void whoWaitsForRoomIsGivenItWhenTheSubscriberHasRead() throws Exception {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        var message = Sent.message(0, LENGTH);
        int sent = 0;
        while (publication.offer(message, 0, LENGTH, TimeUnit.MILLISECONDS.toNanos(20)) > 0) {
            message = Sent.message(++sent, LENGTH);
        }
        assertThat(publication.tryClaim(LENGTH, publication.newClaim(), 0)).isEqualTo(Publication.BACK_PRESSURED);
        var waiting = new FutureTask<>(() -> publication.offer(Sent.message(0, LENGTH), 0, LENGTH, Long.MAX_VALUE));
        Thread.ofPlatform().daemon().start(waiting);
        var reader = (MessageHandler) (buffer, offset, length) -> { };
        Await.until("there is room", () -> subscription.poll(reader, 100) >= 0 && waiting.isDone());
        assertThat(waiting.get()).isPositive();
        var claim = publication.newClaim();
        var claiming = new FutureTask<>(() -> publication.tryClaim(LENGTH, claim, Long.MAX_VALUE));
        Thread.ofPlatform().daemon().start(claiming);
        Await.until("there is room for a claim", () -> subscription.poll(reader, 100) >= 0 && claiming.isDone());
        assertThat(claiming.get()).isPositive();
        claim.abort();
        Thread.currentThread().interrupt();
        assertThat(publication.offer(message, 0, LENGTH, Long.MAX_VALUE)).as("without a wait").isPositive();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aSubscriptionCanBeWaitedFor() throws Exception {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        var set = new WaitSet<Subscription>();
        set.add(subscription);
        assertThat(set.next(TimeUnit.MILLISECONDS.toNanos(5))).isNull();
        var received = new Received();
        for (int number = 0; number < 5; number++) {
            var waiting = new FutureTask<>(() -> set.next(Long.MAX_VALUE));
            Thread.ofPlatform().daemon().start(waiting);
            Sent.offer(publication, number, LENGTH);
            assertThat(waiting.get(Await.LONG.toSeconds(), TimeUnit.SECONDS)).isSameAs(subscription);
            assertThat(set.next(0)).as("looking takes nothing").isSameAs(subscription);
            received.await(subscription, number + 1);
        }
        var end = new FutureTask<>(() -> set.next(Long.MAX_VALUE));
        Thread.ofPlatform().daemon().start(end);
        publication.close();
        assertThat(end.get(Await.LONG.toSeconds(), TimeUnit.SECONDS)).isSameAs(subscription);
        assertThat(subscription.poll(received, 1)).isEqualTo(Subscription.CLOSED);
    }

    @Test
    void theLongestAndTheShortestMessageArriveAndOneByteMoreIsRefused() {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        int longest = publication.maxMessageLength();
        Sent.offer(publication, 1, longest);
        Sent.offer(publication, 2, 0);
        Sent.offer(publication, 3, LENGTH);
        assertThat(new Received().await(subscription, 3).lengths()).containsExactly(longest, 0, LENGTH);
        var tooLong = new UnsafeBuffer(new byte[longest + 1]);
        assertThatIllegalArgumentException().isThrownBy(() -> publication.offer(tooLong, 0, longest + 1))
            .withMessageContaining("" + longest);
        assertThatIllegalArgumentException().isThrownBy(() -> publication.offer(tooLong, 0, -1));
    }

    @Test
    void theLongestClaimArrivesAndOneByteMoreIsRefused() {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        int longest = publication.maxClaimLength();
        assertThat(longest).isBetween(1, publication.maxMessageLength());
        var claim = publication.newClaim();
        assertThatIllegalArgumentException().isThrownBy(() -> publication.tryClaim(longest + 1, claim));
        assertThatIllegalArgumentException().isThrownBy(() -> publication.tryClaim(-1, claim));
        Sent.claim(publication, longest, claim);
        claim.buffer().putBytes(0, Sent.message(7, longest), 0, longest);
        claim.commit();
        assertThat(new Received().await(subscription, 1).lengths()).containsExactly(longest);
    }

    @Test
    void aSourceThatIsTooShortLeavesNothingBehind() {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        var source = new UnsafeBuffer(new byte[LENGTH]);
        assertThatThrownBy(() -> publication.offer(source, 1, LENGTH)).isInstanceOf(IndexOutOfBoundsException.class);
        Sent.offer(publication, 1, LENGTH);
        assertThat(new Received().await(subscription, 1).numbers()).containsExactly(1);
    }

    @Test
    void noPollDeliversMoreThanItsLimit() {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        IntStream.range(0, 20).forEach(number -> Sent.offer(publication, number, LENGTH));
        var received = new Received();
        Await.until("all are there", () -> {
            int before = received.numbers().size();
            int outcome = subscription.poll(received, 3);
            assertThat(outcome).isBetween(0, 3).isEqualTo(received.numbers().size() - before);
            return received.numbers().size() == 20;
        });
        assertThatIllegalArgumentException().isThrownBy(() -> subscription.poll(received, 0));
    }

    @Test
    void anExceptionOfTheHandlerComesOutAndTheMessageComesAgain() {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        Sent.offer(publication, 1, LENGTH);
        Sent.offer(publication, 2, publication.maxMessageLength());
        Sent.offer(publication, 3, LENGTH);
        var received = new Received();
        for (int number = 1; number <= 3; number++) {
            Await.until("the handler fails", () -> failsOnce(subscription));
            received.await(subscription, number);
        }
        assertThat(received.numbers()).containsExactly(1, 2, 3);
    }

    private static boolean failsOnce(Subscription subscription) {
        try {
            assertThat(subscription.poll((buffer, offset, length) -> {
                throw new UnsupportedOperationException("on purpose");
            }, 10)).isEqualTo(Subscription.EMPTY);
            return false;
        } catch (UnsupportedOperationException e) {
            return true;
        }
    }

    @Test
    void aHandlerMayNotPollTheSubscriptionThatCalledIt() {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        Sent.offer(publication, 1, LENGTH);
        assertThatIllegalStateException().isThrownBy(() -> Await.until("it polls", () ->
            subscription.poll((buffer, offset, length) -> subscription.poll(new Received(), 1), 1) > 0));
        assertThat(new Received().await(subscription, 1).numbers()).containsExactly(1);
    }

    @Test
    void aSubscriberThatComesLateGetsTheUnreadOnlyWhereItIsKept() {
        boolean durable = there.capabilities(uri).contains(Capability.DURABLE);
        var publication = there.publication(uri);
        assertThat(publication.isConnected()).isFalse();
        long outcome = publication.offer(Sent.message(1, LENGTH), 0, LENGTH);
        if (durable) {
            assertThat(outcome).isPositive();
        } else {
            assertThat(outcome).isEqualTo(Publication.NOT_CONNECTED);
        }
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        Sent.offer(publication, 2, LENGTH);
        assertThat(new Received().await(subscription, durable ? 2 : 1).numbers()).isEqualTo(durable ? List.of(1, 2) : List.of(2));
    }

    @Test
    void aSuccessorGoesOnWhereItsPredecessorStoppedOnlyWhereThatIsKept() {
        boolean durable = there.capabilities(uri).contains(Capability.DURABLE);
        var publication = there.publication(uri);
        var first = here.subscription(uri);
        Sent.awaitConnected(publication, first);
        IntStream.range(0, 4).forEach(number -> Sent.offer(publication, number, LENGTH));
        new Received().await(first, 2);
        first.close();
        Await.until("the publication has heard of it", () -> !publication.isConnected());
        publication.close();
        var second = here.subscription(uri);
        var again = there.publication(uri);
        Sent.awaitConnected(again, second);
        Sent.offer(again, 4, LENGTH);
        assertThat(new Received().await(second, durable ? 3 : 1).numbers()).isEqualTo(durable ? List.of(2, 3, 4) : List.of(4));
    }

    @Test
    void aPublishersLeavingIsSeenWhenAllIsReadAndAnotherReopensTheFlow() {
        var subscription = here.subscription(uri);
        assertThat(subscription.poll(new Received(), 1)).isEqualTo(Subscription.EMPTY);
        for (int round = 0; round < 3; round++) {
            var publication = there.publication(uri);
            Sent.awaitConnected(publication, subscription);
            Sent.offer(publication, round, LENGTH);
            publication.close();
            var received = new Received();
            assertThat(received.drain(subscription)).isEqualTo(Subscription.CLOSED);
            assertThat(received.numbers()).containsExactly(round);
            assertThat(subscription.isConnected()).isFalse();
        }
    }

    @Test
    void aSubscribersLeavingIsSeenAndAnotherReconnects() {
        var publication = there.publication(uri);
        for (int round = 0; round < 3; round++) {
            var subscription = here.subscription(uri);
            Sent.awaitConnected(publication, subscription);
            int number = round;
            Sent.offer(publication, number, LENGTH);
            var received = new Received();
            Await.until("it arrives", () -> subscription.poll(received, 1) >= 0 && received.numbers().contains(number));
            // Aeron may begin a little earlier: where its driver last saw the one before
            assertThat(received.numbers()).isSorted().doesNotHaveDuplicates().last().isEqualTo(number);
            assertThat(there.capabilities(uri).contains(Capability.DURABLE) ? received.numbers() : List.of(number)).containsExactly(number);
            subscription.close();
            Await.until("the publication knows", () -> !publication.isConnected());
        }
        var message = Sent.message(9, LENGTH);
        Await.until("the publication says so", () -> publication.offer(message, 0, LENGTH) == Publication.NOT_CONNECTED);
    }

    @Test
    void whatIsClosedSaysClosed() {
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        var claim = publication.newClaim();
        publication.close();
        publication.close();
        subscription.close();
        subscription.close();
        assertThat(publication.isClosed()).isTrue();
        assertThat(subscription.isClosed()).isTrue();
        assertThat(publication.isConnected()).isFalse();
        assertThat(subscription.isConnected()).isFalse();
        assertThat(publication.offer(Sent.message(1, LENGTH), 0, LENGTH)).isEqualTo(Publication.CLOSED);
        assertThat(publication.tryClaim(LENGTH, claim)).isEqualTo(Publication.CLOSED);
        assertThat(subscription.poll(new Received(), 1)).isEqualTo(Subscription.CLOSED);
        there.close();
        assertThatIllegalStateException().isThrownBy(() -> there.publication(uri));
    }

    @Test
    void closingTheTransportClosesWhatItOpened() {
        var publication = there.publication(uri);
        var subscription = there.subscription(uri);
        there.close();
        there.close();
        assertThat(publication.isClosed()).isTrue();
        assertThat(subscription.isClosed()).isTrue();
    }

    @Test
    void asManyPublishersAsThereMayBe() {
        var first = there.publication(uri);
        if (!there.capabilities(uri).contains(Capability.MANY_PUBLISHERS)) {
            assertThatThrownBy(() -> here.publication(uri)).isInstanceOf(RoleTaken.class);
            return;
        }
        var second = here.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(first, subscription);
        Sent.awaitConnected(second, subscription);
        for (int number = 0; number < 10; number++) {
            Sent.offer(number % 2 == 0 ? first : second, number, LENGTH);
        }
        var received = new Received().await(subscription, 10).numbers();
        assertThat(received.stream().filter(number -> number % 2 == 0)).containsExactly(0, 2, 4, 6, 8);
        assertThat(received.stream().filter(number -> number % 2 == 1)).containsExactly(1, 3, 5, 7, 9);
        first.close();
        Sent.offer(second, 11, LENGTH);
        assertThat(new Received().await(subscription, 1).numbers()).containsExactly(11);
        assertThat(subscription.poll(new Received(), 1)).isEqualTo(Subscription.EMPTY);
        second.close();
        assertThat(new Received().drain(subscription)).isEqualTo(Subscription.CLOSED);
    }

    @Test
    void asManySubscribersAsThereMayBe() {
        var first = here.subscription(uri);
        if (!there.capabilities(uri).contains(Capability.MANY_SUBSCRIBERS)) {
            assertThatThrownBy(() -> there.subscription(uri)).isInstanceOf(RoleTaken.class);
            return;
        }
        var second = there.subscription(uri);
        var publication = there.publication(uri);
        Sent.awaitConnected(publication, first);
        Sent.awaitConnected(publication, second);
        IntStream.range(0, 5).forEach(number -> Sent.offer(publication, number, LENGTH));
        assertThat(new Received().await(first, 5).numbers()).isEqualTo(new Received().await(second, 5).numbers());
    }

    @Test
    void onlyWhatCrossesMachinesNeedsNothingInCommon(@TempDir(factory = SharedMemory.class) Path elsewhere) {
        try (var far = Transport.open(Flows.options(elsewhere).aliveWithin(Flows.NEVER))) {
            var publication = far.publication(uri);
            var subscription = here.subscription(uri);
            if (here.capabilities(uri).contains(Capability.CROSS_MACHINE)) {
                Sent.awaitConnected(publication, subscription);
                Sent.offer(publication, 1, LENGTH);
                assertThat(new Received().await(subscription, 1).numbers()).containsExactly(1);
            } else {
                assertThat(publication.isConnected()).isFalse();
                assertThat(subscription.isConnected()).isFalse();
            }
        }
    }

    @Test
    void whatCanBeProvidedBeforehandIsUsed() {
        here.provide(uri);
        here.provide(uri);
        var publication = there.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        assertThat(here.remove(uri)).isFalse();
    }

    @Test
    void capabilitiesAreThoseOfTheTable() {
        var expected = kind.startsWith("shm:spsc") ? Set.of(Capability.LOSSLESS, Capability.DURABLE, Capability.NAMES_DEATH)
            : kind.startsWith("shm:mpsc")
            ? Set.of(Capability.LOSSLESS, Capability.DURABLE, Capability.NAMES_DEATH, Capability.MANY_PUBLISHERS)
            : kind.startsWith("shm:broadcast") ? Set.of(Capability.LOSSLESS, Capability.NAMES_DEATH, Capability.MANY_SUBSCRIBERS)
            : kind.startsWith("aeron:ipc") ? Set.of(Capability.LOSSLESS, Capability.MANY_PUBLISHERS, Capability.MANY_SUBSCRIBERS)
            : Set.of(Capability.LOSSLESS, Capability.MANY_PUBLISHERS, Capability.MANY_SUBSCRIBERS, Capability.CROSS_MACHINE);
        assertThat(here.capabilities(uri)).isEqualTo(expected);
    }
}
