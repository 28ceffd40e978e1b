package dev.slipring.cli;

import dev.slipring.core.process.JavaProcess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/** Main class of another user's or container's process: runs the command lines that it is told. */
final class Visitor {
    private Visitor() {
    }

    /** Each line of standard input is one; the answer is what it prints, on both streams, and a line with its exit code. */
    public static void main(String[] arguments) {
        var lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            var printed = new StringWriter();
            var writer = new PrintWriter(printed, true);
            int exitCode = Main.run(writer, writer, lines.nextLine().split(" ", -1));
            System.out.print(printed);
            System.out.println("exit " + exitCode);
        }
    }

    /** Tells one that runs; returns what it answers. */
    static String ask(JavaProcess visitor, String command) {
        visitor.tell(command);
        var answer = new StringBuilder();
        String line;
        do {
            line = visitor.readLine();
            answer.append(line).append('\n');
        } while (!line.startsWith("exit "));
        return answer.toString();
    }
}
