/** The code that the pages of docs show: compiled, run, and compared with the pages. */
@NullMarked
package dev.slipring.examples.docs;

import org.jspecify.annotations.NullMarked;
