package dev.slipring.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** What tests draw: every 8 bytes of a frame tell its number and where they stand, so no mixture of two frames passes for one. */
final class Picture {
    private static final long PLACE = 0x9e37_79b9_7f4a_7c15L;

    private Picture() {
    }

    static void draw(MutableDirectBuffer frame, int bytes, long number) {
        int at = 0;
        for (; at <= bytes - Long.BYTES; at += Long.BYTES) {
            frame.putLong(at, word(number, at));
        }
        for (; at < bytes; at++) {
            frame.putByte(at, (byte) word(number, at));
        }
    }

    /** Whether all of it is this number's. */
    static boolean shows(DirectBuffer frame, int bytes, long number) {
        int at = 0;
        for (; at <= bytes - Long.BYTES; at += Long.BYTES) {
            if (frame.getLong(at) != word(number, at)) {
                return false;
            }
        }
        for (; at < bytes; at++) {
            if (frame.getByte(at) != (byte) word(number, at)) {
                return false;
            }
        }
        return true;
    }

    static void requireWhole(Lease lease) {
        assertThat(shows(lease.buffer(), lease.bytes(), lease.sequence())).as("frame %d is whole", lease.sequence()).isTrue();
    }

    /** Publishes the next frame; false when the producer was refused. */
    static boolean publish(FrameProducer producer, FrameFormat format) {
        var loan = new Loan();
        if (!producer.tryLoan(format, loan)) {
            return false;
        }
        draw(loan.buffer(), format.bytes(), producer.sequence());
        loan.publish(producer.sequence() * 1_000);
        return true;
    }

    private static long word(long number, int at) {
        return (number << 32 | at) * PLACE;
    }
}
