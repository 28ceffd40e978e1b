/**
 * Regions: mapped files that are created whole, opened only after every check, locked by the kernel and closed safely; and the memory
 * seam through which every algorithm reads and writes them. The only room that calls the operating system.
 */
@NullMarked
package dev.slipring.core;

import org.jspecify.annotations.NullMarked;
