/** The programs of docs/interop, which were written from docs/layout.md alone, against this side. */
@NullMarked
package dev.slipring.examples.interop;

import org.jspecify.annotations.NullMarked;
