package dev.slipring.frame;

import dev.slipring.core.ParticipantInfo;

/**
 * A consumer of a pool as people see it.
 *
 * @param who       the consumer; alive, by the kernel's word
 * @param policy    what it asked for
 * @param leases    how many frames it has in hand
 * @param waiting   how many published frames it has not looked for yet
 * @param delivered how many frames were delivered to it
 * @param dropped   how many it knows to have lost; it learns of more when it looks for the next one
 */
public record Viewer(ParticipantInfo who, ConsumerPolicy policy, int leases, long waiting, long delivered, long dropped) {
}
