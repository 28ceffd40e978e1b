package dev.slipring.cli;

import dev.slipring.cli.text.Units;
import dev.slipring.core.PlatformStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Examines a machine by what stands in its files, and by what was tried. */
final class Doctor {
    private static final long LITTLE_ROOM = 16L << 20;
    private static final long DOCKER_STANDARD = 64L << 20;
    private static final int FEW_FILES = 4096;
    private static final int LAST_SYSTEM_USER = 999;
    private static final int JDK = 25;
    private static final Set<String> FAST_CLOCKS = Set.of("tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page");
    private static final Pattern REMOVE_IPC = Pattern.compile("(?im)^\\s*RemoveIPC\\s*=\\s*(\\S+)");
    /** Where systemd's settings lie, the weakest first. */
    private static final List<String> SYSTEMD_FOLDERS = List.of("usr/lib/systemd", "usr/local/lib/systemd", "run/systemd", "etc/systemd");
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");

    private final Path root;
    private final Path directory;
    private final List<Finding> findings = new ArrayList<>();

    /** @param root where the files of the machine begin; another than {@code /} in tests */
    Doctor(Path root, Path directory) {
        this.root = root;
        this.directory = directory;
    }

    /** How it stands. */
    enum Grade {
        /** As it should be. */
        OK,
        /** Works, and may hurt. */
        WARN,
        /** Does not work. */
        FAIL
    }

    /**
     * One thing that was examined.
     *
     * @param remedy what to do; empty when nothing is
     */
    record Finding(String topic, Grade grade, String found, String remedy) {
    }

    List<Finding> examine(PlatformStatus platform) {
        jvm(platform);
        directory(platform);
        room();
        memoryLimit();
        removeIpc();
        hugePages();
        clock();
        processors();
        limits();
        kernel(platform);
        return List.copyOf(findings);
    }

    private void jvm(PlatformStatus platform) {
        int feature = Runtime.version().feature();
        add("JDK", feature >= JDK ? Grade.OK : Grade.FAIL, System.getProperty("java.vm.name") + " " + Runtime.version(),
            feature >= JDK ? "" : "install a JDK " + JDK);
        boolean nativeAccess = Doctor.class.getModule().isNativeAccessEnabled();
        if (!platform.jvmFlags().isEmpty()) {
            add("JVM flags", Grade.FAIL, platform.jvmFlags(), "--add-opens java.base/jdk.internal.misc=ALL-UNNAMED");
        } else {
            add("JVM flags", nativeAccess ? Grade.OK : Grade.WARN, nativeAccess ? "as needed; others: " + otherFlags()
                : "native access is not enabled, so the JVM warns, and later releases will refuse",
                nativeAccess ? "" : "--enable-native-access=ALL-UNNAMED");
        }
    }

    private static String otherFlags() {
        var flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return flags.isEmpty() ? "none" : String.join(" ", flags);
    }

    private void directory(PlatformStatus platform) {
        if (!platform.directory().isEmpty()) {
            add("directory", Grade.FAIL, platform.directory(), "choose another with SLIPRING_DIR");
        } else {
            add("directory", Grade.OK, directory + (Files.exists(directory) ? "" : " (is made with the first region)"), "");
        }
        String mask = status("Umask").orElse("unknown");
        add("umask", Grade.OK, mask + "; regions set their modes whatever it is", "");
    }

    private void room() {
        try {
            var store = Files.getFileStore(existing(directory));
            long free = store.getUsableSpace();
            String found = store.type() + " of " + Units.bytes(store.getTotalSpace()) + ", " + Units.bytes(free) + " free";
            boolean docker = store.getTotalSpace() == DOCKER_STANDARD;
            add("shared memory", free < LITTLE_ROOM || docker ? Grade.WARN : Grade.OK, found, docker
                ? "that is what docker gives when not asked: docker run --shm-size=… (slipring size says how much)"
                : free < LITTLE_ROOM ? "slipring clean, or mount -o remount,size=…" : "");
        } catch (IOException e) {
            add("shared memory", Grade.FAIL, "cannot ask about " + directory + ": " + e.getMessage(), "is /dev/shm mounted?");
        }
    }

