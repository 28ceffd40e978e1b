package dev.slipring.frame;

import dev.slipring.core.Area;
import dev.slipring.core.Doorbell;
import dev.slipring.core.Memory;
import dev.slipring.core.OwnCounters;
import dev.slipring.core.Region;
import dev.slipring.core.Role;
import dev.slipring.core.Room;
import dev.slipring.core.Waiter;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of a frame pool: takes a frame on loan, writes it in place, publishes it.
 *
 * <p>Threads: one at a time; any thread may {@link #close()}. Processes: one, under the kernel's lock. Blocks: only where a timeout is
 * given. Allocates: nothing per frame. Loses: what was not published when it died; no consumer, whatever it does or suffers, makes it
 * wait, except a {@link ConsumerPolicy.Kind#LOSSLESS} one.
 *
 * <h2>Algorithm notes</h2>
 * Everything about who uses a frame is in one word: {generation, writing, leases}. A loan turns an idle word into {generation + 1,
 * writing}, a lease adds a bit to a word that is not being written, both by compare-and-set: so a frame is never written and leased at
 * once. Publishing stores the descriptor, then the word without the writing bit, then the entry that names frame and generation, then
 * the count of published frames; only what is counted is looked for. A consumer leases a word of the entry's generation, or none: when the
 * frame was lent again meanwhile, be it published, given up or half written by somebody who died, the generation is another one.
 *
 * <p>Loans take the frame published longest ago, among those that nobody has leased and that are not among the newest, as many as the
 * longest queue ({@link Demands}). {@link PoolSeats} admits no more consumers than leave one over.
 *
 * <p>What the dead have leased comes back when somebody asks the kernel. The producer does, at most every 10 ms, when it has gone past a
 * leased frame, and takes another one meanwhile.
 */
public final class FrameProducer implements AutoCloseable {
    private static final long ASK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Region region;
    private final Pool pool;
    private final Demands demands;
    private final OwnCounters counters;
    private final Memory words;
    private final Memory producerWords;
    private final Memory descriptors;
    private final Memory[] frames;
    private final Room room = new Room(this);
    private final Waiter waiter;
    /** Where consumers sleep until there is a frame. */
    private final @Nullable Doorbell consumersBell;

    /** All frames but the one on loan, in the order in which to write to them. */
    private final int[] order;
    private int ordered;
    private long published;
    private int epoch;
    private @Nullable FrameFormat format;
    private long lastAskedNs = System.nanoTime() - ASK_EVERY_NS;

    private @Nullable Loan loan;
    private int lent;
    private int generation;

    FrameProducer(Region region) {
        this.region = region;
        pool = new Pool(region);
        demands = new Demands(pool);
        counters = region.counters();
        words = region.memory(Area.CONSUMER);
        producerWords = region.memory(Area.PRODUCER);
        descriptors = pool.writableDescriptors();
        frames = new Memory[pool.frames()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = pool.writableFrame(i);
        }
        waiter = region.waiter(Role.PRODUCER);
        consumersBell = region.doorbell(Role.CONSUMER);
        order = FrameRecovery.recover(words, producerWords, frames.length);
        ordered = order.length;
        published = producerWords.getLongAcquire(PoolDescriptor.PUBLISHED_OFFSET);
        epoch = producerWords.getInt(PoolDescriptor.EPOCH_OFFSET);
    }

    /** Bytes that a frame of this pool holds. */
    public int frameBytes() {
        return pool.frameBytes();
    }

    /** How many frames this pool has been given, by this producer and those before it: the sequence of the next. */
    public long sequence() {
        return published;
    }

    /**
     * Takes a frame on loan, to be written in place and then published.
     *
     * @param newFormat what will stand there
     * @param newLoan   not open; open afterwards, if this returns true
     * @return false when a lossless consumer has as many frames waiting as it said, or none was free at this moment: try again
     * @throws IllegalArgumentException when a frame of this pool does not hold that much
     * @throws IllegalStateException    when a frame is on loan already, or the pool is closed
     */
    public boolean tryLoan(FrameFormat newFormat, Loan newLoan) {
        if (loan != null || newLoan.isOpen()) {
            throw new IllegalStateException("a frame is on loan already: publish or discard it first");
        }
        if (newFormat.bytes() > pool.frameBytes()) {
            throw new IllegalArgumentException(newFormat + " does not fit: a frame of pool " + region.name() + " holds "
                + pool.frameBytes() + " bytes; send smaller ones, or create a pool with larger frames");
        }
        region.checkOpen();
        try {
            if (!lend()) {
                region.checkOpen();
                counters.stalled(published);
                return false;
            }
            frames[lent].wrap(room, 0, newFormat.bytes());
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
        region.checkOpen();
        loan = newLoan;
        newLoan.open(this, room, newFormat);
        return true;
    }

    /**
     * As {@link #tryLoan(FrameFormat, Loan)}, and waits while lossless consumers have as many frames waiting as they said: spins, yields,
     * then sleeps in the kernel if the pool was created with parking. One that dies is waited for until the kernel says so.
     *
     * @param timeoutNs how long at most, in nanoseconds; 0 or less: not at all; {@link Long#MAX_VALUE}: for ever
     * @return false when the time is up
     * @throws InterruptedException when the thread was interrupted; nothing is on loan
     */
    public boolean tryLoan(FrameFormat newFormat, Loan newLoan, long timeoutNs) throws InterruptedException {
        return loanPatiently(newFormat, newLoan, timeoutNs, null);
    }

    /** As above, and between two tries does as the strategy says: nothing sleeps but what it does. */
    public boolean tryLoan(FrameFormat newFormat, Loan newLoan, long timeoutNs, IdleStrategy idleStrategy) throws InterruptedException {
        return loanPatiently(newFormat, newLoan, timeoutNs, idleStrategy);
    }

    /** What the pool looks like now. Allocates. */
    public PoolStatus status() {
        return PoolStatus.of(pool);
    }

    /** Leaves in order. A frame on loan is given up. Idempotent. */
    @Override
    public void close() {
        region.close();
    }

    private boolean loanPatiently(FrameFormat newFormat, Loan newLoan, long timeoutNs, @Nullable IdleStrategy strategy)
        throws InterruptedException {
        boolean lentOne = tryLoan(newFormat, newLoan);
        if (!lentOne) {
            waiter.begin(timeoutNs, strategy);
            while (!lentOne && waiter.idle()) {
                lentOne = tryLoan(newFormat, newLoan);
            }
        }
        return lentOne;
    }

    private boolean lend() {
        words.fullFence(); // what was published before the look at who came; pairs with: FrameConsumer, its constructor
        boolean permitted = demands.look(published);
        if (permitted && lend(order[0])) {
            takeOut(0);
            return true;
        }
        askAboutTheDead(); // before one is lent: it may throw
        boolean lentOne = false;
        for (int pass = 0; permitted && !lentOne && pass <= PoolDescriptor.MAX_SEATS; pass++) {
            lentOne = lendAny();
        }
        return lentOne;
    }

    /** One pass over the candidates. A consumer that was slow to lease one may have moved on meanwhile, each of them once. */
    private boolean lendAny() {
        for (int i = 0; i < ordered - demands.retained(); i++) {
            if (lend(order[i])) {
                takeOut(i);
                return true;
            }
        }
        return false;
    }

    private void takeOut(int i) {
        System.arraycopy(order, i + 1, order, i, ordered - i - 1);
        ordered--;
    }

    private boolean lend(int frame) {
        int offset = PoolDescriptor.wordOffset(frame);
        long word = words.getLongAcquire(offset);
        int next = PoolDescriptor.nextGeneration(word);
        // After what its last holders read; before what is written. pairs with: PoolSeats.release, FrameConsumer.lease
        if (!PoolDescriptor.isIdle(word)
            || !words.compareAndSetLong(offset, word, PoolDescriptor.idle(next) | PoolDescriptor.WRITING)) {
            return false;
        }
        lent = frame;
        generation = next;
        return true;
    }

    /** Somebody was in the way. */
    private void askAboutTheDead() {
        long now = System.nanoTime();
        if (now - lastAskedNs >= ASK_EVERY_NS) {
            lastAskedNs = now;
            region.checkFile();
            region.participants().countTheDead();
        }
    }

    void publish(FrameFormat newFormat, long capturedNs, int bytes) {
        loan = null;
        try {
            if (!newFormat.equals(format)) {
                format = newFormat;
                epoch++;
                producerWords.putIntRelease(PoolDescriptor.EPOCH_OFFSET, epoch); // before any frame that has it; for the next producer
            }
            int at = FrameDescriptor.offset(lent);
            descriptors.putLong(at + FrameDescriptor.SEQUENCE, published);
            descriptors.putLong(at + FrameDescriptor.CAPTURED, capturedNs);
            descriptors.putLong(at + FrameDescriptor.PUBLISHED, System.nanoTime());
            descriptors.putInt(at + FrameDescriptor.BYTES, bytes);
            descriptors.putInt(at + FrameDescriptor.EPOCH, epoch);
            FrameDescriptor.write(descriptors, at, newFormat);
            makeIdle(); // nobody looks for it yet
            region.checkOpen(); // a closed region did not get that, but may still get the entry
            producerWords.putLongRelease(PoolDescriptor.entryOffset(published), PoolDescriptor.entry(generation, lent));
            producerWords.putLongRelease(PoolDescriptor.PUBLISHED_OFFSET, published + 1); // pairs with: FrameConsumer.take
            if (consumersBell != null) {
                consumersBell.ring();
            }
        } catch (InternalError e) {
            throw region.fault(e);
        }
        published++;
        order[ordered++] = lent;
        region.checkOpen(); // after the last store: see Region, "closing under load"
    }

    /** The frame is free again, and the first to be lent: there is nothing in it. */
    void discard() {
        loan = null;
        try {
            makeIdle();
        } catch (InternalError e) {
            throw region.fault(e);
        }
        System.arraycopy(order, 0, order, 1, ordered++);
        order[0] = lent;
    }

    /** What was written before; while it is being written nobody else stores to the word. pairs with: FrameConsumer.lease */
    private void makeIdle() {
        words.putLongRelease(PoolDescriptor.wordOffset(lent), PoolDescriptor.idle(generation));
    }
}
