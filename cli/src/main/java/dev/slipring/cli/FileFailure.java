package dev.slipring.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a verb was given cannot be used. */
final class FileFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    FileFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    static FileFailure of(Path file, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> new FileFailure(ExitCode.NOT_FOUND, "there is no " + file, e);
            case FileAlreadyExistsException _ -> new FileFailure(ExitCode.IN_USE, file + " is there already; --overwrite replaces it", e);
            case AccessDeniedException _ -> new FileFailure(ExitCode.ACCESS_DENIED, file + " may not be opened: permission denied", e);
            default -> new FileFailure(ExitCode.FAILURE, file + ": " + e.getMessage(), e);
        };
    }

    int exitCode() {
        return exitCode;
    }
}
