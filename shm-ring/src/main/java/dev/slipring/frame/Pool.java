package dev.slipring.frame;

import dev.slipring.core.Area;
import dev.slipring.core.Memory;
import dev.slipring.core.ReadMemory;
import dev.slipring.core.Region;
import dev.slipring.core.RegionCorrupt;
import dev.slipring.core.RegionHeader;
import dev.slipring.core.Sharing;

/**
 * The geometry of one pool, checked, and what everybody may read of it. Each frame is a mapping of its own, so offsets within it are ints
 * however large the pool is.
 */
final class Pool {
    private final Region region;
    private final PoolOptions options;
    private final ReadMemory words;
    private final ReadMemory producerWords;
    private final ReadMemory descriptors;

    Pool(Region region) {
        this.region = region;
        words = region.view(Area.CONSUMER);
        producerWords = region.view(Area.PRODUCER);
        options = options(region.name(), region.header(), producerWords);
        descriptors = region.view(Area.DATA, 0, descriptorBytes());
    }

    private static PoolOptions options(String name, RegionHeader header, ReadMemory producerWords) {
        int frames = producerWords.getInt(PoolDescriptor.FRAMES_OFFSET);
        int frameBytes = producerWords.getInt(PoolDescriptor.FRAME_BYTES_OFFSET);
        try {
            var options = new PoolOptions(frames, frameBytes, header.parking(), Sharing.PRIVATE);
            if (options.dataBytes(header.pageAlignment()) == header.capacity()) {
                return options;
            }
        } catch (IllegalArgumentException e) {
            // said below, with what the header says
        }
        throw new RegionCorrupt("pool " + name + " is damaged: its " + header.capacity() + " bytes should be descriptors and frames, found "
            + frames + " frames of " + frameBytes + " bytes; remove it and create it anew");
    }

    Region region() {
        return region;
    }

    int frames() {
        return options.frames();
    }

    int frameBytes() {
        return options.frameBytes();
    }

    int pageAlignment() {
        return region.header().pageAlignment();
    }

    /** Frame words and seats. */
    ReadMemory words() {
        return words;
    }

    ReadMemory producerWords() {
        return producerWords;
    }

    ReadMemory descriptors() {
        return descriptors;
    }

    Memory writableDescriptors() {
        return region.memory(Area.DATA, 0, descriptorBytes());
    }

    /** What a consumer may read of a frame. */
    ReadMemory frame(int frame) {
        return region.view(Area.DATA, options.frameOffset(frame, pageAlignment()), frameBytes());
    }

    Memory writableFrame(int frame) {
        return region.memory(Area.DATA, options.frameOffset(frame, pageAlignment()), frameBytes());
    }

    private int descriptorBytes() {
        return frames() * FrameDescriptor.LENGTH;
    }
}
