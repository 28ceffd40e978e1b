package dev.slipring.frame;

import dev.slipring.core.ParticipantInfo;
import java.time.Instant;

/**
 * Who has a frame.
 *
 * @param who      the consumer; alive, by the kernel's word
 * @param frame    which frame of the pool, from 0
 * @param sequence which frame of the stream stands there
 * @param since    when it was leased, by that consumer's wall clock
 */
public record Holder(ParticipantInfo who, int frame, long sequence, Instant since) {
}
