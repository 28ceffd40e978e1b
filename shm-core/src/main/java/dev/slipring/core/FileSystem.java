package dev.slipring.core;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The file systems known by name, and why some of them cannot carry regions. One that is not known cannot either. */
enum FileSystem {
    TMPFS(0x0102_1994L, ""),
    HUGETLBFS(0x9584_58f6L, ""),
    EXT4(0xef53L, ""),
    XFS(0x5846_5342L, ""),
    NFS(0x6969L, "its mappings are not coherent between machines"),
    NINE_P(0x0102_1997L, "its locks and mappings may not reach the other side"),
    FUSE(0x6573_5546L, "its server decides what shared mappings and locks mean"),
    OVERLAY(0x794c_7630L, "a file may become another one when it is first written, under whoever has the old one mapped");

    private final long magic;
    private final String objection;

    FileSystem(long magic, String objection) {
        this.magic = magic;
        this.objection = objection;
    }

    /**
     * The file system of an open file or directory.
     *
     * @throws AccessDenied when it cannot carry regions
     */
    static FileSystem require(int fd, Path path) {
        return require(Linux.fileSystemType(fd), path);
    }

    /** The file system of this magic number; throws as above. */
    static FileSystem require(long magic, Path path) {
        for (var each : values()) {
            if (each.magic == magic && each.objection.isEmpty()) {
                return each;
            }
        }
        throw new AccessDenied(path + " is on a file system of type " + describe(magic) + ", expected " + usable()
            + ": choose another directory with SLIPRING_DIR");
    }

    private static String describe(long magic) {
        String number = "0x" + Long.toHexString(magic);
        return Arrays.stream(values()).filter(each -> each.magic == magic).findFirst()
            .map(known -> number + " (" + known + ": " + known.objection + ")")
            .orElse(number + " (nothing is known of its shared mappings and locks)");
    }

    private static String usable() {
        return Arrays.stream(values()).filter(each -> each.objection.isEmpty()).map(FileSystem::toString)
            .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return this == NINE_P ? "9p" : name().toLowerCase(Locale.ROOT);
    }
}
