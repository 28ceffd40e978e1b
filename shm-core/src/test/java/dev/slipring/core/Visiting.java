package dev.slipring.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Scanner;
import org.jspecify.annotations.Nullable;

/** Main class of another process, often another user's: does what its parent says with "region" in the standard directory, and answers. */
final class Visiting {
    private static @Nullable Region held;

    private Visiting() {
    }

    /** Each line of standard input is a command; each answer is a line: what came of it, or the refusal. */
    public static void main(String[] arguments) throws IOException {
        var lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            try {
                System.out.println(answer(lines.nextLine()));
            } catch (SlipringException e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    private static Object answer(String command) throws IOException {
        var words = command.split(" ", -1);
        var here = Attachment.standard();
        return switch (words[0]) {
            case "watch" -> hold(Region.watch("region", RegionKind.SPSC_RING, here));
            case "join" -> hold(Region.attach("region", RegionKind.SPSC_RING, Access.JOIN, Role.CONSUMER, true, here));
            case "own" -> hold(Region.attach("region", RegionKind.SPSC_RING, Access.OWN, Role.PRODUCER, true, here));
            case "load" -> held().view(Area.DATA).getLongAcquire(0);
            case "store" -> {
                held().memory(Area.DATA).putLongRelease(0, Long.parseLong(words[1]));
                yield "stored";
            }
            case "dead" -> held().participants().isDead(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "close" -> {
                held().close();
                yield "closed";
            }
            case "create" -> {
                Region.create(here.directory(), "region", Meeting.SPEC.with(Sharing.valueOf(words[1])), MemorySeam.DIRECT, areas -> { });
                yield "created";
            }
            case "free" -> Files.getFileStore(here.directory().path()).getUnallocatedSpace();
            case "remove" -> {
                Region.remove(here.directory(), "region");
                yield "removed";
            }
            default -> throw new IllegalArgumentException(command);
        };
    }

    private static String hold(Region region) {
        held = region;
        return "open";
    }

    private static Region held() {
        if (held == null) {
            throw new IllegalStateException("nothing is open");
        }
        return held;
    }
}
