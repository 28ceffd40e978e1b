package dev.slipring.examples.video;

import dev.slipring.frame.Holder;
import dev.slipring.frame.PoolStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The table on the page.
 *
 * @param frames    of the pool
 * @param published how many were
 * @param consumers who has what
 */
record PreviewStatus(int frames, long published, List<Row> consumers) {
    /**
     * Of one consumer.
     *
     * @param name      what it calls itself
     * @param pid       of its process
     * @param policy    in words
     * @param delivered frames
     * @param dropped   frames
     * @param waiting   frames that it has not looked for yet
     * @param leases    frames in hand
     * @param oldestMs  for how long it has had the oldest of them
     */
    record Row(String name, long pid, String policy, long delivered, long dropped, long waiting, int leases, long oldestMs) {
    }

    static PreviewStatus of(PoolStatus status) {
        var now = Instant.now();
        var rows = status.consumers().stream().map(viewer -> new Row(viewer.who().name(), viewer.who().pid(),
            viewer.policy().kind() + " " + viewer.policy().queued(), viewer.delivered(), viewer.dropped(), viewer.waiting(),
            viewer.leases(), status.holders().stream().filter(holder -> holder.who().slot() == viewer.who().slot())
                .map(Holder::since).mapToLong(since -> Duration.between(since, now).toMillis()).max().orElse(0))).toList();
        return new PreviewStatus(status.frames(), status.published(), rows);
    }
}
