/**
 * One way to send and receive, whatever carries the messages: a ring of ours, Aeron IPC, or Aeron UDP. A URI says which; the rest of a
 * program does not know. What one of them cannot promise is a {@link dev.slipring.transport.Capability} that it lacks. The only room that
 * knows Aeron, and no type of Aeron is seen outside of it.
 */
@NullMarked
package dev.slipring.transport;

import org.jspecify.annotations.NullMarked;
