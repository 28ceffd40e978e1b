package dev.slipring.examples.video;

/**
 * Which bytes of which file: two processes that have these mapped have the same memory before them.
 *
 * @param inode  of the file; 0 when it is memory of one process only
 * @param offset in it
 */
record Place(long inode, long offset) {
    static final Place PRIVATE = new Place(0, 0);
}
