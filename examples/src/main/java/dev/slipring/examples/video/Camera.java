package dev.slipring.examples.video;

import dev.slipring.examples.demo.Idle;
import dev.slipring.examples.demo.LatencyRecorder;
import dev.slipring.examples.demo.Member;
import dev.slipring.examples.demo.Pace;
import dev.slipring.frame.FrameFormat;
import dev.slipring.frame.FrameProducer;
import dev.slipring.frame.Loan;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.agrona.MutableDirectBuffer;

/** Takes a frame on loan whenever one is due, has the picture written in place, stamps it, publishes it. */
final class Camera {
    private final FrameProducer producer;
    private final VideoSettings settings;
    private final FrameFormat format;
    private final Source source;
    private final Checksum checksum = new Checksum();
    private final Whereabouts whereabouts = new Whereabouts();
    private final LatencyRecorder captureToPublish = new LatencyRecorder();
    private final Loan loan = new Loan();
    private long waits;
    private long waitedNs;

    /** Attaches. */
    Camera(Studio studio, VideoSettings settings) throws IOException {
        this.settings = settings;
        format = settings.frameFormat();
        producer = studio.producer();
        source = settings.from() == null ? new TestPattern(format) : new FfmpegSource(settings, settings.from());
    }

    /** Publishes until the time is up, or it is to stop, or there are no more pictures, and leaves. */
    CameraResult run(LongConsumer milliseconds, Member me) throws IOException, InterruptedException {
        var pace = new Pace(settings.fps(), Idle.strategy());
        long endNs = TimeUnit.SECONDS.toNanos(settings.seconds());
        long frames = settings.fps() == 0 ? Long.MAX_VALUE : (long) settings.fps() * settings.seconds();
        try (source) {
            for (long i = 0; i < frames; i++) {
                long dueNs = pace.await(i, me::isStopping);
                boolean late = settings.fps() == 0 && dueNs - pace.startNs() >= endNs;
                if (late || me.isStopping() || !publish(dueNs, me)) {
                    break;
                }
                milliseconds.accept(TimeUnit.NANOSECONDS.toMillis(Math.min(endNs, dueNs - pace.startNs())));
            }
        }
        double seconds = (System.nanoTime() - pace.startNs()) / (double) TimeUnit.SECONDS.toNanos(1);
        long published = producer.sequence();
        producer.close();
        return new CameraResult(published, seconds, waits, waitedNs, captureToPublish.latency());
    }

    /** Returns false when there are no more pictures. */
    private boolean publish(long dueNs, Member me) throws IOException, InterruptedException {
        borrow();
        try (loan) {
            long number = producer.sequence();
            var frame = loan.buffer();
            if (!fill(frame, number, dueNs, me)) {
                return false;
            }
            new Stamp(number, dueNs, whereabouts.of(frame), source.hasBarCode()).write(frame, format, checksum);
            loan.publish(dueNs);
        }
        captureToPublish.record(dueNs);
        return true;
    }

    /** A signal that was meant for all of us has ended ffmpeg too, perhaps before this process knows of it. */
    private boolean fill(MutableDirectBuffer frame, long number, long dueNs, Member me) throws IOException, InterruptedException {
        try {
            return source.fill(frame, number, dueNs);
        } catch (IOException e) {
            if (me.isAboutToStop()) {
                return false;
            }
            throw e;
        }
    }

    /** Counts the frames that had to wait for one to write to. */
    private void borrow() throws InterruptedException {
        if (producer.tryLoan(format, loan)) {
            return;
        }
        waits++;
        long fromNs = System.nanoTime();
        producer.tryLoan(format, loan, Long.MAX_VALUE); // for as long as it takes
        waitedNs += System.nanoTime() - fromNs;
    }
}
