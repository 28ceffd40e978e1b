package dev.slipring.core;

import dev.slipring.core.process.JavaProcess;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Main class of another process: attaches in a role, says so, and stays until its parent lets it go. */
final class Participating {
    private Participating() {
    }

    /**
     * Arguments: directory, region, role or "WATCHER", and how to stay: "close", "exit" (without closing at the end), "store" (stores until
     * killed) or "stay" (in the middle of arriving, with the repair lock).
     */
    public static void main(String[] arguments) {
        var meeting = new Meeting(Path.of(arguments[0]));
        var attachment = meeting.attachment.as("the other process");
        if (arguments[3].equals("stay")) {
            attachment = attachment.through(Participating::stayAtTheRecord);
        }
        var region = switch (arguments[2]) {
            case "PRODUCER" -> Meeting.producer(arguments[1], attachment);
            case "CONSUMER" -> Meeting.consumer(arguments[1], attachment);
            default -> meeting.watcher(arguments[1]);
        };
        System.out.println("slot " + region.participants().slot() + " generation " + region.participants().generation());
        System.out.println("attached");
        if (arguments[3].equals("store")) {
            var data = region.memory(Area.DATA);
            for (long value = 1; ; value++) {
                data.putLongRelease(0, value);
            }
        }
        JavaProcess.awaitParent();
        if (!arguments[3].equals("exit")) {
            region.close();
        }
    }

    /** By then the slot has its lock and its generation, and its state is still FREE. */
    private static Memory stayAtTheRecord(Area area, Memory memory) {
        var stays = new AtomicBoolean(area == Area.PARTICIPANTS);
        return new SpyMemory(memory, (operation, offset) -> {
            if (operation.equals("plain") && stays.getAndSet(false)) {
                System.out.println("registering");
                JavaProcess.awaitParent();
            }
        });
    }
}
