package dev.slipring.monitor;

import dev.slipring.core.ParticipantStatus.Life;
import dev.slipring.core.RegionInspection.Verdict;
import dev.slipring.core.Role;
import dev.slipring.monitor.RegionSnapshot.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots in Prometheus' text format, version 0.0.4. docs/monitoring.md says what each name means; they do not change.
 *
 * <p>Of what is not sound there is only what says so: a damaged word is no measurement. What cannot be told is left out.
 */
public final class PrometheusText {
    /** What HTTP calls the format. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String COUNTER = "counter";
    private static final String GAUGE = "gauge";
    private static final double NS_PER_SECOND = 1e9;

    private final List<RegionSnapshot> all;
    private final List<RegionSnapshot> sound;
    private final StringBuilder text = new StringBuilder();

    private PrometheusText(List<RegionSnapshot> regions) {
        all = regions;
        sound = regions.stream().filter(each -> each.verdict() == Verdict.SOUND).toList();
    }

    /** The text, which ends with a line break. */
    public static String of(List<RegionSnapshot> regions) {
        var writer = new PrometheusText(regions);
        writer.regions();
        writer.flow();
        writer.roles();
        writer.participants();
        return writer.text.toString();
    }

    private void regions() {
        family("slipring_regions", GAUGE, "What lies in the directory, regions or not.", List.of(sample("", all.size())));
        ofRegions(all, "slipring_region_info", GAUGE, "1, with what it is and what an attacher would say to it.", _ -> 1,
            each -> label("kind", each.kind() == null ? "" : each.kind().name()) + label("verdict", each.verdict().name()));
        ofRegions(all, "slipring_region_faults", GAUGE, "How many things are wrong with it; inspect says which.",
            each -> each.faults().size());
        ofRegions(all, "slipring_region_open", GAUGE, "Whether somebody has it open, by the kernel's word.", each -> bit(each.open()));
        ofRegions(all, "slipring_region_file_bytes", GAUGE, "What it takes of the file system.", RegionSnapshot::fileBytes);
        ofRegions(sound, "slipring_region_capacity_bytes", GAUGE, "Its data area.", RegionSnapshot::capacity);
    }

    private void flow() {
        ofRegions(sound, "slipring_ring_published_bytes_total", COUNTER,
            "Bytes of records that producers have published: headers, padding and alignment included.",
            each -> published(each, Unit.BYTES));
        ofRegions(sound, "slipring_ring_consumed_messages_total", COUNTER,
            "Messages consumed for good, of a ring with one consumer.", each -> plausible(each.consumed()));
        ofRegions(sound, "slipring_ring_depth_bytes", GAUGE, "Bytes that wait for the consumer, or for the last of the subscribers.",
            each -> each.unit() == Unit.BYTES ? each.depth() : null);
        ofRegions(sound, "slipring_pool_published_frames_total", COUNTER, "Frames published.", each -> published(each, Unit.FRAMES));
        ofRegions(sound, "slipring_pool_depth_frames", GAUGE, "Frames that wait for the consumer that is furthest behind.",
            each -> each.unit() == Unit.FRAMES ? each.depth() : null);
        ofRegions(sound, "slipring_table_written_versions_total", COUNTER, "Values written, over all slots.",
            each -> published(each, Unit.VERSIONS));
        ofRegions(sound, "slipring_table_slots", GAUGE, "Slots added.", RegionSnapshot::values);
        ofRegions(sound, "slipring_newest_age_seconds", GAUGE, "Since the newest value of a table, or frame of a pool, was published.",
            each -> each.newestNs() == null ? null : (Number) (each.newestNs() / NS_PER_SECOND));
    }

    private void roles() {
        ofRoles("slipring_role_living", GAUGE, "How many take part, by the kernel's word.", RoleSnapshot::living);
        ofRoles("slipring_role_attached_total", COUNTER, "How many ever took part.", RoleSnapshot::attached);
        ofRoles("slipring_role_closed_total", COUNTER, "How many of them left in order.", RoleSnapshot::closedInOrder);
        ofRoles("slipring_role_died_total", COUNTER, "How many of them died, or left without a word.", RoleSnapshot::died);
        ofRoles("slipring_role_asleep", GAUGE, "Whether one of them sleeps in the kernel.", each -> bit(each.asleep()));
    }

