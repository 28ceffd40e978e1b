package dev.slipring.transport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.agrona.SystemUtil;
import org.jspecify.annotations.Nullable;

/**
 * The address of a flow: a scheme and parameters, such as {@code shm:spsc?name=trades&capacity=1m}. Between the parameters stands a
 * {@code &}, or a {@code |} in those of Aeron, as Aeron has it. Immutable.
 *
 * @param scheme     up to the question mark
 * @param parameters behind it, in their order
 */
public record TransportUri(String scheme, Map<String, String> parameters) {
    private static final String AERON = "aeron:";

    /** Copies the parameters. */
    public TransportUri {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Takes an address apart; whether there is such a scheme, and such a parameter, is for {@link Transport} to know.
     *
     * @throws IllegalArgumentException when it is not of the form {@code scheme?name=value…}, or has a parameter twice
     */
    public static TransportUri parse(String text) {
        int question = text.indexOf('?');
        var scheme = question < 0 ? text : text.substring(0, question);
        var parameters = new LinkedHashMap<String, String>();
        if (question >= 0) {
            for (String each : text.substring(question + 1).split(scheme.startsWith(AERON) ? "\\|" : "&", -1)) {
                int equals = each.indexOf('=');
                if (equals < 1 || equals == each.length() - 1) {
                    throw new IllegalArgumentException("\"" + each + "\" in " + text + " is not of the form name=value; between two "
                        + "of them stands a " + separator(scheme));
                }
                if (parameters.put(each.substring(0, equals), each.substring(equals + 1)) != null) {
                    throw new IllegalArgumentException("parameter " + each.substring(0, equals) + " is twice in " + text);
                }
            }
        }
        return new TransportUri(scheme, parameters);
    }

    /** The same with one parameter more, or with another value for it. */
    public TransportUri with(String name, String value) {
        var changed = new LinkedHashMap<>(parameters);
        changed.put(name, value);
        return new TransportUri(scheme, changed);
    }

    /** True for what Aeron carries. */
    public boolean isAeron() {
        return scheme.startsWith(AERON);
    }

    /** As it is written. */
    @Override
    public String toString() {
        return parameters.isEmpty() ? scheme : parameters.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(separator(scheme), scheme + "?", ""));
    }

    TransportUri without(Set<String> names) {
        var changed = new LinkedHashMap<>(parameters);
        changed.keySet().removeAll(names);
        return new TransportUri(scheme, changed);
    }

    @Nullable String get(String name) {
        return parameters.get(name);
    }

    String get(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    String require(String name) {
        var value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(this + " has no parameter " + name + ": add " + name + "=…");
        }
        return value;
    }

    /** A number of bytes, with k, m or g behind it or not. */
    int bytes(String name, int otherwise) {
        var value = parameters.get(name);
        try {
            return value == null ? otherwise : Math.toIntExact(SystemUtil.parseSize(name, value));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(name + "=" + value + " in " + this + " is not a number of bytes, as in 65536, 64k or 1m", e);
        }
    }

    void requireOnly(Set<String> allowed) {
        for (String each : parameters.keySet()) {
            if (!allowed.contains(each)) {
                throw new IllegalArgumentException("no parameter " + each + " in " + scheme + ", expected " + String.join(", ", allowed)
                    + ": " + this);
            }
        }
    }

    private static String separator(String scheme) {
        return scheme.startsWith(AERON) ? "|" : "&";
    }
}
