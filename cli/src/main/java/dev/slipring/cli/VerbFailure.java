package dev.slipring.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file or a slot that a verb was given is not there, or cannot be used. */
final class VerbFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    VerbFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    VerbFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What became of a file, in words. */
    static VerbFailure of(Path file, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> new VerbFailure(ExitCode.NOT_FOUND, "there is no " + file, e);
            case FileAlreadyExistsException _ -> new VerbFailure(ExitCode.IN_USE, file + " is there already; --overwrite replaces it", e);
            case AccessDeniedException _ -> new VerbFailure(ExitCode.ACCESS_DENIED, file + " may not be opened: permission denied", e);
            default -> new VerbFailure(ExitCode.FAILURE, file + ": " + e.getMessage(), e);
        };
    }

    int exitCode() {
        return exitCode;
    }
}
