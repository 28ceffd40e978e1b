package dev.slipring.core;

import dev.slipring.core.CountersDescriptor.Count;
import dev.slipring.core.RegionDescriptor.Extent;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a file in a region directory from outside, whatever state it is in: sound or damaged, in use or not, of this boot or
 * an earlier one, a region or none. For people and tools; whoever wants to take part or read along attaches.
 *
 * <p>The file is opened to be read, nothing is mapped, no lock is taken and no byte changes; who takes part cannot tell. A file that is
 * cut short meanwhile is a short read and not a fault. The words are copied one area after the other while their owners go on, those of
 * consumers before those of producers, so they are not of one moment: decide nothing on them. Who lives is asked of the kernel.
 *
 * <p>Immutable; any thread. Making one takes about fifty system calls.
 */
public final class RegionInspection {
    /** What an attacher would say to the file. */
    public enum Verdict {
        /** A region that can be used, if its boot is this one. */
        SOUND,
        /** A region by its magic whose bytes break the rules. */
        DAMAGED,
        /** A region of a layout, or with features, that this release does not know. */
        INCOMPATIBLE,
        /** A region whose owner, mode, names or file system are not trusted. */
        UNTRUSTED,
        /** A file that this user may not read. */
        UNREADABLE,
        /** No region at all. */
        FOREIGN
    }

    private final RegionDirectory directory;
    private final String name;
    private final FileFacts file;
    private final List<String> faults = new ArrayList<>();
    private final byte[] image = new byte[RegionDescriptor.HEADER_LENGTH];
    private final Map<Area, ReadMemory> words = new EnumMap<>(Area.class);
    private final List<AreaStatus> areas = new ArrayList<>();
    private final List<ParticipantStatus> participants = new ArrayList<>();
    private final List<RoleStatus> roles = new ArrayList<>();
    private List<HeaderField> fields = List.of();
    private Verdict verdict = Verdict.FOREIGN;
    private @Nullable RegionHeader header;
    private @Nullable JournalStatus journal;
    private boolean ofThisBoot;
    private boolean open;
    private boolean repairing;

    private RegionInspection(RegionDirectory directory, String name, FileFacts file) {
        this.directory = directory;
        this.name = name;
        this.file = file;
    }

    /**
     * Looks at what has this name.
     *
     * @param name of an entry of the directory, also of one that no region can have
     * @throws RegionNotFound           when there is nothing of that name
     * @throws AccessDenied             when the directory cannot be trusted
     * @throws IllegalArgumentException for a path
     */
    public static RegionInspection of(RegionDirectory directory, String name) {
        if (name.indexOf('/') >= 0) {
            throw new IllegalArgumentException("\"" + name + "\" is a path, expected a name in " + directory.path());
        }
        boolean shared = directory.check();
        var path = directory.path().resolve(name);
        int found = RegionFile.locate(path);
        try {
            var status = Linux.status(found);
            var inspection = new RegionInspection(directory, name, FileFacts.of(status));
            if (!RegionDirectory.isRegionName(name)) {
                inspection.faults.add("its name is none that a region can have");
            } else if (!status.isRegular()) {
                inspection.check(() -> RegionFile.requireRegular(path, found));
            } else {
                inspection.look(found, shared);
            }
            return inspection;
        } finally {
            Linux.close(found);
        }
    }

    private void look(int found, boolean shared) {
        int fd;
        try {
            fd = RegionFile.openLocated(found, path(), Access.WATCH);
        } catch (AccessDenied e) {
            verdict = Verdict.UNREADABLE;
            faults.add(String.valueOf(e.getMessage()));
            return;
        }
        try {
            int length = Math.max(0, Linux.read(fd, image));
            var inspection = new HeaderInspection(image, length, file.bytes());
            fields = inspection.fields();
            verdict = judge(inspection, length);
            if (verdict != Verdict.FOREIGN && !(check(() -> RegionFile.requireRegular(path(), found))
                    && check(() -> RegionFile.requireTrusted(path(), fd, shared)))) {
                verdict = Verdict.UNTRUSTED;
            }
            if (inspection.hasKnownLayout()) {
                ofThisBoot = inspection.bootId().equals(ThisProcess.BOOT_ID);
                copyWords(fd, inspection.extents());
                askTheKernel(new Inquiry(fd));
            }
        } finally {
            Linux.close(fd);
        }
    }

    private Verdict judge(HeaderInspection inspection, int length) {
        if (!check(() -> header = RegionHeader.decode(image, length, file.bytes(), path().toString(), Access.WATCH))) {
            var bit = inspection.flippedBit();
            if (bit != null) {
                faults.add(bit);
            }
            if (inspection.hasKnownLayout()) {
                header = asFound();
            }
            return !inspection.hasMagic() ? Verdict.FOREIGN : faults.getFirst().contains(" is damaged: ") ? Verdict.DAMAGED
                : Verdict.INCOMPATIBLE;
        }
        return Verdict.SOUND;
    }

    private @Nullable RegionHeader asFound() {
        try {
            return RegionHeader.fields(new UnsafeBuffer(image), path().toString());
        } catch (SlipringException e) {
            return null; // its fields say what is wrong with them
        }
    }

