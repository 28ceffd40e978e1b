package dev.slipring.codec;

import java.util.Arrays;

/**
 * A schema's id and version, and how long the block of each message was in each version so far. A block shorter than its version demands
 * would have a decoder take the bytes of groups and texts for fields.
 *
 * <p>Threads: immutable. {@link TradingSchema#HISTORY} is one.
 */
public final class SchemaHistory {
    /** In place of a block length: that version had no such message. */
    public static final int ABSENT = -1;

    private static final int MAX_UINT16 = 65_535;

    private final int id;
    private final int version;
    private final int minReaderVersion;
    private final int[][] blockLengths;

    private SchemaHistory(int id, int version, int minReaderVersion, int[][] blockLengths) {
        this.id = id;
        this.version = version;
        this.minReaderVersion = minReaderVersion;
        this.blockLengths = blockLengths;
    }

    /**
     * A schema without messages so far.
     *
     * @param id               schema id, 1…65535
     * @param version          present version, 0…65535
     * @param minReaderVersion lowest version whose readers read the present one, 0…version
     * @throws IllegalArgumentException outside these ranges
     */
    public static SchemaHistory of(int id, int version, int minReaderVersion) {
        requireRange("id", id, 1, MAX_UINT16);
        requireRange("version", version, 0, MAX_UINT16);
        requireRange("minReaderVersion", minReaderVersion, 0, version);
        return new SchemaHistory(id, version, minReaderVersion, new int[0][]);
    }

    /**
     * A copy that knows one more message.
     *
     * @param templateId    0…65535
     * @param blockLengths  bytes of its block in version 0, 1, … and so on to the present one; {@link #ABSENT} before it was introduced
     * @throws IllegalArgumentException when a version lacks its length, or a block becomes shorter
     */
    public SchemaHistory message(int templateId, int... blockLengths) {
        requireRange("templateId", templateId, 0, MAX_UINT16);
        if (blockLengths.length != version + 1) {
            throw new IllegalArgumentException("template " + templateId + ": " + blockLengths.length + " block lengths for the "
                + (version + 1) + " versions 0…" + version + "; give one for each");
        }
        int before = ABSENT;
        for (int length : blockLengths) {
            requireRange("block length of template " + templateId, length, before, MAX_UINT16);
            before = length;
        }
        var more = Arrays.copyOf(this.blockLengths, Math.max(this.blockLengths.length, templateId + 1));
        more[templateId] = blockLengths.clone();
        return new SchemaHistory(id, version, minReaderVersion, more);
    }

    /** Schema id, as messages and regions carry it. */
    public int id() {
        return id;
    }

    /** Version of the codecs that this build generated. */
    public int version() {
        return version;
    }

    /** Lowest version whose readers read what this version writes; a region carries it. */
    public int minReaderVersion() {
        return minReaderVersion;
    }

    /**
     * Least bytes of a message's block. A version after the present one only appends, so it demands at least what the present one does.
     *
     * @param templateId a template that this history knows
     * @param actingVersion version that the message was written in, 0…65535
     * @return bytes, or {@link #ABSENT} when that version had no such message
     * @throws IllegalArgumentException when the template is unknown here: add it with {@link #message}
     */
    public int blockLength(int templateId, int actingVersion) {
        var lengths = templateId < blockLengths.length ? blockLengths[templateId] : null;
        if (lengths == null) {
            throw new IllegalArgumentException("template " + templateId + " is not in the history of schema " + id
                + ": add it with message(…)");
        }
        return lengths[Math.min(actingVersion, version)];
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + "=" + value + " is outside " + min + "…" + max);
        }
    }

    @Override
    public String toString() {
        return "schema id " + id + " version " + version + " (readers from version " + minReaderVersion + ")";
    }
}
