package dev.slipring.ring;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.PeerWatch;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import org.agrona.DirectBuffer;

/**
 * One of the producers of an MPSC ring.
 *
 * <h2>Algorithm notes</h2>
 * A producer claims a record by turning the word "empty" of its position into a claim that names its owner and its length, in one
 * compare-and-set; so at every instant others know whose it is and where the next record starts. Then it writes the payload, and commits by
 * storing the header with release. Records are in the order of the claims.
 *
 * <p>The word "empty" is different at each position and in each lap ({@link MpscDescriptor#empty}). With the same word everywhere, a
 * producer stopped before its compare-and-set could, a lap later, claim a piece of somebody else's payload that happens to look empty. What
 * remains is a payload word that equals the very 63 bits a stopped producer waits for.
 *
 * <p>To find the position, it begins where its last record ended, which stays the start of a record as long as it is not consumed, and goes
 * from record to record. A word it finds is a header of this lap if {@code consumed}, read after it, is not beyond the position; else it
 * begins again at the tail hint or at {@code consumed}, whichever is further: the hint is stored after the claim, and a producer that died
 * in between leaves it behind the consumer for good. Room is known before the word is read, as a position counts as empty only after the
 * consumer has marked it, and {@code head} says how far it has.
 *
 * <p>Producers go past claims, of the dead as well, and never change them: {@link MpscConsumer} says why.
 */
final class MpscProducer extends WaitingProducer implements Appender, Claim.Owner {
    /** Claims lost to others, or to the consumer's progress, before the caller is told to try again. */
    private static final int MAX_RESTARTS = 1000;

    private final Records records;
    private final Memory data;
    private final Memory producerWords;
    private final ReadMemory consumerWords;
    private final StagedBatch batch;
    private final long epoch;
    private final int slot;
    private final int generation;
    private final int capacity;
    private final int mask;

    /** The end of this producer's last record: one starts there. */
    private long next;
    private long sequence;
    private long lastKnownHead;

    private Claim claim = new Claim();
    private int claimType;
    private long claimStart;
    private int claimStride;

    MpscProducer(Region region) {
        super(region);
        records = new Records("ring " + region.name(), region.header());
        data = region.memory(Area.DATA);
        producerWords = region.memory(Area.PRODUCER);
        consumerWords = region.view(Area.CONSUMER);
        capacity = records.capacity();
        mask = capacity - 1;
        batch = new StagedBatch(this, records);
        epoch = region.header().epoch();
        slot = region.participants().slot();
        generation = region.participants().generation();
        lastKnownHead = consumerWords.getLongAcquire(MpscDescriptor.HEAD_OFFSET);
        records.requirePosition("head", lastKnownHead, region.header().initialPosition());
        next = likelyEnd();
    }

    @Override
    public int maxMessageLength() {
        return records.maxMessageLength();
    }

    @Override
    public long offer(int type, DirectBuffer source, int offset, int length) {
        requireState(false);
        records.requireMessage(type, length);
        source.boundsCheck(offset, length);
        return append(RecordDescriptor.header(length + RecordDescriptor.HEADER_LENGTH, type), source, offset, length, 1);
    }

    @Override
    public long tryClaim(int type, int length, Claim newClaim) {
        requireState(false);
        records.requireMessage(type, length);
        if (newClaim.isOpen()) {
            throw new IllegalStateException("the claim is open already: commit or abort it first");
        }
        int stride = records.stride(length);
        try {
            long start = reserve(stride, claimWord(stride));
            if (start < 0) {
                return start;
            }
            claim = newClaim;
            claimType = type;
            claimStart = start;
            claimStride = stride;
            region.checkOpen();
            data.wrap(newClaim.open(this), offset(start) + RecordDescriptor.HEADER_LENGTH, length);
            return start + stride;
        } catch (InternalError e) {
            throw region.fault(e); // the file was cut short under the mapping
        }
    }

    @Override
    public Batch batch() {
        requireState(false);
        region.checkOpen();
        return batch.open();
    }

