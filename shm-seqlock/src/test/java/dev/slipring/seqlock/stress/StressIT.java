package dev.slipring.seqlock.stress;

import dev.slipring.core.process.SharedMemory;
import dev.slipring.core.stress.StressSuite;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The races of slots, by jcstress: a {@link StressSuite}. */
class StressIT {
    private static final Set<String> SHOWN_ANYWHERE = Set.of("SlotRace.ReadStampOvertakes", "SlotRace.ReadWithoutSecondLook",
        "SlotRace.ReadWithoutOddStamp");
    /** The last is a control. */
    private static final Set<String> SLICE = Set.of("SlotRace.Newest", "SlotRace.ReadWithoutSecondLook");

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @Test
    void nothingForbiddenHappensAndWhatIsBrokenOnPurposeIsSeen() throws Exception {
        new StressSuite(StressIT.class.getPackageName(), SLICE, SHOWN_ANYWHERE).run(directory);
    }
}
