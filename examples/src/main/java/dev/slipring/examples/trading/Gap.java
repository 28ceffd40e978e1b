package dev.slipring.examples.trading;

/**
 * Executions that a reader lost.
 *
 * @param first sequence in the ring of the first; the first of all is 0
 * @param last  of the last
 */
record Gap(long first, long last) {

    long count() {
        return last - first + 1;
    }

    boolean contains(long sequence) {
        return first <= sequence && sequence <= last;
    }
}
