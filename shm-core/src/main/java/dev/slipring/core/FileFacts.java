package dev.slipring.core;

import java.util.Locale;

/**
 * What the file system says of a file.
 *
 * @param type  what it is, with its article: "a regular file"
 * @param bytes its length
 * @param user  id of its owner
 * @param group id of its group
 * @param mode  permissions, set-id and sticky bits
 * @param names how many names it has
 */
public record FileFacts(String type, long bytes, int user, int group, int mode, int names) {
    static FileFacts of(Linux.FileStatus status) {
        return new FileFacts(status.typeName(), status.size(), status.uid(), status.gid(), status.mode() & 07777, status.links());
    }

    /** The mode as {@code chmod} takes it. */
    public String octalMode() {
        return String.format(Locale.ROOT, "%04o", mode);
    }
}
