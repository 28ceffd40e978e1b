package dev.slipring.cli;

import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.TableReader;

/** Finds the slots of a table by what people call them. */
record Slots(TableReader table) {
    /**
     * The slot of that name, else of that number.
     *
     * @throws VerbFailure when there is none
     */
    SlotKey find(String wanted) {
        for (int number = 0; number < table.count(); number++) {
            var key = table.key(number);
            if (key.name().equals(wanted) || (key.name().isEmpty() && Long.toString(key.value()).equals(wanted))) {
                return key;
            }
        }
        throw new VerbFailure(ExitCode.NOT_FOUND, "there is no slot " + wanted + " among the " + table.count()
            + " of this table: slipring slot NAME lists them");
    }
}