    private static Path existing(Path path) {
        var existing = path;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }

    /** Regions count towards the limit of who creates them, and stay counted when he is gone. */
    private void memoryLimit() {
        String unified = group("0::").orElse("/");
        String separate = read("proc/self/cgroup").lines().filter(line -> line.contains(":memory:"))
            .map(line -> line.substring(line.lastIndexOf(':') + 1)).findFirst().orElse("/");
        String limit = firstOf("sys/fs/cgroup" + unified + "/memory.max", "sys/fs/cgroup/memory.max",
            "sys/fs/cgroup/memory" + separate + "/memory.limit_in_bytes", "sys/fs/cgroup/memory/memory.limit_in_bytes");
        String used = firstOf("sys/fs/cgroup" + unified + "/memory.current", "sys/fs/cgroup/memory.current",
            "sys/fs/cgroup/memory" + separate + "/memory.usage_in_bytes", "sys/fs/cgroup/memory/memory.usage_in_bytes");
        long most = number(limit);
        long now = number(used);
        if (most < 0 || most > 1L << 50) {
            add("memory limit", Grade.OK, "none" + (now < 0 ? "" : "; " + Units.bytes(now) + " in use"), "");
            return;
        }
        boolean tight = now >= 0 && most - now < LITTLE_ROOM;
        add("memory limit", tight ? Grade.WARN : Grade.OK, Units.bytes(most) + (now < 0 ? "" : ", " + Units.bytes(now) + " in use")
            + "; regions count towards it, also when their creator is gone", tight ? "raise it, or slipring clean" : "");
    }

