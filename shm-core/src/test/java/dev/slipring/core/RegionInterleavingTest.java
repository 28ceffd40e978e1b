package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipring.core.fault.FaultyProcess;
import dev.slipring.core.fault.ProcessDied;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interleavings of locks, deaths and registrations that the obvious design gets wrong. */
class RegionInterleavingTest {
    @TempDir(factory = SharedMemory.class)
    private Path path;
    private Meeting meeting;

    @BeforeEach
    void meet() {
        meeting = new Meeting(path);
        meeting.create("region");
    }

    /** The description that holds a lock does not see it; a handle that asked through it would count itself as dead. */
    @Test
    void whoAsksAboutItselfLives() {
        try (var producer = meeting.producer("region")) {
            var participants = producer.participants();
            participants.countTheDead();
            assertThat(participants.isDead(participants.slot(), participants.generation())).isFalse();
            assertThat(participants.died(Role.PRODUCER)).isZero();
            assertThat(participants.list()).hasSize(1);
        }
    }

    /** Somebody who may only read the file can read-lock any byte of it: that is nobody's life, and nobody's slot is lost by it. */
    @Test
    void aReadersReadLockOnTheSlotOfTheDeadIsNobodysLife() {
        int fd = Linux.open(path.resolve("region").toString(), Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        try (var reader = new LockFile(fd); var consumer = meeting.someConsumer("region")) {
            diesWithoutClosing();
            assertThat(consumer.participants().slot()).as("the next one has slot 1").isZero();
            assertThat(reader.tryShared(LockFile.slotByte(1))).isTrue();
            assertThat(consumer.participants().isDead(1, 1)).isTrue();
            consumer.participants().countTheDead();
            assertThat(consumer.participants().died(Role.PRODUCER)).isEqualTo(1);
        }
    }

    /** The other side's description in a child that outlives us would keep our role. */
    @Test
    void noDescriptorOutlivesAnExec() throws IOException {
        try (var producer = meeting.producer("region"); var watcher = meeting.watcher("region")) {
            assertThat(meeting.descriptors()).hasSize(4);
            for (String descriptor : meeting.descriptors()) {
                var flags = Files.readAllLines(Path.of("/proc/self/fdinfo", descriptor.split(" ", 2)[0])).stream()
                    .filter(line -> line.startsWith("flags:")).findFirst().orElseThrow().replaceAll("\\D", "");
                assertThat(Integer.parseInt(flags, 8) & Linux.O_CLOEXEC).as("O_CLOEXEC of %s", descriptor).isNotZero();
            }
            assertThat(watcher.isClosed()).isEqualTo(producer.isClosed());
        }
    }

    /**
     * The holder of the role dies while its successor looks for the dead. It is counted before the successor's era begins, or the successor
     * has to come again; else that the successor leaves in order would be told as a death.
     */
    @Test
    void aHolderThatDiesWhileItsSuccessorArrivesBelongsToTheEraBefore() {
        try (var table = meeting.consumer("region")) {
            for (int look = 1; look <= 70; look++) {
                var holder = registerAsProducer(table);
                int at = look;
                int[] looks = new int[1];
                MemorySeam seam = (area, memory) -> area != Area.PARTICIPANTS ? memory : afterEach("getIntAcquire", memory, () -> {
                    if (++looks[0] == at) {
                        holder.close();
                    }
                });
                try {
                    Meeting.producer("region", meeting.attachment.through(seam)).close();
                } catch (RoleTaken again) {
                    holder.close();
                    meeting.producer("region").close();
                }
                table.participants().countTheDead();
                assertThat(table.participants().died(Role.PRODUCER)).as("look %s", look).isEqualTo(look);
                assertThat(table.participants().diedBeforeEra(Role.PRODUCER)).as("before the last era, look %s", look).isEqualTo(look);
            }
        }
    }

    /** Two find the same dead; one counts it and a new life begins in its slot, at any moment that the other leaves it to. */
    @Test
    void whoIsAboutToCountTheDeadAsksAgain() {
        int looksOfOneCount = 1;
        int at = 0;
        for (; at < looksOfOneCount; at++) {
            var next = new ArrayList<Region>();
            int then = at;
            int[] looks = {Integer.MIN_VALUE}; // does not come to be looked at before it is armed with 0
            MemorySeam seam = (area, memory) -> area != Area.PARTICIPANTS ? memory : afterEach("getIntAcquire", memory, () -> {
                if (looks[0]++ == then && isRepairFree()) {
                    next.add(meeting.producer("region")); // counts the dead and takes its slot
                }
            });
            try (var counting = Meeting.consumer("region", meeting.attachment.through(seam)); var watcher = meeting.watcher("region")) {
                diesWithoutClosing();
                looks[0] = 0;
                counting.participants().countTheDead();
                looksOfOneCount = Math.max(looksOfOneCount, looks[0]);
                for (var living : next) {
                    int state = ParticipantDescriptor.stateOffset(living.participants().slot());
                    assertThat(watcher.view(Area.PARTICIPANTS).getIntAcquire(state))
                        .as("state of who lives, look %s", at).isEqualTo(ParticipantDescriptor.ACTIVE);
                }
                assertThat(watcher.participants().died(Role.PRODUCER)).as("look %s", at).isEqualTo(at + 1);
            } finally {
                next.forEach(Region::close);
            }
        }
        assertThat(at).as("looks of one count").isGreaterThan(64);
        meeting.assertNothingLeftBut("region");
    }

    /** The same, in the moment between the answer of the kernel and the lock, which no memory sees. */
    @Test
    void whoSawADeathLooksAgainOnceItHasTheRepairLock() {
        var beforeALock = new Runnable[] {() -> { }};
        var next = new Region[1];
        String file = path.resolve("region").toString();
        int queryFd = Linux.open(file, Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        try (var table = meeting.someConsumer("region"); var locks = new LockFile(Linux.open(file, Linux.O_RDWR | Linux.O_CLOEXEC, 0)) {
            @Override
            boolean tryExclusive(long lockByte) {
                var now = beforeALock[0];
                beforeALock[0] = () -> { };
                now.run();
                return super.tryExclusive(lockByte);
            }
        }) {
            var words = new ParticipantTable("region", table.memory(Area.PARTICIPANTS), table.memory(Area.COUNTERS));
            var counting = new Participants("region", words, locks, queryFd);
            counting.register(Role.CONSUMER, false, "counting");
            diesWithoutClosing();
            beforeALock[0] = () -> next[0] = meeting.producer("region"); // counts the dead and takes its slot
            counting.countTheDead();
            assertThat(counting.died(Role.PRODUCER)).isEqualTo(1);
            next[0].close();
            assertThat(counting.died(Role.PRODUCER)).isEqualTo(1);
            assertThat(counting.closedInOrder(Role.PRODUCER)).isEqualTo(1);
            counting.close(true);
        } finally {
            Linux.close(queryFd);
        }
        meeting.assertNothingLeftBut("region");
    }

    @Test
    void whoCouldNotBeginIsCountedAsDeadAndNotAsHavingLeftInOrder() {
        try (var consumer = meeting.consumer("region")) {
            meeting.producer("region").abandon();
            consumer.participants().countTheDead();
            assertThat(consumer.participants().died(Role.PRODUCER)).isEqualTo(1);
            assertThat(consumer.participants().closedInOrder(Role.PRODUCER)).isZero();
            meeting.producer("region").close();
        }
        meeting.assertNothingLeftBut("region");
    }

    private boolean isRepairFree() {
        try (var locks = new LockFile(Linux.open(path.resolve("region").toString(), Linux.O_RDWR | Linux.O_CLOEXEC, 0))) {
            return locks.tryExclusive(LockFile.REPAIR);
        }
    }

    /** A producer that is nothing but its locks and its line in the table: closing the locks is dying, at that moment. */
    private LockFile registerAsProducer(Region table) {
        String file = path.resolve("region").toString();
        var locks = new LockFile(Linux.open(file, Linux.O_RDWR | Linux.O_CLOEXEC, 0));
        int queryFd = Linux.open(file, Linux.O_RDONLY | Linux.O_CLOEXEC, 0);
        var words = new ParticipantTable("region", table.memory(Area.PARTICIPANTS), table.memory(Area.COUNTERS));
        new Participants("region", words, locks, queryFd).register(Role.PRODUCER, true, "holder");
        Linux.close(queryFd);
        return locks;
    }

    /** Comes, and goes as kill -9 goes. */
    private void diesWithoutClosing() {
        var process = new FaultyProcess();
        var region = Meeting.producer("region", meeting.attachment.through(process.seam()));
        process.kill();
        assertThatExceptionOfType(ProcessDied.class).isThrownBy(region::close);
    }

    private static Memory afterEach(String call, Memory memory, Runnable then) {
        return (Memory) Proxy.newProxyInstance(Memory.class.getClassLoader(), new Class<?>[] {Memory.class}, (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(memory, arguments);
                if (method.getName().equals(call)) {
                    then.run();
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
