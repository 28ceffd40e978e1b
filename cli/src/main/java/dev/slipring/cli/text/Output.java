package dev.slipring.cli.text;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Where a verb prints its snapshot: as text, coloured if somebody looks at it, or as JSON. */
public final class Output {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
        .registerModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance)
            .addSerializer(Path.class, ToStringSerializer.instance));

    private final PrintWriter out;
    private final boolean json;
    private final Ansi ansi;
    private final int columns;

    /** @param columns how many characters a line may have */
    public Output(PrintWriter out, boolean json, Ansi ansi, int columns) {
        this.out = out;
        this.json = json;
        this.ansi = ansi;
        this.columns = columns;
    }

    public int columns() {
        return columns;
    }

    /** Prints a snapshot: its JSON, or what {@code text} makes of it. */
    public <T> void print(T snapshot, Consumer<Output> text) {
        if (json) {
            try {
                out.println(MAPPER.writeValueAsString(snapshot));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("cannot be written as JSON: " + snapshot, e);
            }
        } else {
            text.accept(this);
        }
        out.flush();
    }

    public void line(String text) {
        out.println(text.stripTrailing());
    }

    /**
     * Prints a text on as many lines as it needs.
     *
     * @param indent what each begins with
     * @param first  makes the first one another
     */
    public void prose(String indent, String text, UnaryOperator<String> first) {
        var line = new StringBuilder(indent);
        UnaryOperator<String> decoration = first;
        for (String word : text.split(" ", -1)) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > columns) {
                line(decoration.apply(line.toString()));
                decoration = UnaryOperator.identity();
                line = new StringBuilder(indent);
            }
            line.append(line.length() > indent.length() ? " " : "").append(word);
        }
        line(decoration.apply(line.toString()));
    }

    public String heading(String text) {
        return style(text, Style.bold);
    }

    public String good(String text) {
        return style(text, Style.fg_green);
    }

    public String doubtful(String text) {
        return style(text, Style.fg_yellow);
    }

    public String bad(String text) {
        return style(text, Style.fg_red);
    }

    private String style(String text, Style style) {
        return ansi.enabled() ? Style.on(new IStyle[] {style}) + text + Style.off(new IStyle[] {style}) + Style.reset.off() : text;
    }
}
