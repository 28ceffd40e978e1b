package dev.slipring.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** What this process writes about itself, for people to read; and the check that this JVM can work at all. */
final class ThisProcess {
    static final long PID = ProcessHandle.current().pid();
    static final long START_MS = ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    static final long PID_NAMESPACE = pidNamespace();
    static final UUID BOOT_ID = UUID.fromString(read(Path.of("/proc/sys/kernel/random/boot_id")).strip());

    private static final boolean HAS_BARRIER = Linux.registerBarrier();

    private static final boolean HAS_GLOBAL_BARRIER = Linux.registerGlobalBarrier();

    private ThisProcess() {
    }

    /** Whether {@link Linux#barrierOnEveryThread} works here. */
    static boolean hasBarrier() {
        return HAS_BARRIER;
    }

    /** Whether {@link Linux#barrierOnEveryProcess} of whatever process reaches this one. */
    static boolean hasGlobalBarrier() {
        return HAS_GLOBAL_BARRIER;
    }

    /** Fails with one line when this JVM lacks what every use of a region needs. */
    static void requireSupported() {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN || !System.getProperty("os.name").equals("Linux")) {
            throw new UnsupportedOperationException("Slipring runs on little-endian Linux, not on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch"));
        }
        if (!Object.class.getModule().isOpen("jdk.internal.misc", ThisProcess.class.getModule())
            && !Object.class.getModule().isExported("jdk.internal.misc", ThisProcess.class.getModule())) {
            throw new UnsupportedOperationException(
                "Agrona's buffers need the JVM flag --add-opens java.base/jdk.internal.misc=ALL-UNNAMED: start java with it");
        }
    }

    private static long pidNamespace() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return Long.parseLong(link.replaceAll("\\D", ""));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/self/ns/pid; is /proc mounted?", e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + "; is /proc mounted?", e);
        }
    }
}