    /** Keeps what a check says; returns whether it said nothing. */
    private boolean check(Runnable check) {
        try {
            check.run();
            return true;
        } catch (SlipringException e) {
            faults.add(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void copyWords(int fd, Map<Area, Extent> extents) {
        extents.forEach((area, extent) -> {
            boolean present = extent.offset() + extent.length() <= file.bytes();
            areas.add(new AreaStatus(area, extent.offset(), extent.length(), present));
            if (area != Area.HEADER && area != Area.DATA) { // Area's order: what consumers store before what producers do
                var bytes = ByteBuffer.allocateDirect((int) extent.length());
                if (Linux.read(fd, extent.offset(), MemorySegment.ofBuffer(bytes)) == extent.length()) {
                    words.put(area, new MappedMemory(bytes, 0, (int) extent.length()));
                }
            }
        });
    }

    private void askTheKernel(Inquiry inquiry) {
        open = inquiry.isLocked(LockFile.LIFE);
        repairing = inquiry.isWriteLocked(LockFile.REPAIR);
        if (words.get(Area.PARTICIPANTS) instanceof Memory slots && words.get(Area.COUNTERS) instanceof Memory counters) {
            var table = new ParticipantTable(path().toString(), slots, counters);
            journal = table.journal();
            for (int slot = 0; slot < RegionDescriptor.MAX_PARTICIPANTS; slot++) {
                look(table, slot, inquiry.isWriteLocked(LockFile.slotByte(slot)));
            }
            for (var role : Role.values()) {
                roles.add(new RoleStatus(role, table.count(role, Count.ATTACHED), table.count(role, Count.CLOSED_IN_ORDER),
                    table.count(role, Count.DIED), table.diedBeforeEra(role), count(role, ParticipantStatus.Life.ALIVE),
                    count(role, ParticipantStatus.Life.DEAD), inquiry.isWriteLocked(LockFile.roleByte(role))));
            }
        } else {
            faults.add(path() + " ends before its participants and counters, expected " + Area.values().length + " areas");
        }
    }

    private void look(ParticipantTable table, int slot, boolean locked) {
        int state = table.state(slot);
        if (state == ParticipantDescriptor.FREE && !locked) {
            return;
        }
        int role = table.role(slot);
        boolean known = state == ParticipantDescriptor.FREE || state == ParticipantDescriptor.ACTIVE;
        if (!known || role < 0 || role >= Role.values().length) {
            faults.add("participant slot " + slot + " is damaged: state " + state + " and role " + role
                + ", expected states 0, 1 and roles 0…" + (Role.values().length - 1));
        }
        var life = !locked ? ParticipantStatus.Life.DEAD
            : state == ParticipantDescriptor.ACTIVE ? ParticipantStatus.Life.ALIVE : ParticipantStatus.Life.PASSING;
        participants.add(new ParticipantStatus(table.info(slot), table.processStart(slot), table.pidNamespace(slot), life,
            table.counts(slot)));
    }

    private int count(Role role, ParticipantStatus.Life life) {
        return (int) participants.stream().filter(each -> each.who().role() == role && each.life() == life).count();
    }

    /** Its name in the directory. */
    public String name() {
        return name;
    }

    /** Where it lies. */
    public Path path() {
        return directory.path().resolve(name);
    }

    /** What the file system says. */
    public FileFacts file() {
        return file;
    }

    /** What an attacher would say. */
    public Verdict verdict() {
        return verdict;
    }

    /** Everything that is wrong, the reason of the verdict first; each a sentence. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** The header's fields as they were found; none in what is no region, few in what is of another layout. */
    public List<HeaderField> fields() {
        return fields;
    }

    /** What the header says, if its values are in their ranges; to be believed only when the verdict is SOUND. */
    public Optional<RegionHeader> header() {
        return Optional.ofNullable(header);
    }

    /** Whether it was created since this machine booted; else nobody of then is alive. */
    public boolean isOfThisBoot() {
        return ofThisBoot;
    }

    /** Whether the kernel says that somebody has it open, watchers included. Only of regions of a known layout. */
    public boolean isOpen() {
        return open;
    }

    /** Whether somebody holds the repair lock: is registering, leaving or counting, or was stopped while doing so. */
    public boolean isRepairing() {
        return repairing;
    }

    /** Where the areas lie, in file order; by assumption where the header does not say. */
    public List<AreaStatus> areas() {
        return List.copyOf(areas);
    }

    /** Who takes part or has died and was not counted yet. */
    public List<ParticipantStatus> participants() {
        return List.copyOf(participants);
    }

    /** Both roles; none when the file ends before. */
    public List<RoleStatus> roles() {
        return List.copyOf(roles);
    }

    /** The journal, when the file reaches that far. */
    public Optional<JournalStatus> journal() {
        return Optional.ofNullable(journal);
    }

    /** Whether somebody in this role sleeps, or did when he died. */
    public boolean isAsleep(Role role) {
        var waiters = words.get(Area.WAITERS);
        return waiters != null && waiters.getInt(WaiterDescriptor.sleepersOffset(side(role))) != 0;
    }

    private static int side(Role role) {
        return role == Role.CONSUMER ? WaiterDescriptor.CONSUMER_SIDE : WaiterDescriptor.PRODUCER_SIDE;
    }

    /** A copy of a control area's words, when the file reaches that far; never of header or data. */
    public Optional<ReadMemory> words(Area area) {
        return Optional.ofNullable(words.get(area));
    }

    /**
     * Removes this very region, if its header is still what was looked at, and the kernel says that nobody has it open.
     *
     * @return false when another has taken its name meanwhile, which stays
     * @throws RegionNotFound     when there is none of that name any more
     * @throws RoleTaken          when somebody has it open
     * @throws AccessDenied       when owner or mode forbid it
     * @throws RegionIncompatible when it is no region of a known layout
     */
    public boolean remove() {
        if (areas.isEmpty()) {
            throw new RegionIncompatible(path() + " is no region of a known layout: remove it by hand if it is yours");
        }
        var removed = new boolean[1];
        RegionFile.remove(path(), directory.check(), fd -> {
            byte[] now = new byte[image.length];
            removed[0] = Linux.read(fd, now) == now.length && Arrays.equals(now, image);
            return removed[0];
        });
        return removed[0];
    }
}
