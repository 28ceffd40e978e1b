package dev.slipring.core;

/**
 * Which messages a region carries, as SBE counts them. Two attachments agree when their ids are the same and neither's version is below
 * what the region says a reader must know; versions of one id read each other by SBE's rules.
 *
 * @param id               schema id, 0…65535; 0 is "no schema"
 * @param version          schema version of the creator or attacher, 0…65535
 * @param minReaderVersion lowest version a reader may have, 0…version
 */
public record Schema(int id, int version, int minReaderVersion) {
    /** Bytes without a schema. Such a region is attached to only by those who also say {@code NONE}. */
    public static final Schema NONE = new Schema(0, 0, 0);

    /** Checks the ranges. */
    public Schema {
        requireRange("id", id, 65_535);
        requireRange("version", version, 65_535);
        requireRange("minReaderVersion", minReaderVersion, version);
    }

    private static void requireRange(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException("schema " + name + "=" + value + " is outside 0…" + max);
        }
    }

    @Override
    public String toString() {
        return id == 0 ? "no schema" : "schema id " + id + " version " + version + " (readers from version " + minReaderVersion + ")";
    }
}
