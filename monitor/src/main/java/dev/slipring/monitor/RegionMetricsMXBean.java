package dev.slipring.monitor;

import java.util.Map;

/** The regions of a directory, for JMX. Every question looks anew; see {@link RegionMetrics}. */
public interface RegionMetricsMXBean {
    /** The directory's path. */
    String getDirectory();

    /** Each region, or what lies there in place of one, by its name. */
    Map<String, RegionSnapshot> getRegions();

    /**
     * One of them.
     *
     * @throws dev.slipring.core.RegionNotFound when there is nothing of that name
     */
    RegionSnapshot region(String name);
}
