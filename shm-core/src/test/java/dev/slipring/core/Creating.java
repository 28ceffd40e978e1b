package dev.slipring.core;

import java.nio.file.Path;

/** Main class of another process: creates regions, and says what came of it. */
final class Creating {
    private Creating() {
    }

    /** Arguments: "one", directory, capacity; or "forever", directory; or "standard". */
    public static void main(String[] arguments) {
        switch (arguments[0]) {
            case "one" -> report(() -> create(new RegionDirectory(Path.of(arguments[1])), "region", Long.parseLong(arguments[2])));
            case "standard" -> report(() -> create(RegionDirectory.standard(), "region", 4096));
            default -> {
                var directory = new RegionDirectory(Path.of(arguments[1]));
                System.out.println("creating");
                while (true) {
                    create(directory, "region", 1 << 20);
                    Region.remove(directory, "region");
                }
            }
        }
    }

    private static void create(RegionDirectory directory, String name, long capacity) {
        var spec = new RegionSpec(RegionKind.SPSC_RING, capacity, 64, 0, false, Schema.NONE);
        Region.create(directory, name, spec, MemorySeam.DIRECT, areas -> {
            for (int offset = 0; offset < capacity; offset += 4096) {
                areas.memory(Area.DATA).putLong(offset, -1);
            }
        });
    }

    private static void report(Runnable creation) {
        try {
            creation.run();
            System.out.println("created");
        } catch (SlipringException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
