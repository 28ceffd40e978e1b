package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats are laid out as FFmpeg does it, and what cannot be is refused by name. */
class FrameFormatTest {
    @ParameterizedTest
    @CsvSource({"NV12, 1920, 1080, 3110400", "I420, 1280, 720, 1382400", "P010, 1920, 1080, 6220800", "YUYV, 640, 480, 614400",
        "RGB24, 3840, 2160, 24883200", "BGRA, 3840, 2160, 33177600", "GREY, 3, 5, 15"})
    void aFrameIsAsLongAsItsRawVideo(PixelFormat format, int width, int height, int bytes) {
        assertThat(format.size(width, height).bytes()).isEqualTo(bytes);
    }

    @Test
    void stridesAndPlanesAreAlignedAndTheLastRowEndsWithItsPixels() {
        var format = PixelFormat.I420.size(50, 6, 32);
        assertThat(format.planes()).containsExactly(new Plane(0, 64, 6, 50), new Plane(384, 32, 3, 25), new Plane(480, 32, 3, 25));
        assertThat(format.bytes()).isEqualTo(480 + 2 * 32 + 25);
    }

    @Test
    void oddSizesAreRefusedWhereColumnsOrRowsShareASample() {
        assertThatThrownBy(() -> PixelFormat.NV12.size(1919, 1080)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContainingAll("1919x1080", "NV12", "2x2", "crop");
        assertThatThrownBy(() -> PixelFormat.YUYV.size(3, 3)).hasMessageContaining("2x1");
        assertThat(PixelFormat.YUYV.size(4, 3).bytes()).isEqualTo(24);
        assertThat(PixelFormat.NV12.size(1920, 1080).crop(new Crop(0, 0, 1919, 1079)).crop().width()).isEqualTo(1919);
    }

    @Test
    void whatCannotBeIsRefused() {
        var format = PixelFormat.GREY.size(4, 4);
        assertThatThrownBy(() -> PixelFormat.GREY.size(0, 4)).hasMessageContaining("0x4");
        assertThatThrownBy(() -> PixelFormat.BGRA.size(32_768, 32_768)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PixelFormat.P010.size(32_766, 32_768, 4096)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PixelFormat.GREY.size(4, 4, 3)).hasMessageContaining("alignment=3");
        assertThatThrownBy(() -> format.crop(new Crop(1, 0, 4, 4))).hasMessageContaining("4x4");
        assertThatThrownBy(() -> new Plane(0, 3, 4, 4)).hasMessageContaining("stride 3");
        assertThatThrownBy(() -> new Plane(1 << 30, 1 << 30, 2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FrameFormat(format.fourCc(), 4, 4, List.of(new Plane(1, 4, 4, 4)), format.crop(), Colour.SRGB, 16))
            .hasMessageContaining("behind the frame's 16 bytes");
        assertThatThrownBy(() -> new FrameFormat(format.fourCc(), 4, 4, List.of(), format.crop(), Colour.SRGB, 16))
            .hasMessageContaining("0 planes");
        assertThatThrownBy(() -> new Colour(1, 1, 256, false)).hasMessageContaining("256");
    }

    @Test
    void anUnknownFourCcTravelsAndIsRefusedByWhoeverAsksForItsPlanes() {
        var format = FrameFormat.compressed("MJPG", 640, 480, 100_000);
        assertThat(format).hasToString("MJPG 640x480 (100000 bytes)");
        assertThatThrownBy(format::pixelFormat).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContainingAll("MJPG", "NV12", "I420");
        assertThatThrownBy(() -> format.require(PixelFormat.NV12)).hasMessageContainingAll("MJPG", "expected NV12");
        assertThat(PixelFormat.of(FourCc.of("NV12"))).isEqualTo(PixelFormat.NV12);
        assertThatThrownBy(() -> FourCc.of("H.264")).hasMessageContaining("H.264");
        assertThatThrownBy(() -> FourCc.of("ü12")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPoolsSizeIsToldBeforeItIsMade() {
        var options = PoolOptions.of(8, PixelFormat.NV12.size(1920, 1080));
        assertThat(options.regionBytes()).isEqualTo((3 + 1 + 8 * 48) * 65_536L); // 47.46 pages of 64 KiB each
        assertThat(options.shmSize()).isEqualTo("25m");
        var large = PoolOptions.of(100, PixelFormat.BGRA.size(3840, 2160));
        assertThat(large.regionBytes()).isGreaterThan(3L << 30);
        assertThat(large.frameOffset(99, 65_536)).isEqualTo(65_536 + 99L * 507 * 65_536);
        assertThatThrownBy(() -> PoolOptions.of(1, 100)).hasMessageContaining("frames=1");
        assertThatThrownBy(() -> PoolOptions.of(2, Integer.MAX_VALUE)).hasMessageContaining("frameBytes=");
        assertThatThrownBy(() -> ConsumerPolicy.every(0)).hasMessageContaining("queued=0");
        assertThatThrownBy(() -> ConsumerPolicy.latest().holding(49)).hasMessageContaining("maxLeases=49");
    }
}
