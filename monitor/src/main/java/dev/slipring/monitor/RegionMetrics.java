package dev.slipring.monitor;

import dev.slipring.core.RegionDirectory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanRegistrationException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The regions of a directory as a JMX bean, in any JVM whose user may read them; it need not take part in any.
 *
 * <pre>{@code
 * try (var metrics = RegionMetrics.register(ManagementFactory.getPlatformMBeanServer(), RegionDirectory.standard())) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Named {@code dev.slipring:type=Regions,directory="…"}. Threads: any. Nothing runs between two questions.
 */
public final class RegionMetrics implements RegionMetricsMXBean, AutoCloseable {
    private final RegionDirectory directory;
    private final MBeanServer server;
    private final ObjectName name;

    private RegionMetrics(MBeanServer server, RegionDirectory directory, ObjectName name) {
        this.server = server;
        this.directory = directory;
        this.name = name;
    }

    /**
     * Makes the bean known.
     *
     * @throws IllegalStateException when the server has one of that directory, or refuses
     */
    public static RegionMetrics register(MBeanServer server, RegionDirectory directory) {
        Objects.requireNonNull(server, "server");
        try {
            var metrics = new RegionMetrics(server, directory, nameOf(directory));
            server.registerMBean(metrics, metrics.name);
            return metrics;
        } catch (JMException e) {
            throw new IllegalStateException("cannot register the regions of " + directory.path() + ": " + e, e);
        }
    }

    /** What the bean of a directory is called. */
    public static ObjectName nameOf(RegionDirectory directory) {
        try {
            return new ObjectName("dev.slipring:type=Regions,directory=" + ObjectName.quote(directory.path().toString()));
        } catch (JMException e) {
            throw new IllegalStateException("quoted, it is a name", e);
        }
    }

    @Override
    public String getDirectory() {
        return directory.path().toString();
    }

    @Override
    public Map<String, RegionSnapshot> getRegions() {
        var regions = new LinkedHashMap<String, RegionSnapshot>();
        RegionSnapshot.all(directory).forEach(each -> regions.put(each.name(), each));
        return regions;
    }

    @Override
    public RegionSnapshot region(String regionName) {
        return RegionSnapshot.of(RegionLook.at(directory, regionName));
    }

    /** Takes the bean away. Idempotent. */
    @Override
    public void close() {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException e) {
            // it has gone already
        } catch (MBeanRegistrationException e) {
            throw new IllegalStateException("cannot unregister " + name, e);
        }
    }
}
