package dev.slipring.monitor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipring.core.ParticipantStatus.Life;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionInspection.Verdict;
import dev.slipring.core.Role;
import dev.slipring.core.RoleStatus.Standing;
import dev.slipring.core.process.Await;
import dev.slipring.core.process.JavaProcess;
import dev.slipring.core.process.SharedMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import javax.management.JMException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two processes have done something and stand still; then one is stopped, one killed, and files are damaged: what the views say of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitorIT {
    private static final List<String> NAMES = List.of("camera", "orders", "quotes", "sensors");

    @TempDir(factory = SharedMemory.class)
    private static Path path;
    private static RegionDirectory directory;
    private static JavaProcess maker;
    private static JavaProcess taker;
    private static long sent;
    private static long ordersPosition;
    private static long quotesPosition;
    private static long gaps;
    private static long lost;
    private static long dropped;

    @BeforeAll
    static void work() {
        directory = new RegionDirectory(path);
        maker = JavaProcess.start(Factory.class, path.toString(), "maker");
        maker.awaitLine("ready");
        taker = JavaProcess.start(Factory.class, path.toString(), "taker");
        taker.awaitLine("ready");
        maker.tell("work");
        sent = Long.parseLong(maker.readLine());
        ordersPosition = Long.parseLong(maker.readLine());
        quotesPosition = Long.parseLong(maker.readLine());
        taker.tell("work");
        gaps = Long.parseLong(taker.readLine());
        lost = Long.parseLong(taker.readLine());
        dropped = Long.parseLong(taker.readLine());
        assertThat(gaps).isPositive();
        assertThat(lost).isPositive();
        assertThat(dropped).isPositive();
    }

    @AfterAll
    static void leave() {
        maker.close();
        taker.close();
    }

    @Test
    @Order(1)
    void aSnapshotSaysWhatTheProcessesSayOfThemselves() {
        var all = RegionSnapshot.all(directory);
        assertThat(all).extracting(RegionSnapshot::name).containsExactlyElementsOf(NAMES);
        var orders = named("orders");
        assertThat(orders.published()).isEqualTo(ordersPosition);
        assertThat(orders.consumed()).isEqualTo(2);
        assertThat(orders.depth()).isEqualTo(ordersPosition / sent * (sent - 2));
        assertThat(of(orders, Role.PRODUCER).stalls()).isEqualTo(1);
        assertThat(of(orders, Role.CONSUMER).lag()).isEqualTo(orders.depth());
        var quotes = named("quotes");
        assertThat(quotes.published()).isEqualTo(quotesPosition);
        var reader = of(quotes, Role.CONSUMER);
        assertThat(reader.gaps()).isEqualTo(gaps);
        assertThat(reader.lost()).isEqualTo(lost);
        assertThat(reader.sleeps()).isPositive();
        assertThat(reader.lag()).as("it has no gate").isNull();
        var camera = named("camera");
        assertThat(camera.published()).isEqualTo(Factory.FRAMES);
        assertThat(of(camera, Role.CONSUMER).lost()).isEqualTo(dropped);
        assertThat(camera.newestNs()).isPositive();
        var sensors = named("sensors");
        assertThat(sensors.published()).isEqualTo(2);
        assertThat(sensors.values()).isEqualTo(1);
        assertThat(sensors.newestNs()).isPositive();
        assertThat(sensors.consumers()).as("its readers are unknown").isNull();
    }

    @Test
    @Order(2)
    void noViewChangesAByte() throws Exception {
        var before = checksums();
        prometheus();
        bean();
        event("orders");
        assertThat(checksums()).isEqualTo(before).hasSize(NAMES.size());
    }

    @Test
    @Order(3)
    void thePrometheusTextSaysTheSame() {
        var text = prometheus();
        assertThat(text.count("slipring_regions")).isEqualTo(NAMES.size());
        assertThat(text.count("slipring_region_info", "region", "orders", "kind", "SPSC_RING", "verdict", "SOUND")).isEqualTo(1);
        assertThat(text.count("slipring_ring_published_bytes_total", "region", "orders")).isEqualTo(ordersPosition);
        assertThat(text.count("slipring_ring_consumed_messages_total", "region", "orders")).isEqualTo(2);
        assertThat(text.count("slipring_producer_stalls_total", "region", "orders", "participant", "the \\\"maker\\\"")).isEqualTo(1);
        assertThat(text.count("slipring_consumer_gaps_total", "region", "quotes", "participant", "taker")).isEqualTo(gaps);
        assertThat(text.count("slipring_consumer_lost_total", "region", "quotes", "participant", "taker")).isEqualTo(lost);
        assertThat(text.count("slipring_consumer_lost_total", "region", "camera", "participant", "taker")).isEqualTo(dropped);
        assertThat(text.count("slipring_pool_published_frames_total", "region", "camera")).isEqualTo(Factory.FRAMES);
        assertThat(text.count("slipring_table_written_versions_total", "region", "sensors")).isEqualTo(2);
        assertThat(text.value("slipring_newest_age_seconds", "region", "sensors")).isPositive();
        assertThat(text.all("slipring_participant_alive")).hasSize(7).containsOnly(1.0);
        assertThat(text.count("slipring_participant_info", "region", "orders", "role", "consumer", "pid", Long.toString(taker.pid())))
            .isEqualTo(1);
    }

    @Test
    @Order(4)
    void theBeanSaysTheSame() throws JMException {
        var regions = bean();
        assertThat(regions.size()).isEqualTo(NAMES.size());
        var orders = (CompositeData) regions.get(new Object[] {"orders"}).get("value");
        assertThat(orders.get("published")).isEqualTo(ordersPosition);
        assertThat(orders.get("verdict")).isEqualTo("SOUND");
        assertThat(orders.get("newestNs")).isNull();
        var participants = (CompositeData[]) orders.get("participants");
        assertThat(participants[0].get("stalls")).isEqualTo(1L);
        assertThat(participants[0].get("pid")).isEqualTo(maker.pid());
    }

    @Test
    @Order(5)
    void aBeanIsRegisteredOnceForADirectoryAndGoesWhenItIsClosed() {
        var server = ManagementFactory.getPlatformMBeanServer();
        try (var metrics = RegionMetrics.register(server, directory)) {
            assertThat(metrics.region("orders").published()).isEqualTo(ordersPosition);
            assertThatThrownBy(() -> RegionMetrics.register(server, directory)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(path.toString());
            metrics.close();
            assertThat(server.isRegistered(RegionMetrics.nameOf(directory))).isFalse();
        }
    }

    @Test
    @Order(6)
    void theEventSaysTheSame() throws IOException {
        var quotes = event("quotes");
        assertThat(quotes.getLong("published")).isEqualTo(quotesPosition);
        assertThat(quotes.getString("unit")).isEqualTo("BYTES");
        assertThat(quotes.getLong("lost")).isEqualTo(lost);
        assertThat(quotes.getLong("sleeps")).isPositive();
        assertThat(quotes.getInt("producers")).isEqualTo(1);
        assertThat(quotes.getInt("stopped")).isZero();
    }

    @Test
    @Order(7)
    void whoIsStoppedLivesAndWhoIsKilledHasDiedInEveryView() throws Exception {
        maker.stop();
        taker.kill();
        Await.until("the kernel has let its locks go", () -> of(named("orders"), Role.CONSUMER).life() == Life.DEAD);
        var orders = named("orders");
        assertThat(of(orders, Role.PRODUCER).stopped()).isTrue();
        assertThat(requireNonNull(orders.producers()).standing()).isEqualTo(Standing.ALIVE);
        assertThat(requireNonNull(orders.consumers()).standing()).isEqualTo(Standing.DEAD);
        assertThat(requireNonNull(orders.consumers()).died()).as("though nobody has counted it").isEqualTo(1);
        var text = prometheus();
        assertThat(text.count("slipring_participant_stopped", "region", "orders", "role", "producer")).isEqualTo(1);
        assertThat(text.count("slipring_participant_alive", "region", "orders", "role", "consumer")).isZero();
        assertThat(text.count("slipring_role_died_total", "region", "quotes", "role", "consumer")).isEqualTo(1);
        assertThat(text.count("slipring_role_living", "region", "quotes", "role", "consumer")).isZero();
        assertThat(text.count("slipring_consumer_lost_total", "region", "quotes", "role", "consumer")).as("its last words")
            .isEqualTo(lost);
        var event = event("quotes");
        assertThat(event.getLong("died")).isEqualTo(1);
        assertThat(event.getInt("stopped")).isEqualTo(1);
    }

    @Test
    @Order(8)
    void whatIsNotSoundIsSaidAndNotMeasured() throws Exception {
        Files.copy(path.resolve("orders"), path.resolve("dented"));
        try (var file = FileChannel.open(path.resolve("dented"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {77}), 83);
        }
        Files.copy(path.resolve("quotes"), path.resolve("short"));
        try (var file = FileChannel.open(path.resolve("short"), StandardOpenOption.WRITE)) {
            file.truncate(70_000);
        }
        Files.writeString(path.resolve("no\n\"region\"\\"), "hello");
        Files.createDirectory(path.resolve("folder"));
        var text = prometheus();
        assertThat(text.count("slipring_regions")).isEqualTo(NAMES.size() + 4);
        for (var each : Map.of("dented", "DAMAGED", "short", "DAMAGED", "no\n\"region\"\\", "FOREIGN", "folder", "FOREIGN").entrySet()) {
            assertThat(text.count("slipring_region_info", "region", each.getKey(), "verdict", each.getValue())).isEqualTo(1);
            assertThat(text.count("slipring_region_faults", "region", each.getKey())).isPositive();
            assertThat(text.names().stream().filter(name -> !text.all(name, "region", each.getKey()).isEmpty())).containsExactly(
                "slipring_region_info", "slipring_region_faults", "slipring_region_open", "slipring_region_file_bytes");
        }
        assertThat(text.count("slipring_ring_published_bytes_total", "region", "orders")).as("beside the sound").isEqualTo(ordersPosition);
        assertThat(bean().size()).isEqualTo(NAMES.size() + 4);
        assertThat(event("dented").getString("verdict")).isEqualTo("DAMAGED");
        assertThat(event("short").getString("faults")).contains("file length");
        assertThat(named("dented").verdict()).isEqualTo(Verdict.DAMAGED);
    }

    private static RegionSnapshot named(String name) {
        return RegionSnapshot.of(RegionLook.at(directory, name));
    }

    private static ParticipantSnapshot of(RegionSnapshot region, Role role) {
        return region.participants().stream().filter(each -> each.role() == role).findFirst().orElseThrow();
    }

    private static Exposition prometheus() {
        return Exposition.of(PrometheusText.of(RegionSnapshot.all(directory)));
    }

    /** As a JMX client sees it, in open types. */
    private static TabularData bean() throws JMException {
        var server = ManagementFactory.getPlatformMBeanServer();
        try (var metrics = RegionMetrics.register(server, directory)) {
            assertThat(server.getAttribute(RegionMetrics.nameOf(directory), "Directory")).isEqualTo(metrics.getDirectory());
            return (TabularData) server.getAttribute(RegionMetrics.nameOf(directory), "Regions");
        }
    }

    private static RecordedEvent event(String region) throws IOException {
        var file = path.resolveSibling(path.getFileName() + ".jfr");
        try (var events = RegionEvents.of(directory); var recording = new Recording()) {
            recording.enable("dev.slipring.Region").withPeriod(Duration.ofMillis(10));
            recording.start();
            var found = new ArrayList<RecordedEvent>();
            Await.until("there is an event of " + region, () -> {
                try {
                    recording.dump(file);
                    RecordingFile.readAllEvents(file).stream().filter(each -> each.getEventType().getName().equals("dev.slipring.Region")
                        && each.getString("region").equals(region)).forEach(found::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return !found.isEmpty();
            });
            assertThat(events).isNotNull();
            return found.getFirst();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Map<String, Long> checksums() throws IOException {
        var checksums = new TreeMap<String, Long>();
        for (String name : NAMES) {
            var checksum = new CRC32C();
            checksum.update(Files.readAllBytes(path.resolve(name)));
            checksums.put(name, checksum.getValue());
        }
        return checksums;
    }
}
