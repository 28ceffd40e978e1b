package dev.slipring.core;

/**
 * A field of a region's header as it was found.
 *
 * @param offset from the start of the file, in bytes
 * @param width  in bytes
 * @param name   what docs/layout.md calls it
 * @param value  what it says, in words
 * @param fault  what is wrong with it; empty when nothing is
 */
public record HeaderField(int offset, int width, String name, String value, String fault) {
}
