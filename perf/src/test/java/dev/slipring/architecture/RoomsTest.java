package dev.slipring.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the rooms, as docs/architecture.md draws them. The rooms are the folders that the build has filled. */
class RoomsTest {
    private static final String JDK = "java..";
    private static final String ANNOTATIONS = "org.jspecify..";
    private static final String AGRONA = "org.agrona..";

    /** For each package of ours, what else it may know. */
    private static final Map<String, List<String>> MAY_KNOW = Map.of(
        "dev.slipring.core", List.of(AGRONA),
        "dev.slipring.ring", List.of(AGRONA, "dev.slipring.core"),
        "dev.slipring.frame", List.of(AGRONA, "dev.slipring.core"),
        "dev.slipring.seqlock", List.of(AGRONA, "dev.slipring.core"),
        "dev.slipring.codec", List.of(AGRONA),
        "dev.slipring.transport", List.of(AGRONA, "io.aeron..", "dev.slipring.core", "dev.slipring.ring"),
        "dev.slipring.examples", List.of(AGRONA, "dev.slipring.core", "dev.slipring.ring", "dev.slipring.frame", "dev.slipring.seqlock",
            "dev.slipring.transport", "dev.slipring.codec..", "picocli..", "org.HdrHistogram..", "com.fasterxml.jackson..",
            "com.sun.net.httpserver.."),
        "dev.slipring.monitor", List.of("dev.slipring.core", "dev.slipring.ring", "dev.slipring.frame", "dev.slipring.seqlock",
            "javax.management..", "jdk.jfr.."),
        "dev.slipring.cli", List.of(AGRONA, "dev.slipring.core", "dev.slipring.ring", "dev.slipring.frame", "dev.slipring.seqlock",
            "dev.slipring.monitor", "dev.slipring.codec..", "uk.co.real_logic.sbe..", "picocli..", "org.jline..", "org.HdrHistogram..",
            "com.fasterxml.jackson..", "com.sun.net.httpserver.."),
        "dev.slipring.perf", List.of(AGRONA, "io.aeron..", "dev.slipring.core", "dev.slipring.ring", "dev.slipring.frame",
            "dev.slipring.seqlock", "dev.slipring.monitor", "picocli..",
            "org.HdrHistogram..",
            "com.fasterxml.jackson..", "me.tongfei.progressbar..", "org.openjdk.jmh.."));

    private static JavaClasses rooms;

    @BeforeAll
    static void readRooms() throws IOException {
        try (var folders = Files.list(Path.of(".."))) {
            var compiled = folders.map(folder -> folder.resolve("target/classes")).filter(Files::isDirectory).toList();
            assertThat(compiled).hasSizeGreaterThanOrEqualTo(4);
            rooms = new ClassFileImporter().importPaths(compiled);
        }
    }

    static Iterable<String> packages() {
        return MAY_KNOW.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aRoomKnowsOnlyTheRoomsBelowIt(String room) {
        var known = new java.util.ArrayList<>(MAY_KNOW.getOrDefault(room, List.of()));
        known.addAll(List.of(room + "..", JDK, ANNOTATIONS));
        classes().that().resideInAPackage(room + "..")
            .should().onlyDependOnClassesThat().resideInAnyPackage(known.toArray(String[]::new)).check(rooms);
    }

    @Test
    void everyRoomHasItsRule() {
        var unknown = rooms.stream().map(each -> each.getPackageName())
            .filter(name -> MAY_KNOW.keySet().stream().noneMatch(room -> name.equals(room) || name.startsWith(room + "."))).toList();
        assertThat(unknown).isEmpty();
    }

    @Test
    void onlyTheCoreCallsTheOperatingSystemApartFromWhatItIsComparedWith() {
        noClasses().that().resideOutsideOfPackages("dev.slipring.core")
            .and().doNotHaveFullyQualifiedName("dev.slipring.perf.candidate.Posix")
            .and().haveNameNotMatching("dev\\.slipring\\.perf\\.peers\\.MessageQueue(\\$.*)?")
            .should().dependOnClassesThat().resideInAPackage("java.lang.foreign..").check(rooms);
    }

    @Test
    void nothingOfAeronIsSeenOutsideOfItsRoom() {
        var seen = rooms.stream().filter(each -> each.getPackageName().equals("dev.slipring.transport"))
            .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(each -> each.getCodeUnits().stream())
            .filter(each -> each.getModifiers().contains(JavaModifier.PUBLIC) || each.getModifiers().contains(JavaModifier.PROTECTED))
            .flatMap(each -> Stream.concat(Stream.of(each.getReturnType()), each.getParameterTypes().stream()))
            .flatMap(each -> each.getAllInvolvedRawTypes().stream())
            .map(each -> each.getPackageName()).toList();
        assertThat(seen).contains("org.agrona").noneMatch(name -> name.startsWith("io.aeron"));
    }

    @Test
    void fencesStandInOneClassOnly() {
        noClasses().that(resideInAPackage("dev.slipring..").and(describe("are not MappedMemory", each ->
                !each.getSimpleName().equals("MappedMemory"))))
            .should().callMethodWhere(describe("a fence", (JavaMethodCall call) ->
                call.getTargetOwner().isEquivalentTo(VarHandle.class) && call.getName().endsWith("Fence"))).check(rooms);
    }

    @Test
    void algorithmsSeeTheSeamAndNoBuffer() {
        classes().that(resideInAnyPackage("dev.slipring.ring", "dev.slipring.seqlock").and(simpleName("SpscProducer")
                .or(simpleName("SpscRecovery")).or(simpleName("SlotReader")).or(simpleName("SlotRecovery"))))
            .should().onlyDependOnClassesThat(describe("are no buffer to write to", each ->
                !each.getName().equals("org.agrona.concurrent.UnsafeBuffer") && !each.getName().equals("org.agrona.MutableDirectBuffer")))
            .check(rooms);
    }
}
