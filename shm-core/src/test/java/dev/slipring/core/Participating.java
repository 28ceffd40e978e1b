package dev.slipring.core;

import dev.slipring.core.process.JavaProcess;
import java.nio.file.Path;

/** Main class of another process: attaches in a role, says so, and stays until its parent lets it go. */
final class Participating {
    private Participating() {
    }

    /** Arguments: directory, region, role, and how to end: "close", "exit" (without closing) or "store" (stores until killed). */
    public static void main(String[] arguments) {
        var meeting = new Meeting(Path.of(arguments[0]));
        var attachment = meeting.attachment.as("the other process");
        var role = Role.valueOf(arguments[2]);
        var region = role == Role.PRODUCER ? Meeting.producer(arguments[1], attachment) : Meeting.consumer(arguments[1], attachment);
        System.out.println("slot " + region.participants().slot() + " generation " + region.participants().generation());
        System.out.println("attached");
        if (arguments[3].equals("store")) {
            var data = region.memory(Area.DATA);
            for (long value = 1; ; value++) {
                data.putLongRelease(0, value);
            }
        }
        JavaProcess.awaitParent();
        if (arguments[3].equals("close")) {
            region.close();
        }
    }
}
