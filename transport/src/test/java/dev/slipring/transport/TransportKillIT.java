package dev.slipring.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each side is told when another process is killed or stands still: the rows of the table in docs/transports.md. Several at a time, as
 * most of it is waiting for Aeron's timeouts.
 */
@Execution(ExecutionMode.CONCURRENT)
class TransportKillIT {
    private static final String SHM = "shm:spsc?capacity=64k";
    private static final String MPSC = "shm:mpsc?capacity=64k";
    private static final String IPC = "aeron:ipc?term-length=64k";
    private static final String UDP = "aeron:udp?term-length=64k";
    private static final int LENGTH = 40;

    @TempDir(factory = SharedMemory.class)
    private Path directory;
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : opened.reversed()) {
            each.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SHM, MPSC, IPC, UDP})
    void processesThatStartTogetherMeet(String kind) {
        var uri = Flows.next(kind);
        var subscriber = worker("subscribe", uri, "2000");
        var publisher = worker("publish", uri, "2000");
        publisher.awaitLine("done");
        subscriber.awaitLine("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {SHM, MPSC, IPC, UDP})
    void aKilledPublisherIsNoticedAfterAllItSentAndASuccessorGoesOn(String kind) {
        var uri = Flows.next(kind);
        var here = transport(Flows.LIVENESS);
        here.provide(uri);
        var subscription = here.subscription(uri);
        var publisher = worker("publish", uri, "5");
        publisher.awaitLine("done");
        publisher.kill();
        var received = new Received();
        boolean named = here.capabilities(uri).contains(Capability.NAMES_DEATH);
        assertThat(received.drain(subscription)).isEqualTo(named ? Subscription.PUBLISHER_DEAD : Subscription.CLOSED);
        assertThat(received.numbers()).containsExactly(0, 1, 2, 3, 4);
        assertThat(subscription.isConnected()).isFalse();
        var successor = here.publication(uri);
        Sent.offer(successor, 5, LENGTH);
        assertThat(new Received().await(subscription, 1).numbers()).containsExactly(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHM, MPSC, IPC, UDP})
    void aKilledSubscriberIsNoticedAndASuccessorReconnects(String kind) {
        var uri = Flows.next(kind);
        var here = transport(Flows.LIVENESS);
        here.provide(uri);
        var publication = here.publication(uri);
        var subscriber = worker("subscribe", uri, "3");
        for (int number = 0; number < 3; number++) {
            Sent.offer(publication, number, LENGTH);
        }
        subscriber.awaitLine("done");
        subscriber.kill();
        Await.until("it is noticed", () -> !publication.isConnected());
        var message = Sent.message(3, LENGTH);
        Await.until("and said", () -> {
            long outcome = publication.offer(message, 0, LENGTH);
            assertThat(outcome).isNotEqualTo(Publication.CLOSED);
            return outcome == Publication.NOT_CONNECTED;
        });
        var successor = here.subscription(uri);
        Sent.awaitConnected(publication, successor);
        Await.until("messages come", () -> {
            publication.offer(message, 0, LENGTH);
            return successor.poll(new Received(), 10) > 0;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {IPC, UDP})
    void aKilledHostOfTheDriverIsNoticedByTheKernelsWordAndAnotherDriverIsLaunchedOverItsRemains(String kind) {
        var uri = Flows.next(kind);
        var host = worker("host", Flows.NEVER, uri);
        host.awaitLine("done");
        var here = transport(Flows.NEVER);
        var publication = here.publication(uri);
        var subscription = here.subscription(uri);
        Sent.awaitConnected(publication, subscription);
        host.kill();
        assertThrows(DriverGone.class, () -> subscription.poll(new Received(), 1));
        assertThrows(DriverGone.class, () -> offerAgainAndAgain(publication));
        assertThrows(DriverGone.class, () -> here.publication(uri));
        here.close();
        var again = transport(Flows.LIVENESS);
        var newPublication = again.publication(uri);
        var newSubscription = again.subscription(uri);
        Sent.offer(newPublication, 1, LENGTH);
        assertThat(new Received().await(newSubscription, 1).numbers()).containsExactly(1);
    }

    @Test
    void aHostsSuccessorIsNotTakenForIt() {
        var uri = Flows.next(IPC);
        var host = worker("host", Flows.NEVER, uri);
        host.awaitLine("done");
        var subscription = transport(Flows.NEVER).subscription(uri);
        host.kill();
        worker("host", Flows.NEVER, uri).awaitLine("done");
        assertThrows(DriverGone.class, () -> subscription.poll(new Received(), 1));
    }

    @Test
    void aHostThatLeavesInOrderTakesTheDriverWithIt() {
        var uri = Flows.next(IPC);
        var host = worker("host", Flows.NEVER, uri);
        host.awaitLine("done");
        var subscription = transport(Flows.NEVER).subscription(uri);
        assertThat(host.end()).isZero();
        assertThrows(DriverGone.class, () -> subscription.poll(new Received(), 1));
    }

    @Tag("torture")
    @Test
    void aHostThatStandsStillForTooLongIsGivenUp() {
        var uri = Flows.next(IPC);
        var host = worker("host", uri);
        host.awaitLine("done");
        var subscription = transport(Flows.LIVENESS).subscription(uri);
        host.stop();
        assertThrows(DriverGone.class, () -> subscription.poll(new Received(), 1));
    }

    @Test
    void aPublisherThatIsKilledWithItsMachineIsNamed(@TempDir(factory = SharedMemory.class) Path elsewhere) {
        var uri = Flows.next(UDP);
        var subscription = transport(Flows.LIVENESS).subscription(uri);
        var publisher = opened(TransportWorker.start("publish", elsewhere, Flows.LIVENESS, uri, "5"));
        publisher.awaitLine("done");
        var received = new Received().await(subscription, 5);
        publisher.kill();
        assertThat(received.drain(subscription)).isEqualTo(Subscription.PUBLISHER_DEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHM, MPSC, IPC})
    void aPublisherThatStandsStillIsWaitedForOrGivenUp(String kind) {
        var uri = Flows.next(kind);
        var here = transport(Flows.LIVENESS);
        here.provide(uri);
        var subscription = here.subscription(uri);
        var publisher = worker("publish until it fails", uri);
        publisher.awaitLine("sent");
        publisher.stop();
        if (here.capabilities(uri).contains(Capability.NAMES_DEATH)) {
            long enough = System.nanoTime() + Flows.LIVENESS.multipliedBy(2).toNanos();
            Await.until("long enough", () -> {
                assertThat(subscription.poll(new Received(), 10)).isNotNegative();
                return System.nanoTime() - enough > 0;
            });
            publisher.resume();
            Await.until("it goes on", () -> subscription.poll(new Received(), 10) > 0);
        } else {
            assertThat(new Received().drain(subscription)).isEqualTo(Subscription.CLOSED);
            publisher.resume();
            publisher.awaitLine("ClientTimedOut");
        }
    }

    @Test
    void aHostThatDiesBeforeItsDriverIsUpIsSucceededAndTheRemainsOfItsPredecessorAreNotBelieved() {
        var uri = Flows.next(IPC);
        var lively = Duration.ofSeconds(30); // for so long what is left of the first looks alive
        var first = worker("host", lively, uri);
        first.awaitLine("done");
        first.kill();
        var second = worker("lock");
        second.awaitLine("done");
        var here = transport(lively);
        var third = CompletableFuture.supplyAsync(() -> here.subscription(uri));
        second.kill();
        Await.until("the third has launched a driver", third::isDone);
        assertThat(third.join().poll(new Received(), 1)).isEqualTo(Subscription.EMPTY);
    }

    @Tag("torture")
    @Test
    void aDriverOfOthersIsUsedWhereItIsAskedForOnly() {
        var aeron = directory.resolve("theirs");
        var uri = Flows.next(IPC) + "|dir=" + aeron;
        var here = transport(Flows.LIVENESS);
        assertThatThrownBy(() -> here.publication(uri + "|driver=external")).isInstanceOf(DriverNotFound.class)
            .hasMessageContaining(aeron.toString());
        var driver = opened(TransportWorker.start("foreign driver", aeron, Flows.LIVENESS));
        driver.awaitLine("done");
        assertThatThrownBy(() -> transport(Flows.LIVENESS).publication(uri)).isInstanceOf(DriverNotFound.class)
            .hasMessageContaining("driver=external");
        var publication = here.publication(uri + "|driver=external");
        var subscription = here.subscription(uri + "|driver=external");
        Sent.offer(publication, 1, LENGTH);
        assertThat(new Received().await(subscription, 1).numbers()).containsExactly(1);
        driver.kill();
        assertThrows(DriverGone.class, () -> subscription.poll(new Received(), 1));
        assertThrows(DriverGone.class, () -> offerAgainAndAgain(publication));
    }

    @Test
    void whatAKilledHostLeftCanBeRemoved() {
        var uri = Flows.next(IPC);
        var host = worker("host", uri);
        host.awaitLine("done");
        var here = transport(Flows.LIVENESS);
        assertThat(here.remove(uri)).isFalse();
        assertThat(directory.resolve("aeron")).isNotEmptyDirectory();
        host.kill();
        assertThat(here.remove(uri)).isTrue();
        assertThat(Files.exists(directory.resolve("aeron"))).isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    private static long offerAgainAndAgain(Publication publication) {
        long outcome = publication.offer(Sent.message(1, LENGTH), 0, LENGTH);
        assertThat(outcome).isNotEqualTo(Publication.CLOSED);
        return outcome;
    }

    /** Until then, calls come to nothing; from then on each says so. */
    private static void assertThrows(Class<? extends TransportException> type, Runnable call) {
        Await.until(type.getSimpleName(), () -> {
            try {
                call.run();
                return false;
            } catch (TransportException e) {
                assertThat(e).isInstanceOf(type);
                return true;
            }
        });
    }

    private Transport transport(Duration liveness) {
        return opened(Transport.open(Flows.options(directory).aliveWithin(liveness)));
    }

    private JavaProcess worker(String task, String... arguments) {
        return worker(task, Flows.LIVENESS, arguments);
    }

    private JavaProcess worker(String task, Duration liveness, String... arguments) {
        return opened(TransportWorker.start(task, directory, liveness, arguments));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
