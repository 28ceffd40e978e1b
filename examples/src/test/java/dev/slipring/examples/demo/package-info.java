/** What the tests of the demos have in common. */
@NullMarked
package dev.slipring.examples.demo;

import org.jspecify.annotations.NullMarked;