    private void participants() {
        ofParticipants("slipring_participant_info", GAUGE, "1, with which life of the slot this is, and of which process.",
            (_, _) -> 1, each -> label("generation", Integer.toString(each.generation())) + label("pid", Long.toString(each.pid())));
        ofParticipants("slipring_participant_alive", GAUGE, "Whether it takes part, by the kernel's word; a stopped one does.",
            (_, each) -> bit(each.life() == Life.ALIVE));
        ofParticipants("slipring_participant_stopped", GAUGE, "Whether its process is stopped; 0 when that cannot be told.",
            (_, each) -> bit(each.stopped()));
        ofParticipants("slipring_participant_sleeps_total", COUNTER, "Sleeps in the kernel.", (_, each) -> each.sleeps());
        ofParticipants("slipring_producer_stalls_total", COUNTER, "Positions at which it could not go on for want of room.",
            (_, each) -> each.role() == Role.PRODUCER ? each.stalls() : null);
        ofParticipants("slipring_consumer_lag_bytes", GAUGE, "How far it is behind the producers.",
            (region, each) -> region.unit() == Unit.BYTES ? each.lag() : null);
        ofParticipants("slipring_consumer_lag_frames", GAUGE, "How many published frames it has not looked for.",
            (region, each) -> region.unit() == Unit.FRAMES ? each.lag() : null);
        ofParticipants("slipring_consumer_gaps_total", COUNTER, "How often it was overtaken, of a broadcast ring's reader.",
            (_, each) -> each.role() == Role.CONSUMER ? each.gaps() : null);
        ofParticipants("slipring_consumer_lost_total", COUNTER, "Messages of a broadcast ring, or frames of a pool, that it lost.",
            (_, each) -> each.role() == Role.CONSUMER ? each.lost() : null);
    }

    private void ofRegions(List<RegionSnapshot> regions, String name, String type, String help,
        Function<RegionSnapshot, @Nullable Number> value) {
        ofRegions(regions, name, type, help, value, _ -> "");
    }

    private void ofRegions(List<RegionSnapshot> regions, String name, String type, String help,
        Function<RegionSnapshot, @Nullable Number> value, Function<RegionSnapshot, String> labels) {
        family(name, type, help, regions.stream()
            .map(each -> sample(label("region", each.name()) + labels.apply(each), value.apply(each))).toList());
    }

    private void ofRoles(String name, String type, String help, Function<RoleSnapshot, Number> value) {
        var samples = new ArrayList<@Nullable String>();
        for (var region : sound) {
            var roles = new @Nullable RoleSnapshot[] {region.producers(), region.consumers()}; // in Role's order
            for (var role : Role.values()) {
                var ofRole = roles[role.ordinal()];
                if (ofRole != null) {
                    samples.add(sample(label("region", region.name()) + role(role), value.apply(ofRole)));
                }
            }
        }
        family(name, type, help, samples);
    }

    private void ofParticipants(String name, String type, String help,
        BiFunction<RegionSnapshot, ParticipantSnapshot, @Nullable Number> value) {
        ofParticipants(name, type, help, value, _ -> "");
    }

    private void ofParticipants(String name, String type, String help,
        BiFunction<RegionSnapshot, ParticipantSnapshot, @Nullable Number> value, Function<ParticipantSnapshot, String> labels) {
        family(name, type, help, sound.stream().flatMap(region -> region.participants().stream()
            .map(each -> sample(label("region", region.name()) + role(each.role()) + label("slot", Integer.toString(each.slot()))
                + label("participant", each.name()) + labels.apply(each), value.apply(region, each)))).toList());
    }

    /** @param samples what stands behind the name; null for what cannot be told */
    private void family(String name, String type, String help, List<@Nullable String> samples) {
        if (samples.stream().anyMatch(Objects::nonNull)) {
            text.append("# HELP ").append(name).append(' ').append(help).append('\n')
                .append("# TYPE ").append(name).append(' ').append(type).append('\n');
            samples.stream().filter(Objects::nonNull).forEach(each -> text.append(name).append(each).append('\n'));
        }
    }

    /** @param labels each of {@link #label}, so with a comma too many */
    private static @Nullable String sample(String labels, @Nullable Number value) {
        return value == null ? null : (labels.isEmpty() ? "" : "{" + labels.substring(0, labels.length() - 1) + "}") + " " + value;
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\",";
    }

    private static String role(Role role) {
        return label("role", role.name().toLowerCase(Locale.ROOT));
    }

    private static @Nullable Long published(RegionSnapshot region, Unit unit) {
        return region.unit() == unit ? plausible(region.published()) : null;
    }

    /** A counter that is negative is damaged. */
    private static @Nullable Long plausible(@Nullable Long count) {
        return count == null || count < 0 ? null : count;
    }

    private static int bit(boolean value) {
        return value ? 1 : 0;
    }
}
