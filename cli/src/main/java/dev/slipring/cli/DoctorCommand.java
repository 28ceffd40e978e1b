package dev.slipring.cli;

import dev.slipring.cli.Doctor.Finding;
import dev.slipring.cli.Doctor.Grade;
import dev.slipring.cli.text.Output;
import dev.slipring.core.PlatformStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what of this machine keeps Slipring from working, or from being fast, and what to do. */
@Command(name = "doctor", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Examines this machine, container and JVM: what keeps Slipring from working (FAIL), may hurt (WARN), and the remedy.")
final class DoctorCommand implements Callable<Integer> {
    private static final int GRADE_WIDTH = 6;
    private static final int TOPIC_WIDTH = 16;

    @Mixin
    private Common common = new Common();

    /** What {@code --json} prints. */
    record Report(String directory, List<Finding> findings) {
    }

    @Override
    public Integer call() {
        var directory = common.regions().directory();
        var findings = new Doctor(Path.of("/"), directory.path()).examine(PlatformStatus.probe(directory));
        common.output().print(new Report(directory.path().toString(), findings), output -> findings.forEach(each -> print(output, each)));
        return findings.stream().anyMatch(each -> each.grade() == Grade.FAIL) ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static void print(Output output, Finding finding) {
        String grade = switch (finding.grade()) {
            case OK -> output.good("OK  ");
            case WARN -> output.doubtful("WARN");
            case FAIL -> output.bad("FAIL");
        };
        String topic = finding.topic() + " ".repeat(TOPIC_WIDTH - finding.topic().length());
        output.prose(" ".repeat(GRADE_WIDTH + TOPIC_WIDTH), finding.found(), text -> grade + "  " + topic + text.strip());
        if (!finding.remedy().isEmpty()) {
            output.prose(" ".repeat(GRADE_WIDTH + TOPIC_WIDTH), "-> " + finding.remedy(), text -> text);
        }
    }
}
