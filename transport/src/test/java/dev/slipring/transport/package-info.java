/** What every transport keeps, tested on all of them; and what each side is told when another is killed. */
@NullMarked
package dev.slipring.transport;

import org.jspecify.annotations.NullMarked;
