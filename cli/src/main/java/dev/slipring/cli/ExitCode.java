package dev.slipring.cli;

import dev.slipring.core.AccessDenied;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionExists;
import dev.slipring.core.RegionFull;
import dev.slipring.core.RegionIncompatible;
import dev.slipring.core.RegionLost;
import dev.slipring.core.RegionNotFound;
import dev.slipring.core.RoleTaken;
import dev.slipring.core.SlipringException;
import java.net.BindException;
import picocli.CommandLine.ParameterException;

/** How a verb ends; scripts rely on these numbers, so they never change. docs/cli.md has them too. */
final class ExitCode {
    /** It did what was asked. */
    static final int OK = 0;
    /** Something else went wrong, or {@code doctor} found what must be remedied. */
    static final int FAILURE = 1;
    /** There is no such verb or option. */
    static final int USAGE = 2;
    /** There is no such region, directory, file or slot. */
    static final int NOT_FOUND = 3;
    /** Owner or mode forbid it. */
    static final int ACCESS_DENIED = 4;
    /** The region is damaged, of another release or kind, or no region; a recording is damaged, or a file no recording or schema. */
    static final int DAMAGED = 5;
    /** Somebody has it, or its name; the stream is sealed. */
    static final int IN_USE = 6;
    /** There is no room. */
    static final int FULL = 7;

    private ExitCode() {
    }

    static int of(Throwable failure) {
        return switch (failure) {
            case SlipringException refusal -> of(refusal);
            case VerbFailure file -> file.exitCode();
            case IllegalArgumentException _ -> USAGE;
            case ParameterException _ -> USAGE;
            case BindException _ -> IN_USE;
            default -> FAILURE;
        };
    }

    private static int of(SlipringException refusal) {
        return switch (refusal) {
            case RegionNotFound _ -> NOT_FOUND;
            case AccessDenied _ -> ACCESS_DENIED;
            case RegionCorrupt _, RegionIncompatible _, RegionLost _ -> DAMAGED;
            case RoleTaken _, RegionExists _ -> IN_USE;
            case RegionFull _ -> FULL;
        };
    }
}
