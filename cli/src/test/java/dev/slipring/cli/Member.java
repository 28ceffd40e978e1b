package dev.slipring.cli;

import dev.slipring.core.Attachment;
import dev.slipring.core.SlipringException;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.BroadcastReader;
import dev.slipring.ring.BroadcastRing;
import dev.slipring.ring.JoinAt;
import dev.slipring.seqlock.SlotKey;
import dev.slipring.seqlock.SlotTable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;

/** Main class of another user's process, who uses the API: does what it is told, line by line, and answers with a line. */
final class Member {
    private Member() {
    }

    /** Each line of standard input is a command and the name of a region in the standard directory. */
    public static void main(String[] arguments) throws IOException {
        var lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            var words = lines.nextLine().split(" ", -1);
            try {
                System.out.println(answer(words[0], words[1]));
            } catch (SlipringException e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    private static String answer(String command, String name) throws IOException {
        var here = Attachment.standard();
        return switch (command) {
            case "ring" -> {
                try (var reader = BroadcastRing.reader(name, here, JoinAt.oldest())) {
                    yield read(reader) + "; mapped " + mappings(name);
                }
            }
            case "slot" -> {
                try (var table = SlotTable.reader(name, here)) {
                    var slot = table.reader(SlotKey.of("gyro"));
                    yield slot.read() + " " + slot.value().payload().getLong(0) + "; mapped " + mappings(name);
                }
            }
            case "produce" -> {
                BroadcastRing.producer(name, here).close();
                yield "produced";
            }
            case "subscribe" -> {
                BroadcastRing.subscriber(name, here, JoinAt.oldest()).close();
                yield "subscribed";
            }
            case "write" -> {
                SlotTable.writer(name, here).close();
                yield "wrote";
            }
            case "store" -> store(here.directory().path().resolve(name));
            default -> throw new IllegalArgumentException(command);
        };
    }

    private static String read(BroadcastReader reader) {
        var sum = new long[1];
        int messages = reader.poll(new BroadcastHandler() {
            @Override
            public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
                sum[0] += buffer.getLong(offset);
            }

            @Override
            public void onGap(long first, long last) {
                throw new AssertionError("lost " + first + " to " + last);
            }
        }, 100);
        return messages + " messages of sum " + sum[0];
    }

    /** Past the API. */
    private static String store(Path file) {
        try (var region = new RandomAccessFile(file.toFile(), "rw")) {
            region.write(0);
            return "stored";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The access rights of each mapping of this region in this process, as the kernel has them. */
    private static String mappings(String name) throws IOException {
        try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.endsWith("/" + name)).map(line -> line.split(" ", -1)[1]).distinct().sorted()
                .collect(Collectors.joining(","));
        }
    }
}
