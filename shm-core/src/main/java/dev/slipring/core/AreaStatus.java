package dev.slipring.core;

/**
 * Where an area of a region lies.
 *
 * @param area    which
 * @param offset  from the start of the file, in bytes
 * @param length  in bytes
 * @param present whether the file reaches to its end
 */
public record AreaStatus(Area area, long offset, long length, boolean present) {
}