    private Optional<String> group(String prefix) {
        return read("proc/self/cgroup").lines().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length()))
            .findFirst();
    }

    /** systemd removes what a user has in /dev/shm when he logs out, unless told not to; system users are exempt. */
    private void removeIpc() {
        if (!Files.exists(root.resolve("run/systemd/system"))) {
            add("RemoveIPC", Grade.OK, "systemd does not run here", "");
            return;
        }
        String setting = "yes, by default";
        for (var file : logindFiles()) {
            if (!Files.isReadable(root.resolve(file))) {
                setting = "unknown, as " + root.resolve(file) + " may not be read";
            }
            var matcher = REMOVE_IPC.matcher(read(file));
            while (matcher.find()) {
                setting = matcher.group(1) + ", by " + root.resolve(file);
            }
        }
        boolean off = setting.matches("(?i)(no|n|false|f|off|0),.*");
        long user = number(status("Uid").orElse("-1").split("\\s+", -1)[0]);
        boolean elsewhere = !directory.startsWith("/dev/shm");
        boolean exempt = elsewhere || (user >= 0 && user <= LAST_SYSTEM_USER);
        String unconcerned = "; it does not concern " + (elsewhere ? directory : "system users such as " + user);
        add("RemoveIPC", off || exempt ? Grade.OK : Grade.WARN, setting + (exempt && !off ? unconcerned : ""), off || exempt ? ""
            : "regions vanish when user " + user + " logs out: RemoveIPC=no in /etc/systemd/logind.conf.d/slipring.conf, or run as a "
                + "system user");
    }

    /** In the order in which they count; the last one wins. Of files of one name only that of the last folder counts (logind.conf(5)). */
    private List<String> logindFiles() {
        String main = "";
        var dropIns = new TreeMap<String, String>();
        for (String folder : SYSTEMD_FOLDERS) {
            if (Files.exists(root.resolve(folder + "/logind.conf"))) {
                main = folder + "/logind.conf";
            }
            String dropIn = folder + "/logind.conf.d";
            try (var all = Files.list(root.resolve(dropIn))) {
                all.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(".conf"))
                    .forEach(name -> dropIns.put(name, dropIn + "/" + name));
            } catch (IOException e) {
                // there is none
            }
        }
        return Stream.concat(Stream.of(main).filter(file -> !file.isEmpty()), dropIns.values().stream()).toList();
    }

    private void hugePages() {
        var chosen = CHOSEN.matcher(read("sys/kernel/mm/transparent_hugepage/shmem_enabled"));
        String transparent = chosen.find() ? chosen.group(1) : "unknown";
        String reserved = firstOf("proc/sys/vm/nr_hugepages");
        String mounts = read("proc/mounts").lines().filter(line -> line.contains(" hugetlbfs ")).map(line -> line.split(" ", -1)[1])
            .findFirst().orElse("no hugetlbfs mounted");
        add("huge pages", Grade.OK, "transparent for shared memory: " + transparent + "; " + (reserved.isEmpty() ? "0" : reserved)
            + " reserved, " + mounts, "");
    }

    private void clock() {
        String source = firstOf("sys/devices/system/clocksource/clocksource0/current_clocksource");
        boolean fast = FAST_CLOCKS.contains(source);
        add("clock source", fast || source.isEmpty() ? Grade.OK : Grade.WARN, source.isEmpty() ? "unknown" : source,
            fast || source.isEmpty() ? "" : "reading it takes a system call: boot with clocksource=tsc if the machine allows it");
    }

    private void processors() {
        int processors = Runtime.getRuntime().availableProcessors();
        add("processors", processors > 1 ? Grade.OK : Grade.WARN, processors + " for this process", processors > 1 ? ""
            : "processes that spin take the processor from their peers: create rings with parking, and wait instead of polling");
        String governor = firstOf("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
        boolean slow = governor.equals("powersave") || governor.equals("ondemand") || governor.equals("conservative");
        add("governor", slow ? Grade.WARN : Grade.OK, governor.isEmpty() ? "none (a virtual machine has none)" : governor,
            slow ? "processors take time to speed up: cpupower frequency-set -g performance" : "");
    }

    private void limits() {
        long files = limit("Max open files");
        add("open files", files >= 0 && files < FEW_FILES ? Grade.WARN : Grade.OK, files < 0 ? "no limit" : files + "; a region takes two",
            files >= 0 && files < FEW_FILES ? "ulimit -n " + 4 * FEW_FILES : "");
        long locked = limit("Max locked memory");
        add("locked memory", Grade.OK, (locked < 0 ? "no limit" : Units.bytes(locked)) + "; Slipring locks none", "");
    }

    private void kernel(PlatformStatus platform) {
        feature("O_TMPFILE", platform.namelessFiles(), Grade.FAIL, "no region can be created there: choose another directory");
        feature("OFD locks", platform.locks(), Grade.FAIL,
            "nobody can tell who lives: Linux 3.15 or newer, and no sandbox that forbids fcntl");
        feature("membarrier", platform.barrier() && platform.globalBarrier(), Grade.WARN,
            "nobody sleeps until woken, but naps, and publishing to a ring with parking costs a fence: Linux 4.16 or newer, and a sandbox "
                + "(seccomp) that allows membarrier");
        feature("futex_waitv", platform.sleepOnMany(), Grade.WARN,
            "a WaitSet naps instead of sleeping: Linux 5.16 or newer, and a sandbox (seccomp) that allows it");
    }

    private void feature(String name, boolean there, Grade otherwise, String remedy) {
        add(name, there ? Grade.OK : otherwise, there ? "works" : "does not work here", there ? "" : remedy);
    }

    /** The soft limit; -1 for none. */
    private long limit(String name) {
        return read("proc/self/limits").lines().filter(line -> line.startsWith(name))
            .map(line -> number(line.substring(name.length()).strip().split("\\s+", -1)[0])).findFirst().orElse(-1L);
    }

    private Optional<String> status(String key) {
        return read("proc/self/status").lines().filter(line -> line.startsWith(key + ":")).map(line ->
            line.substring(key.length() + 1).strip()).findFirst();
    }

    private void add(String topic, Grade grade, String found, String remedy) {
        findings.add(new Finding(topic, grade, found, remedy));
    }

    /** The first of these files that is there and says something; empty when none does. */
    private String firstOf(String... files) {
        return Arrays.stream(files).map(file -> read(file).strip()).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    private String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }
}
