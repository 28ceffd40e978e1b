package dev.slipring.examples.trading;

/** One of the two lines on which the market sends everything, as exchanges do, so that one may fail. */
enum Line {
    /** The first. */
    A,
    /** The second. */
    B;

    /** In messages, whose schema knows no lines, each is a venue. */
    int venueId() {
        return ordinal() + 1;
    }

    static Line ofVenue(int venueId) {
        return switch (venueId) {
            case 1 -> A;
            case 2 -> B;
            default -> throw new IllegalStateException("expected venue 1 or 2, the lines of the market, found " + venueId);
        };
    }
}
