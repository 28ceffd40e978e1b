package dev.slipring.examples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Changes the last digit of one figure after the other, for tests of what should notice. */
public final class Digits {
    private final ObjectNode tree;

    /** @param right figures that nothing is wrong with */
    public Digits(Record right) throws JsonProcessingException {
        tree = (ObjectNode) new ObjectMapper().readTree(Json.write(right));
    }

    /** The paths of all figures that are wanted. */
    public List<String> figures(Predicate<String> wanted) {
        var figures = new ArrayList<String>();
        collect(tree, "", figures, wanted);
        return figures;
    }

    /** The figures as JSON, with another last digit in one of them. */
    public String wrong(String figure) {
        var wrong = tree.deepCopy();
        int slash = figure.lastIndexOf('/');
        var parent = (ObjectNode) wrong.at(figure.substring(0, slash));
        String name = figure.substring(slash + 1);
        String text = parent.get(name).asText();
        char last = text.charAt(text.length() - 1);
        String other = text.substring(0, text.length() - 1) + (last == '1' ? '2' : '1');
        if (parent.get(name).isNumber()) {
            parent.put(name, Long.parseLong(other));
        } else {
            parent.put(name, other);
        }
        return wrong.toString();
    }

    private static void collect(JsonNode node, String path, List<String> figures, Predicate<String> wanted) {
        if (node.isObject()) {
            node.properties().forEach(field -> collect(field.getValue(), path + "/" + field.getKey(), figures, wanted));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), path + "/" + i, figures, wanted);
            }
        } else if (!node.isNull() && wanted.test(path)) {
            figures.add(path);
        }
    }
}
