package dev.slipring.examples.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipring.core.process.Seed;
import dev.slipring.frame.FrameFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is drawn, stamped, and written as a picture; in memory of the test's own. */
class TestPatternTest {
    private static final long CAPTURED_NS = 123_456_789_012_345L;

    @ParameterizedTest
    @EnumSource
    void barCodesAreReadAsTheyWereDrawnAtEverySize(VideoFormat video) {
        var random = Seed.random("barCodesAreReadAsTheyWereDrawnAtEverySize");
        for (int round = 0; round < 50; round++) {
            var format = video.size(BarCode.MIN_WIDTH + 2 * random.nextInt(500), BarCode.MIN_HEIGHT + 2 * random.nextInt(300));
            long number = random.nextLong(1L << 40);
            var frame = drawn(format, number);
            var barCode = new BarCode(format);
            assertThat(barCode.number(frame)).as("%s", format).isEqualTo((int) number);
            assertThat(barCode.milliseconds(frame)).as("%s", format).isEqualTo((int) (CAPTURED_NS / 1_000_000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyByteOfEveryPlaneIsDrawnAndNothingBehind(VideoFormat video) {
        var format = video.size(68, 40);
        var one = new UnsafeBuffer(new byte[format.bytes()]);
        var other = new UnsafeBuffer(new byte[format.bytes()]);
        other.setMemory(0, format.bytes(), (byte) 0x55);
        new TestPattern(format).fill(one, 7, CAPTURED_NS);
        new TestPattern(format).fill(other, 7, CAPTURED_NS);
        int pixels = format.planes().getLast().end();
        assertThat(new UnsafeBuffer(one, 0, pixels)).isEqualTo(new UnsafeBuffer(other, 0, pixels));
        for (int i = pixels; i < format.bytes(); i++) {
            assertThat(other.getByte(i)).isEqualTo((byte) 0x55);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStampTellsEveryBitThatIsAnother(VideoFormat video) {
        var format = video.size(68, 40);
        var frame = drawn(format, 7);
        var checksum = new Checksum();
        new Stamp(7, CAPTURED_NS, new Place(3, 4), true).write(frame, format, checksum);
        assertThat(Stamp.isIntact(frame, format, checksum)).isTrue();
        assertThat(Stamp.read(frame, format)).isEqualTo(new Stamp(7, CAPTURED_NS, new Place(3, 4), true));
        int pixels = format.planes().getLast().end();
        for (int i = 0; i < format.bytes(); i++) {
            byte before = frame.getByte(i);
            frame.putByte(i, (byte) (before ^ 0x10));
            boolean between = i >= pixels && i < Stamp.offset(format);
            assertThat(Stamp.isIntact(frame, format, checksum)).as("byte %d", i).isEqualTo(between);
            frame.putByte(i, before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPictureShowsWhatIsInTheFrame(VideoFormat video) throws IOException {
        var format = video.size(360, 200);
        var frame = drawn(format, 0x5a5a_0f0f);
        var png = new ByteArrayOutputStream();
        Png.write(frame, format, png);
        var picture = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
        assertThat(picture.getWidth()).isEqualTo(360);
        assertThat(picture.getHeight()).isEqualTo(200);
        assertThat(barCode(picture)).isEqualTo(0x5a5a_0f0f);
        var rgb = new byte[3];
        for (int y = 0; y < 200; y += 7) {
            for (int x = 0; x < 360; x += 11) {
                video.rgb(frame, format, x, y, rgb, 0);
                assertThat(picture.getRGB(x, y) & 0xff_ffff).isEqualTo(((rgb[0] & 0xff) << 16) | ((rgb[1] & 0xff) << 8) | (rgb[2] & 0xff));
            }
        }
    }

    /** The formats show the same: 4:2:0 as near as its chroma allows. */
    @ParameterizedTest
    @EnumSource
    void allFormatsShowTheSame(VideoFormat video) {
        var format = video.size(360, 200);
        var reference = VideoFormat.RGB24.size(360, 200);
        var frame = drawn(format, 40);
        var other = drawn(reference, 40);
        var rgb = new byte[3];
        var expected = new byte[3];
        for (int y = 0; y < 200; y += 2) {
            for (int x = 0; x < 360; x += 2) {
                video.rgb(frame, format, x, y, rgb, 0);
                VideoFormat.RGB24.rgb(other, reference, x, y, expected, 0);
                for (int i = 0; i < 3; i++) {
                    assertThat(rgb[i] & 0xff).as("colour %d at %d, %d", i, x, y)
                        .isBetween((expected[i] & 0xff) - 8, (expected[i] & 0xff) + 8);
                }
            }
        }
    }

    private static UnsafeBuffer drawn(FrameFormat format, long number) {
        var frame = new UnsafeBuffer(new byte[format.bytes()]);
        new TestPattern(format).fill(frame, number, CAPTURED_NS);
        return frame;
    }

    /** The upper one of a picture, as a person would read it: 34 blocks of which the inner 32 are bits. */
    static int barCode(BufferedImage picture) {
        int block = picture.getWidth() / 34 / 2 * 2;
        int value = 0;
        for (int bit = 1; bit <= 32; bit++) {
            value = (value << 1) | ((picture.getRGB(bit * block + block / 2, picture.getHeight() / 40) & 0xff) > 127 ? 1 : 0);
        }
        return value;
    }
}
