package dev.slipring.ring.stress;

import dev.slipring.core.process.SharedMemory;
import dev.slipring.core.stress.StressSuite;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The races of rings and of the memory seam, by jcstress: a {@link StressSuite}. */
class StressIT {
    private static final Set<String> SHOWN_ANYWHERE = Set.of("SpscPublish.OfferBroken", "SpscPublish.BatchOfThreeBroken",
        "SpscReuse.LapBroken", "MpscClaims.ClaimBroken", "MpscClaims.OfferBroken", "MpscReuse.LapBroken", "MpscReuse.MarksBroken",
        "BroadcastLap.PollBroken", "BroadcastLap.InPlaceBroken", "FrameLeases.LeaseBroken", "SeamOrder.DekkerUnordered");
    /** The last is a control. */
    private static final Set<String> SLICE = Set.of("SpscPublish.Offer", "SpscPublish.BatchOfThree", "SpscReuse.Lap", "MpscClaims.Claim",
        "MpscClaims.Commit", "MpscDeath.CommitAndDie", "MpscReuse.Lap", "BroadcastLap.Poll", "BroadcastLap.InPlace",
        "FrameLeases.Lease", "SeamOrder.DekkerByUnequalFences", "SeamOrder.DekkerUnordered");

    @TempDir(factory = SharedMemory.class)
    private Path directory;

    @Test
    void nothingForbiddenHappensAndWhatIsBrokenOnPurposeIsSeen() throws Exception {
        new StressSuite(StressIT.class.getPackageName(), SLICE, SHOWN_ANYWHERE).run(directory);
    }
}
