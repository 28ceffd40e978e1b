package dev.slipring.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/** What messages and values say, as JSON. */
@FunctionalInterface
interface Payload {
    /** As they are: a member {@code hex}. */
    Payload HEX = (line, buffer, offset, length) -> {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        line.put("hex", HexFormat.of().formatHex(bytes));
    };

    /** Adds members to what is told of a message. */
    void describe(ObjectNode line, DirectBuffer buffer, int offset, int length);
}
