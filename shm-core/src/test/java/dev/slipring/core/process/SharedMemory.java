package dev.slipring.core.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Temporary directories where regions live in production: {@code @TempDir(factory = SharedMemory.class)}. The usual temporary directory
 * may lie on a file system that Slipring refuses (a container's overlay).
 */
public final class SharedMemory implements TempDirFactory {
    private static final Path ROOT = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
        return Files.createTempDirectory(ROOT, "slipring-test-");
    }
}
