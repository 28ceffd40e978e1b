package dev.slipring.monitor;

import dev.slipring.core.ParticipantStatus.Life;
import java.util.Objects;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A {@link RegionSnapshot} as a JFR event; what cannot be told is -1. Written by {@link RegionEvents}. */
@Name(RegionEvent.NAME)
@Label("Region")
@Category("Slipring")
@Description("What a shared-memory region counts")
@Period("1 s")
@StackTrace(false)
final class RegionEvent extends Event {
    static final String NAME = "dev.slipring.Region";

    @Label("Name")
    String region;
    @Label("Verdict")
    String verdict;
    @Label("Kind")
    String kind;
    @Label("Epoch")
    long epoch;
    @Label("File Size")
    @DataAmount
    long fileBytes;
    @Label("Unit")
    @Description("What published and depth count")
    String unit;
    @Label("Published")
    long published;
    @Label("Consumed Messages")
    long consumed;
    @Label("Depth")
    long depth;
    @Label("Age of the Newest Value")
    @Timespan(Timespan.NANOSECONDS)
    long newestNs;
    @Label("Living Producers")
    int producers;
    @Label("Living Consumers")
    int consumers;
    @Label("Died")
    @Description("Of both roles, so far")
    long died;
    @Label("Stopped")
    @Description("Participants whose process is stopped")
    int stopped;
    @Label("Stalls")
    long stalls;
    @Label("Sleeps")
    long sleeps;
    @Label("Lost")
    long lost;
    @Label("Faults")
    String faults;

    RegionEvent(RegionSnapshot snapshot) {
        region = snapshot.name();
        verdict = snapshot.verdict().name();
        kind = Objects.toString(snapshot.kind(), "");
        epoch = known(snapshot.epoch());
        fileBytes = snapshot.fileBytes();
        unit = Objects.toString(snapshot.unit(), "");
        published = known(snapshot.published());
        consumed = known(snapshot.consumed());
        depth = known(snapshot.depth());
        newestNs = known(snapshot.newestNs());
        var ofProducers = snapshot.producers();
        var ofConsumers = snapshot.consumers();
        producers = ofProducers == null ? -1 : ofProducers.living();
        consumers = ofConsumers == null ? -1 : ofConsumers.living();
        died = (ofProducers == null ? 0 : ofProducers.died()) + (ofConsumers == null ? 0 : ofConsumers.died());
        stopped = (int) snapshot.participants().stream().filter(each -> each.life() == Life.ALIVE && each.stopped()).count();
        stalls = snapshot.stalls();
        sleeps = snapshot.sleeps();
        lost = snapshot.lost();
        faults = String.join("; ", snapshot.faults());
    }

    private static long known(@Nullable Long value) {
        return value == null ? -1 : value;
    }
}
