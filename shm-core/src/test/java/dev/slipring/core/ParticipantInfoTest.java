package dev.slipring.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Names come from other processes, and go into messages and logs. */
class ParticipantInfoTest {
    @Test
    void aNameCannotForgeWhatStandsAroundIt() {
        var info = named("a\nb\r\u001b[2J\u202ec\u2028\0\" (pid 1), \\d");
        assertThat(info).hasToString("PRODUCER \"a\\u000ab\\u000d\\u001b[2J\\u202ec\\u2028\\u0000\\\" (pid 1), \\\\d\" (pid 7, since "
            + "1970-01-01T00:00:00Z, slot 1 generation 2)");
    }

    @Test
    void everythingVisibleStaysAsItIs() {
        assertThat(named("feed-1 Zürich 東京 \ud83d\ude80").toString()).contains("\"feed-1 Zürich 東京 \ud83d\ude80\"");
    }

    private static ParticipantInfo named(String name) {
        return new ParticipantInfo(1, 2, Role.PRODUCER, name, 7, Instant.EPOCH);
    }
}