    /**
     * The seal is put in place of an empty word at once, without a claim before it: behind a claim others could send something, which
     * nobody would ever read.
     */
    @Override
    public long seal() {
        requireState(false);
        try {
            long start = reserve(MpscDescriptor.ALIGNMENT, MpscDescriptor.SEAL);
            wakeConsumer();
            region.checkOpen(); // after the last store
            return start;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    @Override
    public long position() {
        return next;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public void commit(int length) {
        try {
            int stride = records.stride(length);
            if (stride < claimStride) { // first the padding, then the record that ends where it starts
                data.putLong(offset(claimStart + stride), MpscDescriptor.padding(claimStride - stride));
            }
            put(claimStart, RecordDescriptor.header(length + RecordDescriptor.HEADER_LENGTH, claimType), 1);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    @Override
    public void abort() {
        try {
            put(claimStart, MpscDescriptor.padding(claimStride), 0);
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    @Override
    public long append(long header, DirectBuffer source, int offset, int length, int messages) {
        try {
            int stride = records.stride(length);
            long start = reserve(stride, claimWord(stride));
            if (start < 0) {
                return start;
            }
            copyIn(start, stride, source, offset, length);
            put(start, header, messages);
            return start + stride;
        } catch (InternalError e) {
            throw region.fault(e);
        }
    }

    /** A source that fails after all must not leave a claim behind: its owner lives, and nobody else may end it. */
    private void copyIn(long start, int stride, DirectBuffer source, int offset, int length) {
        boolean copied = false;
        try {
            data.copyIn(offset(start) + RecordDescriptor.HEADER_LENGTH, source, offset, length);
            copied = true;
        } finally {
            if (!copied) {
                data.putLongRelease(offset(start), MpscDescriptor.padding(stride));
            }
        }
    }

    void requireState(boolean inBatch) {
        if (claim.isOpenFor(this)) {
            throw new IllegalStateException("a claim is open: commit or abort it first");
        }
        batch.requireState(inBatch);
    }

    private void put(long start, long header, int messages) {
        data.putLongRelease(offset(start), header); // pairs with: MpscConsumer.look
        sequence += messages;
        wakeConsumer();
        region.checkOpen(); // after the last store: see Region, "closing under load"
    }

    private int offset(long position) {
        return (int) position & mask;
    }

    private long claimWord(int stride) {
        return MpscDescriptor.claim(stride, slot, generation);
    }

    /**
     * Claims a record of this stride by putting the word, a claim or the seal, at its start; returns where it starts, or FULL, NO_CONSUMER
     * or SEALED.
     */
    private long reserve(int stride, long wantedWord) {
        long at = next;
        int restarts = 0;
        while (restarts < MAX_RESTARTS) {
            int toEnd = capacity - offset(at);
            int wanted = Math.min(stride, toEnd);
            if (!hasRoom(at + wanted)) {
                return refusal(at + wanted);
            }
            long word = data.getLongAcquire(offset(at)); // after head. pairs with: MpscConsumer.mark
            if (word == MpscDescriptor.empty(epoch, at)) {
                long claimed = wanted == stride ? wantedWord : MpscDescriptor.padding(toEnd);
                if (!data.compareAndSetLong(offset(at), word, claimed)) {
                    restarts++; // somebody else was faster: his record is there now
                    continue;
                }
                if (claimed == MpscDescriptor.SEAL) {
                    return at; // where everybody stops: neither hint may lead past it
                }
                at += wanted;
                if (wanted == stride) {
                    next = at;
                    producerWords.putLongOpaque(MpscDescriptor.TAIL_OFFSET, at);
                    return at - stride;
                }
            } else {
                long consumed = consumed(); // after the word
                if (MpscDescriptor.isEmpty(word) || consumed - at > 0) {
                    at = likelyEnd(); // what stands here is not of this lap
                    restarts++;
                } else if (word == MpscDescriptor.SEAL) {
                    return SEALED;
                } else {
                    at += requireStride(word, at, consumed);
                }
            }
        }
        region.checkOpen();
        return FULL;
    }

    private long consumed() {
        return consumerWords.getLongAcquire(MpscDescriptor.CONSUMED_OFFSET); // pairs with: MpscConsumer.giveBack
    }

    /** A position at which a record starts or will start. */
    private long likelyEnd() {
        long consumed = consumed();
        region.checkOpen(); // a closed region reads as zeros
        records.requirePosition("consumed position", consumed, region.header().initialPosition());
        long tail = producerWords.getLongOpaque(MpscDescriptor.TAIL_OFFSET);
        boolean plausible = tail - consumed > 0 && tail - consumed <= capacity && tail % MpscDescriptor.ALIGNMENT == 0;
        return plausible ? tail : consumed;
    }

    /** Nobody claims further than a lap beyond what is consumed; so, whatever head says, the walk ends there. */
    private int requireStride(long word, long at, long consumed) {
        int stride = MpscDescriptor.stride(word);
        long room = Math.min(capacity - offset(at), capacity - (at - consumed));
        if (stride <= 0 || stride > room) {
            region.checkOpen(); // a closed region reads as zeros
            throw records.corrupt("a record of at most the " + room + " bytes to the end, or to a lap beyond what was consumed, "
                + consumed, word, at, data);
        }
        return stride;
    }

    private boolean hasRoom(long end) {
        return end - lastKnownHead <= capacity || hasRoomByNow(end);
    }

    private boolean hasRoomByNow(long end) {
        long head = consumerWords.getLongAcquire(MpscDescriptor.HEAD_OFFSET); // pairs with: MpscConsumer.mark
        if (head % MpscDescriptor.ALIGNMENT != 0) {
            throw new RegionCorrupt("ring " + region.name() + " is damaged: expected a head that is a multiple of "
                + MpscDescriptor.ALIGNMENT + ", found " + head + "; stop its consumer, remove it and create it anew");
        }
        if (head - lastKnownHead > 0) { // it never goes back
            lastKnownHead = head;
        }
        return end - lastKnownHead <= capacity;
    }

    private long refusal(long end) {
        region.checkOpen();
        if (consumers.fruitless() == PeerWatch.Peer.EXPECTED) {
            return full(next);
        }
        long before = lastKnownHead; // look again: the last of them may have read on before it left
        return hasRoomByNow(end) || lastKnownHead != before ? full(next) : NO_CONSUMER;
    }
}
