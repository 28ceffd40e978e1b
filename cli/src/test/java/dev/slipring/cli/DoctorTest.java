package dev.slipring.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.cli.Doctor.Finding;
import dev.slipring.cli.Doctor.Grade;
import dev.slipring.core.PlatformStatus;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says of this machine, and of machines whose files are laid out here. */
class DoctorTest {
    private static final PlatformStatus SOUND = new PlatformStatus("", "", true, true, true, true, true);
    private static final Path HERE = Path.of("/dev/shm/slipring-1000");

    @TempDir(factory = SharedMemory.class)
    private Path root;

    @Test
    void thisMachineRunsSlipringSoNothingFails() {
        var findings = Slipring.json(ExitCode.OK, "doctor", "--dir", root.toString()).get("findings");
        assertThat(findings).hasSizeGreaterThan(15).noneMatch(each -> each.get("grade").asText().equals("FAIL"));
        assertThat(Slipring.run("doctor", "--dir", root.toString()).out().lines())
            .anyMatch(line -> line.matches("OK +O_TMPFILE +works"))
            .anyMatch(line -> line.matches("OK +OFD locks +works"));
        assertThat(root).describedAs("it leaves nothing").isEmptyDirectory();
    }

    @Test
    void aDirectoryThatOthersMayWriteFails() throws IOException {
        Files.setAttribute(root, "unix:mode", 0777);
        var run = Slipring.run("doctor", "--dir", root.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run.out()).containsPattern("FAIL +directory .*writable by others");
    }

    @Test
    void aFileSystemThatCannotCarryRegionsFails() {
        var platform = PlatformStatus.probe(new RegionDirectory(Path.of("/proc")));
        assertThat(platform.directory()).isNotEmpty();
        assertThat(platform.namelessFiles()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1000, '', '', WARN", "1000, 'RemoveIPC=no', '', OK", "1000, '#RemoveIPC=no', '', WARN", "0, '', '', OK", "999, '', '', OK",
        "1000, 'RemoveIPC=no', 'RemoveIPC=yes', WARN", "1000, 'RemoveIPC=yes', '[Login]\nremoveipc = off', OK"})
    void logindThatRemovesAUsersFilesIsWarnedOf(int user, String setting, String dropIn, Grade expected) throws IOException {
        aMachineWithSystemd(user);
        write("etc/systemd/logind.conf", "[Login]\n" + setting + "\n");
        write("etc/systemd/logind.conf.d/slipring.conf", dropIn);
        var finding = finding("RemoveIPC", HERE, SOUND);
        assertThat(finding.grade()).describedAs("%s", finding).isEqualTo(expected);
        assertThat(finding("RemoveIPC", Path.of("/run/traders"), SOUND).grade()).describedAs("elsewhere").isEqualTo(Grade.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "etc/systemd/logind.conf=yes etc/systemd/logind.conf.d/a.conf=no, OK",
        "etc/systemd/logind.conf=yes run/systemd/logind.conf.d/a.conf=no, OK",
        "etc/systemd/logind.conf=yes usr/local/lib/systemd/logind.conf.d/a.conf=no, OK",
        "etc/systemd/logind.conf=yes usr/lib/systemd/logind.conf.d/a.conf=no, OK",
        "usr/lib/systemd/logind.conf.d/b.conf=no etc/systemd/logind.conf.d/a.conf=yes, OK",
        "usr/lib/systemd/logind.conf.d/a.conf=no etc/systemd/logind.conf.d/b.conf=yes, WARN",
        "usr/lib/systemd/logind.conf.d/a.conf=no etc/systemd/logind.conf.d/a.conf=, WARN",
        "usr/lib/systemd/logind.conf=no, OK",
        "usr/lib/systemd/logind.conf=no etc/systemd/logind.conf=, WARN",
        "etc/systemd/logind.conf=no etc/systemd/logind.conf.d/a.other=yes, OK"})
    void ofLogindsFilesTheLastByNameCountsAndOfOneNameTheLastFolders(String files, Grade expected) throws IOException {
        aMachineWithSystemd(1000);
        for (String file : files.split(" ", -1)) {
            String setting = file.substring(file.indexOf('=') + 1);
            write(file.substring(0, file.indexOf('=')), "[Login]\n" + (setting.isEmpty() ? "" : "RemoveIPC=" + setting + "\n"));
        }
        var finding = finding("RemoveIPC", HERE, SOUND);
        assertThat(finding.grade()).describedAs("%s", finding).isEqualTo(expected);
    }

    @Test
    void whatCannotBeReadIsNotTakenForFine() throws IOException {
        aMachineWithSystemd(1000);
        write("etc/systemd/logind.conf", "[Login]\nRemoveIPC=no\n");
        Files.createSymbolicLink(Files.createDirectory(root.resolve("etc/systemd/logind.conf.d")).resolve("a.conf"), Path.of("nowhere"));
        var finding = finding("RemoveIPC", HERE, SOUND);
        assertThat(finding.grade()).describedAs("%s", finding).isEqualTo(Grade.WARN);
        assertThat(finding.found()).startsWith("unknown, as ").endsWith("a.conf may not be read");
    }

    @ParameterizedTest
    @CsvSource({"max, OK", "1073741824, OK", "104857600, WARN", "9223372036854771712, OK"})
    void aControlGroupWithLittleRoomIsWarnedOf(String limit, Grade expected) throws IOException {
        write("proc/self/cgroup", "0::/service\n");
        write("sys/fs/cgroup/service/memory.max", limit + "\n");
        write("sys/fs/cgroup/service/memory.current", "99857600\n");
        assertThat(finding("memory limit", HERE, SOUND).grade()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"clock source, sys/devices/system/clocksource/clocksource0/current_clocksource, hpet, tsc",
        "governor, sys/devices/system/cpu/cpu0/cpufreq/scaling_governor, powersave, performance",
        "open files, proc/self/limits, Max open files  1024  4096  files, Max open files  1048576  1048576  files"})
    void whatIsSlowOrScarceIsWarnedOf(String topic, String file, String bad, String good) throws IOException {
        write(file, bad + "\n");
        var finding = finding(topic, HERE, SOUND);
        assertThat(finding.grade()).isEqualTo(Grade.WARN);
        assertThat(finding.remedy()).isNotEmpty();
        write(file, good + "\n");
        assertThat(finding(topic, HERE, SOUND).grade()).isEqualTo(Grade.OK);
    }

    @Test
    void aKernelThatLacksSomethingIsSaidTo() {
        var poor = new PlatformStatus("lacks --add-opens", "nowhere", false, false, false, true, false);
        for (String topic : new String[] {"JVM flags", "directory", "O_TMPFILE", "OFD locks"}) {
            assertThat(finding(topic, HERE, poor)).matches(each -> each.grade() == Grade.FAIL && !each.remedy().isEmpty());
        }
        for (String topic : new String[] {"membarrier", "futex_waitv"}) {
            assertThat(finding(topic, HERE, poor)).matches(each -> each.grade() == Grade.WARN && !each.remedy().isEmpty());
        }
    }

    private Finding finding(String topic, Path directory, PlatformStatus platform) {
        return new Doctor(root, directory).examine(platform).stream().filter(each -> each.topic().equals(topic)).findFirst().orElseThrow();
    }

    private void aMachineWithSystemd(int user) throws IOException {
        write("run/systemd/system/any", "");
        write("proc/self/status", "Umask:\t0022\nUid:\t" + user + "\t" + user + "\n");
    }

    private void write(String file, String text) throws IOException {
        var target = root.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }
}
