/** Tests of the verbs: the command line as a script would use it, on real regions and real processes. */
@NullMarked
package dev.slipring.cli;

import org.jspecify.annotations.NullMarked;
