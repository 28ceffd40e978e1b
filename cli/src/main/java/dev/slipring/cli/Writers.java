package dev.slipring.cli;

import dev.slipring.core.RegionInspection;

/** Who a participant is that left its identity somewhere. */
record Writers(RegionInspection inspection) {
    /** Its process and name, if it still takes part, or has died and was not counted yet; else its identity alone. */
    String name(int slot, int generation) {
        return inspection.participants().stream().filter(each -> each.who().slot() == slot && each.who().generation() == generation)
            .map(each -> ParticipantView.of(each).inBrief()).findFirst()
            .orElse("participant " + slot + " of generation " + generation + ", gone");
    }
}
