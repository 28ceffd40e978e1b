package dev.slipring.core;

/**
 * What can go wrong when a region is created, attached to, or found damaged. A message says what was expected, what was found, and the
 * next step. Expected flow on a hot path (full, empty, closed) is a return value and never one of these; mistakes of the caller are
 * {@link IllegalArgumentException} or {@link IllegalStateException}, thrown before anything is claimed.
 */
public abstract sealed class SlipringException extends RuntimeException
    permits AccessDenied, RegionCorrupt, RegionExists, RegionFull, RegionIncompatible, RegionLost, RegionNotFound, RoleTaken {

    private static final long serialVersionUID = 1L;

    SlipringException(String message) {
        super(message);
    }
}
