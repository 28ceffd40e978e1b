package dev.slipring.examples.fusion.gpmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** From bytes made by hand, after the format's description. */
class GpmfToCsvTest {
    @Test
    void readingsAreScaledTurnedToTheAxesAndSpreadOverTheTime() {
        byte[] stream = join(payload("190103163334.094", 418, 0), payload("190103163335.094", 418, 1));
        assertThat(GpmfToCsv.convert(stream)).containsExactly(
            "ACCL,0,-2,1,0.5",
            "GYRO,0,-2,1,0.5",
            "GPS5,0,42.3425835,-8.7526142,58.512,0.173,0.12",
            "ACCL,500000,0.5,-1,3",
            "GYRO,500000,0.5,-1,3",
            "ACCL,1000000,-2,1,0.5",
            "GYRO,1000000,-2,1,0.5",
            "GPS5,1000000,42.3425836,-8.7526142,58.512,0.173,0.12",
            "ACCL,1500000,0.5,-1,3",
            "GYRO,1500000,0.5,-1,3");
    }

    @Test
    void paddingIsPassedOverAndNestingIsFollowed() {
        var items = GpmfItem.parse(item("STRM", 0, 1, join(item("ORIN", 'c', 1, text("YxZ")), item("TSMP", 'L', 4, ints(7)))));
        assertThat(items).hasSize(1);
        assertThat(items.getFirst().need("ORIN").text()).isEqualTo("YxZ");
        assertThat(items.getFirst().need("TSMP").numbers()).containsExactly(7);
    }

    @Test
    void whatIsCutShortOrNoGpmfIsRefused() {
        byte[] stream = payload("190103163334.094", 418, 0);
        for (int length = 1; length < stream.length; length += 3) {
            byte[] part = Arrays.copyOf(stream, length);
            assertThatIllegalArgumentException().as("%d bytes", length).isThrownBy(() -> GpmfItem.parse(part))
                .withMessageContaining("no GPMF");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> GpmfToCsv.convert(item("DEVC", 0, 1, new byte[0])))
            .withMessageContaining("no stream with ACCL");
    }

    private static byte[] payload(String time, int scale, int metre) {
        byte[] samples = shorts(scale, 2 * scale, scale / 2, -scale, -scale / 2, 3 * scale);
        return item("DEVC", 0, 1, join(inertial("ACCL", scale, samples), inertial("GYRO", scale, samples),
            item("STRM", 0, 1, join(item("GPSU", 'U', 16, text(time)),
                item("SCAL", 'l', 4, ints(10_000_000, 10_000_000, 1000, 1000, 100)),
                item("GPS5", 'l', 20, ints(423_425_835 + metre, -87_526_142, 58_512, 173, 12))))));
    }

    /** Channels Y, -X, Z. */
    private static byte[] inertial(String key, int scale, byte[] samples) {
        return item("STRM", 0, 1, join(item("SCAL", 's', 2, shorts(scale)), item("ORIN", 'c', 1, text("YxZ")),
            item(key, 's', 6, samples)));
    }

    private static byte[] item(String key, int type, int size, byte[] data) {
        var buffer = ByteBuffer.allocate(8 + (data.length + 3) / 4 * 4);
        buffer.put(text(key)).put((byte) type).put((byte) size).putShort((short) (data.length / size)).put(data);
        return buffer.array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] shorts(int... numbers) {
        var buffer = ByteBuffer.allocate(numbers.length * Short.BYTES);
        for (int number : numbers) {
            buffer.putShort((short) number);
        }
        return buffer.array();
    }

    private static byte[] ints(int... numbers) {
        var buffer = ByteBuffer.allocate(numbers.length * Integer.BYTES);
        for (int number : numbers) {
            buffer.putInt(number);
        }
        return buffer.array();
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
