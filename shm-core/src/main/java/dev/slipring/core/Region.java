package dev.slipring.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A mapped file in which processes meet.
 *
 * <p>{@link #create} makes it whole, {@link #attach} takes part in it under a role, {@link #watch} only looks, {@link #remove} unlinks it
 * when nobody has it open. Opening never creates, follows no link, and trusts nothing it has not checked; every refusal is a
 * {@link SlipringException} and leaves nothing behind.
 *
 * <p>Threads: a handle belongs to one thread; others may only {@link #close()} it. Processes: any number, as far as roles allow.
 * Creating, attaching and closing allocate and make system calls; the memories do neither.
 *
 * <h2>Algorithm notes: closing under load</h2>
 * {@code close} sets the flag, makes every thread of the process pass a full fence (membarrier), lays anonymous memory over the mappings
 * of the flow, and only then reports the participant as gone, through a mapping of its own. So no store of a thread that is still in the
 * middle of an operation reaches the file after the others may know that this participant left. And an operation that looks at the flag
 * after its last store, a release store, knows whether that store counted: if it was made before that thread's fence, it went to the
 * file, as the mapping was still in place; if after, then so was the look, and it saw the flag. No fence is paid for it on the hot path.
 * Where a sandbox forbids membarrier, the same follows from the mappings: a store that used the old translation went to the file, for
 * unmapping completes only after it; one that did not took a page fault, and the look at the flag comes after that fault.
 */
public final class Region implements AutoCloseable {
    private final String name;
    private final RegionHeader header;
    private final Access access;
    private final RegionFile file;
    private final Spinning spinning;
    private final MappedAreas flow;
    private final MappedAreas table;
    private final Participants participants;
    private @Nullable OwnCounters counters;
    private volatile boolean closed;
    private volatile boolean lost;
    /** Closed or lost: the one flag that operations look at. Set after the reason. */
    private volatile boolean ended;
    private boolean released;
    private @Nullable Consumer<Areas> farewell;

    private Region(String name, RegionHeader header, Access access, RegionFile file, Attachment attachment) {
        this.name = name;
        this.header = header;
        this.access = access;
        this.file = file;
        spinning = attachment.spinning();
        flow = new MappedAreas(header, access, file.fd(), attachment.seam(), true);
        table = new MappedAreas(header, access, file.fd(), attachment.seam(), false); // who leaves stores to a few words
        try {
            participants = new Participants("region " + name,
                new ParticipantTable("region " + name, table.memory(Area.PARTICIPANTS), table.memory(Area.COUNTERS)), file.locks(),
                file.fd());
        } catch (Throwable e) {
            table.detach();
            throw e;
        }
    }

    /** A region as it is mapped for whoever fills it, or leaves it. */
    public interface Areas {
        /** What identifies this life of the region. */
        long epoch();

        /** The area; in a new region it is zero before anybody wrote to it. */
        Memory memory(Area area);
    }

    /**
     * Creates a region. Others see it only when all of it is there.
     *
     * @param initializer stores what the kind wants to find, through {@code seam}
     * @throws RegionExists             when the name is taken
     * @throws RegionFull               when there is no room
     * @throws AccessDenied             when the directory cannot be trusted or written
     * @throws IllegalArgumentException for a name that is no region name
     */
    public static void create(RegionDirectory directory, String name, RegionSpec spec, MemorySeam seam, Consumer<Areas> initializer) {
        ThisProcess.requireSupported();
        var path = directory.file(name);
        directory.prepare(spec.sharing());
        var now = Instant.now();
        var header = new RegionHeader(spec.kind(), spec.parking(), ThreadLocalRandom.current().nextLong(), ThisProcess.BOOT_ID,
            spec.initialPosition(), spec.capacity(), spec.recordAlignment(), RegionFile.pageAlignment(directory), spec.schema(),
            TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), ThisProcess.PID);
        RegionFile.create(path, header.fileLength(), spec.sharing(), fd -> {
            var areas = new MappedAreas(header, null, fd, seam, true);
            try {
                initializer.accept(areas);
                header.writeTo(areas.memory(Area.HEADER));
            } finally {
                areas.detach();
            }
        });
    }

    /**
     * Takes part in a region.
     *
     * @param access    JOIN or OWN
     * @param role      what this participant does
     * @param exclusive whether only one participant may have that role
     * @throws RegionNotFound     when there is none of that name
     * @throws RegionIncompatible when it is not what was expected: kind, layout, schema, features, boot
     * @throws RegionCorrupt      when its bytes break its own rules
     * @throws RoleTaken          when the exclusive role has a live holder
     * @throws RegionFull         when all participant slots are taken
     * @throws AccessDenied       when owner or mode forbid it
     */
    public static Region attach(String name, RegionKind kind, Access access, Role role, boolean exclusive, Attachment attachment) {
        return attach(name, kind, access, role, exclusive, attachment, areas -> Seats.NONE);
    }

    /**
     * As above, for a kind that keeps something for each participant.
     *
     * @param seats made over mappings of their own, which stay in place until this participant has left
     */
    public static Region attach(String name, RegionKind kind, Access access, Role role, boolean exclusive, Attachment attachment,
        Function<Areas, Seats> seats) {
        if (access == Access.WATCH) {
            throw new IllegalArgumentException("a participant needs access JOIN or OWN; use watch() to look on");
        }
        var region = open(name, kind, access, attachment);
        try {
            region.participants.keep(seats.apply(region.table));
            region.participants.register(role, exclusive, attachment.participant());
            return region;
        } catch (Throwable e) {
            region.abandon();
            throw e;
        }
    }

    /** Looks on: everything is mapped read-only, and nobody knows. Throws as {@link #attach} does. */
    public static Region watch(String name, RegionKind kind, Attachment attachment) {
        return open(name, kind, Access.WATCH, attachment);
    }

    /**
     * Removes a region that nobody has open.
     *
     * @throws RegionNotFound when there is none of that name
     * @throws RoleTaken      when somebody has it open
     * @throws AccessDenied   when owner or mode forbid it
     */
    public static void remove(RegionDirectory directory, String name) {
        var path = directory.file(name);
        RegionFile.remove(path, directory.check(), _ -> true);
    }

    private static Region open(String name, RegionKind kind, Access access, Attachment attachment) {
        ThisProcess.requireSupported();
        var path = attachment.directory().file(name);
        var file = RegionFile.open(path, access, attachment.directory().check());
        try {
            byte[] image = new byte[RegionDescriptor.HEADER_LENGTH];
            int length = file.read(image);
            var header = RegionHeader.decode(image, length, file.size(), path.toString(), access);
            header.requireUsable(path.toString(), kind, attachment.schema());
            return new Region(name, header, access, file, attachment);
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    /** The region's name. */
    public String name() {
        return name;
    }

    /** What the creator decided. */
    public RegionHeader header() {
        return header;
    }

    /** Who takes part. */
    public Participants participants() {
        return participants;
    }

    /**
     * An area to write to.
     *
     * @throws IllegalStateException when this handle's access does not allow it, or it is closed
     */
    public Memory memory(Area area) {
        synchronized (participants) {
            requireWritable(area);
            return flow.memory(area);
        }
    }

    /** An area to read; it is mapped read-only unless this handle's access allows writing. */
    public ReadMemory view(Area area) {
        synchronized (participants) { // whoever closes meanwhile detaches this mapping too, or closes before it is made
            checkOpen();
            return flow.memory(area);
        }
    }

    /**
     * What is rung to wake the sleeping participants of this role; null when nobody sleeps here: the region was created without parking, or
     * this handle only watches. To be asked for once, so that a flow without parking pays nothing.
     */
    public @Nullable Doorbell doorbell(Role sleepers) {
        return doorbell(WaiterDescriptor.side(sleepers));
    }

    /**
     * As above, of a slot table.
     *
     * @param number 0…{@link Doorbell#OF_SLOTS} - 1
     */
    public @Nullable Doorbell doorbell(int number) {
        return parks() ? new Doorbell(memory(Area.WAITERS), number, counters()) : null;
    }

    /** What this handle's thread counts of itself. */
    public OwnCounters counters() {
        synchronized (participants) {
            if (counters == null) {
                int slot = participants.slot();
                counters = new OwnCounters(slot < 0 ? null : memory(Area.PARTICIPANTS), slot);
            }
            return counters;
        }
    }

    /** The waiting of this handle's thread, as a participant of this role. */
    public Waiter waiter(Role role) {
        return waiter(doorbell(role));
    }

    /** The waiting of this handle's thread, for whoever rings this bell; where there is none it naps. */
    public Waiter waiter(@Nullable Doorbell bell) {
        return new Waiter(bell == null ? null : new BellSleep(bell), spinning);
    }

    private boolean parks() {
        return header.parking() && access.mayWrite(Area.WAITERS);
    }

    /**
     * A range of an area to write to, with a mapping of its own: of an area that is too large for one. To be asked for once.
     *
     * @param offset from the start of the area; a multiple of the header's page alignment
     * @param length bytes, 1 or more
     * @throws IllegalStateException     when this handle's access does not allow it, or it is closed
     * @throws IndexOutOfBoundsException when the area has no such range
     */
    public Memory memory(Area area, long offset, int length) {
        synchronized (participants) {
            requireWritable(area);
            return flow.memory(area, offset, length);
        }
    }

    /** A range of an area to read; else as {@link #memory(Area, long, int)}. */
    public ReadMemory view(Area area, long offset, int length) {
        synchronized (participants) {
            checkOpen();
            return flow.memory(area, offset, length);
        }
    }

    /** True once {@link #close()} has begun. */
    public boolean isClosed() {
        return closed;
    }

    /** True once {@link #checkOpen} would throw. One load. */
    public boolean isEnded() {
        return ended;
    }

    /**
     * One load.
     *
     * @throws IllegalStateException once {@link #close()} has begun
     * @throws RegionLost            once it is known that the file was removed or cut short
     */
    public void checkOpen() {
        if (ended) {
            throw reason();
        }
    }

    /**
     * Asks the operating system whether the file is still there, and whole; about 1 µs. To be called now and then by whoever waits in vain.
     * Throws as {@link #checkOpen} does.
     */
    public void checkFile() {
        synchronized (participants) {
            lookAtFile();
        }
        checkOpen();
    }

    /**
     * What to throw after an access to the mappings has faulted: {@link RegionLost} when the file is cut short, else the fault itself.
     * Compiled code may deliver a fault late, so nothing is promised of what was stored meanwhile.
     */
    public Error fault(InternalError fault) {
        try {
            checkFile();
        } catch (RegionLost e) {
            e.addSuppressed(fault);
            throw e;
        }
        return fault;
    }

    private void requireWritable(Area area) {
        checkOpen();
        if (!access.mayWrite(area)) {
            throw new IllegalStateException("region " + name + " is open for " + access + ", which may not write its " + area + " area");
        }
    }

    private void lookAtFile() {
        if (!closed && !file.isWhole(header.fileLength())) {
            lost = true;
            ended = true;
        }
    }

    private RuntimeException reason() {
        if (closed) {
            return new IllegalStateException("region " + name + " is closed");
        }
        return new RegionLost("the file of region " + name + " was removed or cut short, expected one name and " + header.fileLength()
            + " bytes: close it; who removes files of this directory (an operator, systemd's RemoveIPC)?");
    }

    /**
     * What remains to be stored when this handle leaves in order: done by the thread that closes, through mappings of their own, when no
     * other store of this handle can reach the file any more, and before others may know that it left. Unlike {@link Seats#clear} it is
     * not done for the dead, of whom others shall still see what they had, nor with the repair lock held.
     */
    public void beforeLeaving(Consumer<Areas> stores) {
        synchronized (participants) {
            farewell = stores;
        }
    }

    /** Leaves. Any thread; idempotent. Afterwards no store reaches the file, and whatever the owner still does fails or reads zeros. */
    @Override
    public void close() {
        close(true);
    }

    /**
     * Leaves as if the process had died here, for whoever attached and then could not begin: others shall not take it for a flow that has
     * ended in order.
     */
    public void abandon() {
        close(false);
    }

    private void close(boolean inOrder) {
        synchronized (participants) {
            if (released) {
                return;
            }
            lookAtFile();
            closed = true;
            ended = true;
            if (ThisProcess.hasBarrier()) {
                Linux.barrierOnEveryThread();
            }
            flow.detach(); // if this fails, nobody is told that we left, and close can be called again
            released = true;
            try {
                leave(inOrder && !lost);
                wakeEverybody();
            } finally {
                try {
                    table.detach();
                } finally {
                    file.close(); // whatever happens: the locks go with it
                }
            }
        }
    }

    private void leave(boolean inOrder) {
        try {
            if (inOrder && farewell != null) {
                farewell.accept(table);
            }
        } finally {
            participants.close(inOrder);
        }
    }

    /** Who sleeps must learn that somebody left; so must this handle's own thread, if it sleeps. */
    private void wakeEverybody() {
        if (parks() && !lost) {
            var words = table.memory(Area.WAITERS);
            for (int side = 0; side < WaiterDescriptor.sides(header.kind()); side++) {
                new Doorbell(words, side, null).wakeAnyway();
            }
        }
    }

    @Override
    public String toString() {
        return header.kind() + " \"" + name + "\" (" + access + (closed ? ", closed)" : ")");
    }

    /** The mappings of one handle: areas that lie together and have the same protection share one. */
    private static final class MappedAreas implements Areas {
        private final RegionHeader header;
        private final @Nullable Access access;
        private final int fd;
        private final MemorySeam seam;
        private final boolean populated;
        private final Map<Area, Mapping> mappings = new EnumMap<>(Area.class);
        private final List<Mapping> ranges = new ArrayList<>();

        /** @param access null for the creator, who writes everywhere */
        MappedAreas(RegionHeader header, @Nullable Access access, int fd, MemorySeam seam, boolean populated) {
            this.header = header;
            this.access = access;
            this.fd = fd;
            this.seam = seam;
            this.populated = populated;
        }

        @Override
        public long epoch() {
            return header.epoch();
        }

        @Override
        public Memory memory(Area area) {
            var group = switch (area) {
                case PARTICIPANTS, COUNTERS, CONSUMER, WAITERS, CHECKPOINTS -> Area.PARTICIPANTS;
                case HEADER, PRODUCER, DATA -> area;
            };
            var mapping = mappings.computeIfAbsent(group, this::map);
            long offset = header.extent(area).offset() - header.extent(group).offset();
            return seam.wrap(area, new MappedMemory(mapping.bytes(), (int) offset, (int) header.extent(area).length()));
        }

        Memory memory(Area area, long offset, int length) {
            var whole = header.extent(area);
            Objects.checkFromIndexSize(offset, length, whole.length());
            if (offset % header.pageAlignment() != 0) {
                throw new IllegalArgumentException("offset=" + offset + " is not a multiple of " + header.pageAlignment());
            }
            long mapped = RegionDescriptor.alignUp(length, header.pageAlignment());
            var range = Mapping.of(fd, whole.offset() + offset, mapped, access == null || access.mayWrite(area), populated);
            ranges.add(range);
            return seam.wrap(area, new MappedMemory(range.bytes(), 0, length));
        }

        private Mapping map(Area group) {
            var first = header.extent(group);
            long length = RegionDescriptor.alignUp(group == Area.PARTICIPANTS ? 1 : first.length(), header.pageAlignment());
            return Mapping.of(fd, first.offset(), length, access == null || access.mayWrite(group), populated);
        }

        void detach() {
            mappings.values().forEach(Mapping::detach);
            ranges.forEach(Mapping::detach);
        }
    }
}
