package dev.slipring.cli;

import dev.slipring.cli.text.Output;
import dev.slipring.cli.text.Units;
import dev.slipring.frame.PixelFormat;
import dev.slipring.frame.PoolOptions;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.RingOptions;
import dev.slipring.seqlock.SlotOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what regions take of {@code /dev/shm}, before they are created. */
@Command(name = "size", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Says how much memory a region takes, and what to give docker's --shm-size.")
final class SizeCommand implements Runnable {
    private static final long MEBIBYTE = 1 << 20;
    private static final long DOCKER_STANDARD = 64 * MEBIBYTE;

    @Spec
    private CommandSpec command = CommandSpec.create();

    /**
     * What {@code --json} prints.
     *
     * @param regionBytes   of one region, where pages are small
     * @param hugePageBytes of one region on hugetlbfs with pages of 2 MiB
     * @param count         how many there will be
     * @param totalBytes    of all of them, where pages are small
     * @param shmSize       the least that {@code --shm-size} may be for them alone
     */
    record Size(String what, long regionBytes, long hugePageBytes, int count, long totalBytes, String shmSize) {
        static Size of(String what, long regionBytes, long hugePageBytes, int count) {
            if (count < 1) {
                throw new IllegalArgumentException("--count=" + count + " is not positive");
            }
            long total = Math.multiplyExact(regionBytes, count);
            return new Size(what, regionBytes, hugePageBytes, count, total, (total + MEBIBYTE - 1) / MEBIBYTE + "m");
        }

        void print(Output output) {
            output.line(output.heading(what));
            output.line("  " + regionBytes + " bytes (" + Units.bytes(regionBytes) + "); " + hugePageBytes + " on huge pages of 2 MiB");
            if (count > 1) {
                output.line("  " + count + " of them: " + totalBytes + " bytes (" + Units.bytes(totalBytes) + ")");
            }
            output.line("  docker run --shm-size=" + shmSize + (totalBytes <= DOCKER_STANDARD ? "  (without the option it is 64m, enough)"
                : "  (without the option it is 64m, too little)"));
            output.line("  Kubernetes: emptyDir {medium: Memory, sizeLimit: " + shmSize.replace("m", "Mi") + "}");
            output.line("  the same again for every other region there");
        }
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "of what? ring, broadcast, slots or frames");
    }

    @Command(name = "ring", mixinStandardHelpOptions = true, description = "Of a ring with one consumer, SPSC or MPSC.")
    int ring(@Mixin Common common, @Option(names = "--capacity", required = true, paramLabel = "BYTES",
        description = "A power of two, such as 64k or 1m; a message has at most an eighth of it.") String capacity,
        @Option(names = "--count", defaultValue = "1", description = "How many of them.") int count) {
        var options = RingOptions.ofCapacity(intBytes("--capacity", capacity));
        return print(common, Size.of("ring of " + capacity, options.regionBytes(), options.hugePageBytes(), count));
    }

    @Command(name = "broadcast", mixinStandardHelpOptions = true, description = "Of a broadcast ring.")
    int broadcast(@Mixin Common common, @Option(names = "--capacity", required = true, paramLabel = "BYTES",
        description = "A power of two, 4k or more; a message has at most an eighth of it, less 8 bytes.") String capacity,
        @Option(names = "--count", defaultValue = "1", description = "How many of them.") int count) {
        var options = BroadcastRing.requireSuited(RingOptions.ofCapacity(intBytes("--capacity", capacity)));
        return print(common, Size.of("broadcast ring of " + capacity, options.regionBytes(), options.hugePageBytes(), count));
    }

    @Command(name = "slots", mixinStandardHelpOptions = true, description = "Of a slot, or a table of slots.")
    int slots(@Mixin Common common, @Option(names = "--payload", required = true, paramLabel = "BYTES",
        description = "Longest value, 8 bytes to 64k.") String payload,
        @Option(names = "--slots", defaultValue = "1", description = "How many slots.") int slots,
        @Option(names = "--cells", defaultValue = "4", description = "Versions of each that are retained, a power of two.") int cells,
        @Option(names = "--count", defaultValue = "1", description = "How many of such tables.") int count) {
        var options = SlotOptions.ofPayload(intBytes("--payload", payload)).cells(cells).slots(slots);
        return print(common, Size.of(slots + " slots of " + cells + " × " + payload, options.regionBytes(), options.hugePageBytes(),
            count));
    }

    @Command(name = "frames", mixinStandardHelpOptions = true, description = "Of a frame pool.")
    int frames(@Mixin Common common, @Option(names = "--frames", required = true, description = "How many, 2 to 256.") int frames,
        @Option(names = "--bytes", paramLabel = "BYTES", description = "What a frame holds.") @Nullable String bytes,
        @Option(names = "--format", description = "Or its format: ${COMPLETION-CANDIDATES}") @Nullable PixelFormat format,
        @Option(names = "--size", paramLabel = "WIDTHxHEIGHT", description = "With its size, such as 1920x1080.") @Nullable String size,
        @Option(names = "--count", defaultValue = "1", description = "How many of such pools.") int count) {
        PoolOptions options;
        String what;
        if (bytes != null && format == null && size == null) {
            options = PoolOptions.of(frames, intBytes("--bytes", bytes));
            what = frames + " frames of " + bytes;
        } else if (bytes == null && format != null && size != null) {
            options = PoolOptions.of(frames, format.size(pixels(size, 0), pixels(size, 1)));
            what = frames + " frames of " + format + " " + size;
        } else {
            throw new IllegalArgumentException("either --bytes, or --format and --size");
        }
        return print(common, Size.of(what, options.regionBytes(), options.hugePageBytes(), count));
    }

    private static int print(Common common, Size size) {
        common.output().print(size, size::print);
        return ExitCode.OK;
    }

    private static int pixels(String size, int index) {
        var parts = size.toLowerCase(Locale.ROOT).split("x", -1);
        if (parts.length != 2 || !parts[index].matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("--size=" + size + " is none, expected one such as 1920x1080");
        }
        return Integer.parseInt(parts[index]);
    }

    private static int intBytes(String option, String text) {
        long bytes = Units.parse(text);
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(option + "=" + text + " is outside 1…" + Integer.MAX_VALUE);
        }
        return (int) bytes;
    }
}
