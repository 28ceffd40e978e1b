package dev.slipring.cli;

import dev.slipring.monitor.ParticipantSnapshot;
import dev.slipring.monitor.RegionSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How fast counts grow from one look at a region to the next, per second; null when there is no such look, or no such count. */
final class Rates {
    private static final double NS_PER_SECOND = 1e9;

    private final @Nullable RegionSnapshot before;
    private final RegionSnapshot now;

    private Rates(@Nullable RegionSnapshot before, RegionSnapshot now) {
        this.before = before;
        this.now = now;
    }

    /** @param earlier looks, among which there may be one at the same life of the region */
    static Rates since(List<RegionSnapshot> earlier, RegionSnapshot now) {
        return new Rates(earlier.stream().filter(each -> each.name().equals(now.name()) && Objects.equals(each.epoch(), now.epoch()))
            .findFirst().orElse(null), now);
    }

    @Nullable Double published() {
        return of(RegionSnapshot::published);
    }

    @Nullable Double consumed() {
        return of(RegionSnapshot::consumed);
    }

    @Nullable Double sleeps(ParticipantSnapshot participant) {
        var earlier = Optional.ofNullable(before).stream().flatMap(region -> region.participants().stream())
            .filter(each -> each.slot() == participant.slot() && each.generation() == participant.generation()).findFirst();
        return earlier.map(each -> perSecond(participant.sleeps() - each.sleeps())).orElse(null);
    }

    private @Nullable Double of(Function<RegionSnapshot, @Nullable Long> count) {
        Long earlier = before == null ? null : count.apply(before);
        Long later = count.apply(now);
        return earlier == null || later == null ? null : (Double) perSecond(later - earlier);
    }

    private double perSecond(long growth) {
        return growth * NS_PER_SECOND / (now.nanoTime() - Objects.requireNonNull(before).nanoTime());
    }
}
