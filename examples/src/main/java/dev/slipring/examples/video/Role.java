package dev.slipring.examples.video;

import dev.slipring.frame.ConsumerPolicy;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The processes. */
enum Role {
    /** {@link Camera}, the producer. */
    CAMERA(ConsumerPolicy.latest()),
    /** {@link Analyser}: every frame, as long as it keeps up. */
    ANALYSER(ConsumerPolicy.every(4)),
    /** Stands in for a display, which has frames in flight; the one to be killed. */
    VIEWER(ConsumerPolicy.latest().holding(3)),
    /** {@link SnapshotTaker}: the newest, now and then. */
    SNAPSHOT(ConsumerPolicy.latest()),
    /** {@link Recorder}: every frame; the camera waits for it. */
    RECORDER(ConsumerPolicy.lossless(8)),
    /** {@link Preview}: the newest. */
    PREVIEW(ConsumerPolicy.latest());

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final ConsumerPolicy policy;

    Role(ConsumerPolicy policy) {
        this.policy = policy;
    }

    /** Those that take part in a run. */
    static Set<Role> of(boolean recorded, boolean previewed) {
        var roles = EnumSet.of(CAMERA, ANALYSER, VIEWER, SNAPSHOT);
        if (recorded) {
            roles.add(RECORDER);
        }
        if (previewed) {
            roles.add(PREVIEW);
        }
        return roles;
    }

    /** How many frames a pool must have for these, and not one more: what they may lease, the longest queue, one to write to. */
    static int frames(Set<Role> roles) {
        var consumers = roles.stream().filter(Role::isConsumer).toList();
        return consumers.stream().mapToInt(role -> role.policy.maxLeases()).sum()
            + consumers.stream().mapToInt(role -> role.policy.queued()).max().orElse(0) + 1;
    }

    boolean isConsumer() {
        return this != CAMERA;
    }

    /** What it asks of the pool. */
    ConsumerPolicy policy() {
        return policy;
    }

    /** As people say it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
