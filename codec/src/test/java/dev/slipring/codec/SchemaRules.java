package dev.slipring.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;

/**
 * The evolution rules of README.md as a program: take out of the newer schema everything that it says came later, and what remains must be
 * the older schema, byte for byte on the wire.
 */
final class SchemaRules {
    private SchemaRules() {
    }

    /** What keeps readers of one schema from reading the other; empty when nothing does. */
    static List<String> violations(Ir older, Ir newer) {
        var violations = new ArrayList<String>();
        if (older.id() != newer.id() || older.version() > newer.version() || !older.byteOrder().equals(newer.byteOrder())) {
            violations.add("not a later version of the same schema: " + name(older) + ", " + name(newer));
        }
        if (!describe(older.headerStructure().tokens(), older).equals(describe(newer.headerStructure().tokens(), older))) {
            violations.add("the message header changed");
        }
        for (var message : older.messages()) {
            var first = message.getFirst();
            var successor = newer.getMessage(first.id());
            if (successor == null) {
                violations.add(first.name() + " is gone");
            } else {
                compare(first.name(), describe(message, older), describe(successor, older), violations);
            }
        }
        return violations;
    }

    private static void compare(String message, List<String> before, List<String> after, List<String> violations) {
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            var old = i < before.size() ? before.get(i) : "nothing";
            var now = i < after.size() ? after.get(i) : "nothing";
            if (!old.equals(now)) {
                violations.add(message + ": " + old + " became " + now);
                return;
            }
        }
    }

    private static List<String> describe(List<Token> tokens, Ir older) {
        var descriptions = new ArrayList<String>();
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            boolean added = token.version() > older.version();
            switch (token.signal()) {
                case BEGIN_FIELD, BEGIN_GROUP, BEGIN_VAR_DATA, VALID_VALUE -> {
                    if (added) {
                        i += token.componentTokenCount() - 1;
                    } else {
                        descriptions.add(describe(token));
                    }
                }
                case BEGIN_MESSAGE, BEGIN_COMPOSITE, BEGIN_ENUM, BEGIN_SET, CHOICE, ENCODING -> descriptions.add(describe(token));
                default -> descriptions.add(token.signal().name());
            }
        }
        return descriptions;
    }

    /** What the wire and the readers' source know of a token. Blocks may grow, and so what comes after them may move. */
    private static String describe(Token token) {
        var encoding = token.encoding();
        boolean moves = token.signal() == Signal.BEGIN_MESSAGE || token.signal() == Signal.BEGIN_GROUP
            || token.signal() == Signal.BEGIN_VAR_DATA || token.signal() == Signal.BEGIN_COMPOSITE;
        return token.signal() + " " + token.name() + " id " + token.id() + (moves ? "" : " at " + token.offset() + " length "
            + token.encodedLength()) + " since " + token.version() + " " + or(encoding.primitiveType()) + " " + encoding.presence()
            + " null " + or(encoding.nullValue()) + " value " + or(encoding.constValue());
    }

    private static Object or(@Nullable Object value) {
        return value == null ? "-" : value;
    }

    private static String name(Ir schema) {
        return "id " + schema.id() + " version " + schema.version();
    }
}
