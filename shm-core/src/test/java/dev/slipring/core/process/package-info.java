/**
 * What tests of every room share: other JVMs to start, stop and kill; directories in shared memory; waiting with a deadline; seeds.
 */
@NullMarked
package dev.slipring.core.process;

import org.jspecify.annotations.NullMarked;
