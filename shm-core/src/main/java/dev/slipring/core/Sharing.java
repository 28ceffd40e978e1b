package dev.slipring.core;

/**
 * Who besides its owner may use a region. A group needs a directory to meet in, too: one of mode 2750 (the owner creates) or 2770 (every
 * member may), chosen with {@code SLIPRING_DIR}, whose group the regions in it take over.
 */
public enum Sharing {
    /** Mode 0600: nobody. */
    PRIVATE(0600),
    /** Mode 0640: the group may {@link Access#WATCH}. */
    GROUP_WATCHES(0640),
    /** Mode 0660: the group may take part in every role, and thereby store anything. */
    GROUP_JOINS(0660);

    private final int mode;

    Sharing(int mode) {
        this.mode = mode;
    }

    int mode() {
        return mode;
    }
}
