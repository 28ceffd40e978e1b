package dev.slipring.frame;

/**
 * One plane of a frame. What is said here counts: neither stride nor offset of a chroma plane follows from those of luma, and the last row
 * ends with its pixels and not with the stride.
 *
 * @param offset   of the first pixel from the start of the frame, in bytes
 * @param stride   bytes from one row to the next, at least {@code rowBytes}
 * @param rows     1 or more
 * @param rowBytes bytes of a row that are pixels, 1 or more
 */
public record Plane(int offset, int stride, int rows, int rowBytes) {
    /** Checks the ranges. */
    public Plane {
        if (offset < 0 || rows < 1 || rowBytes < 1 || stride < rowBytes || end(offset, stride, rows, rowBytes) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no plane has offset " + offset + ", stride " + stride + ", " + rows + " rows of " + rowBytes
                + " bytes");
        }
    }

    /** Bytes from the first pixel to the end of the last. */
    public int length() {
        return end() - offset;
    }

    /** Where it ends, in bytes from the start of the frame. */
    public int end() {
        return (int) end(offset, stride, rows, rowBytes);
    }

    private static long end(int offset, int stride, int rows, int rowBytes) {
        return offset + (long) stride * (rows - 1) + rowBytes;
    }
}
