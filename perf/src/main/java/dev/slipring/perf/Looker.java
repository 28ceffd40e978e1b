package dev.slipring.perf;

import dev.slipring.core.Attachment;
import dev.slipring.core.RegionDirectory;
import dev.slipring.core.RegionKind;
import dev.slipring.monitor.RegionLook;
import dev.slipring.monitor.RegionSnapshot;
import dev.slipring.ring.BroadcastHandler;
import dev.slipring.ring.JoinAt;
import dev.slipring.ring.RingView;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * Somebody who looks into a ring from another process, as the verbs of the {@code slipring} command do. Told {@code look HOW KIND} it says
 * {@code looking} once it does, looks until it is told {@code stop}, and says how much it has seen.
 */
final class Looker {
    static final String LOOKING = "looking";
    private static final int LIMIT = 256;

    private Looker() {
    }

    /** How it looks. */
    enum How {
        /** Not at all: what there is to compare with. */
        NOBODY(0),
        /** Nor does this one: how far two series of the same differ. */
        NOBODY_AGAIN(0),
        /** Reads every message; nothing new: sleeps for a millisecond, as {@code tail --follow} does. */
        TAIL(TimeUnit.MILLISECONDS.toNanos(1)),
        /** Reads every message and never sleeps, as {@code hz --spin} does. */
        SPINNING(0),
        /** One snapshot after the other; {@code top} takes one a second. */
        INSPECT(0);

        private final long napNs;

        How(long napNs) {
            this.napNs = napNs;
        }

        boolean looks() {
            return this != NOBODY && this != NOBODY_AGAIN;
        }

        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final class Reader implements BroadcastHandler {
        private long messages;
        private long read;

        @Override
        public void onMessage(int type, DirectBuffer buffer, int offset, int length) {
            messages++;
            read ^= buffer.getLong(offset);
        }

        @Override
        public void onGap(long first, long last) {
            messages += last - first + 1; // it was too slow for them
        }
    }

    /** Started by {@link LookCost} with the regions' directory as its argument. */
    public static void main(String[] arguments) {
        var directory = new RegionDirectory(Path.of(arguments[0]));
        Obedience.serve(directory.path(), (order, conversation) -> {
            var how = How.valueOf(order[1]);
            var kind = RegionKind.valueOf(order[2]);
            return String.valueOf(how == How.INSPECT ? inspect(directory, kind, conversation)
                : tail(directory, kind, how, conversation));
        });
    }

    private static long tail(RegionDirectory directory, RegionKind kind, How how, Obedience.Conversation conversation) {
        var reader = new Reader();
        try (var view = RingView.of(kind.name(), kind, Attachment.standard().in(directory), JoinAt.latest())) {
            conversation.say(LOOKING);
            while (!conversation.isToldToStop()) {
                if (view.poll(reader, LIMIT) <= 0 && how.napNs > 0) {
                    LockSupport.parkNanos(how.napNs);
                }
            }
        }
        return reader.messages + (reader.read == 42 ? 1 : 0); // so that what was read is used
    }

    private static long inspect(RegionDirectory directory, RegionKind kind, Obedience.Conversation conversation) {
        long looks = 0;
        conversation.say(LOOKING);
        do {
            if (RegionSnapshot.of(RegionLook.at(directory, kind.name())).published() == null) {
                throw new IllegalStateException(kind + " cannot be looked at");
            }
            looks++;
        } while (!conversation.isToldToStop());
        return looks;
    }
}
