/** A memory whose accesses a model checker can see. */
@NullMarked
package dev.slipring.core.ticking;

import org.jspecify.annotations.NullMarked;
