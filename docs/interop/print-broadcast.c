/*
 * Prints what a broadcast ring still has, from the oldest message on, and what is lost in between; then, with "follow", what comes, until
 * the producer has gone. Maps everything read-only: nobody notices.
 *
 *   gcc -std=c11 -D_GNU_SOURCE -O2 -o print-broadcast print-broadcast.c slipring.c
 *   ./print-broadcast /dev/shm/slipring-1000/prices [follow]
 *
 * One line each: "SEQUENCE TYPE PAYLOAD", "lost FIRST..LAST", and at the end "empty", "closed", "producer dead" or "sealed".
 */
#include "slipring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    const struct sr_region *region;
    const uint8_t *data;
    const uint8_t *producer;
    uint64_t capacity;
    uint64_t position;
    uint64_t expected;      /* the sequence that is due */
    bool begun;             /* whether that is known */
    bool sealed;            /* nothing will come any more */
    uint64_t *copy;         /* of a message, its sequence before it */
};

enum look { NOTHING, MESSAGE, OVERTAKEN, PADDING, SEALED };

static const uint8_t *at(const struct reader *reader, uint64_t position)
{
    return reader->data + (position & (reader->capacity - 1));
}

/* Whether all that was loaded at the position so far is what was published there. */
static bool is_retained(const struct reader *reader)
{
    sr_load_load_fence();
    uint64_t ahead = sr_load(reader->producer + SR_AT_INTENT) - reader->position;
    return ahead <= reader->capacity; /* also not behind: that would be a huge number */
}

/* The oldest mark that is a margin away from being overwritten, else the newest; before the first mark, the beginning. */
static uint64_t find_mark(const struct reader *reader, uint64_t margin)
{
    uint64_t start = (uint64_t) reader->region->header.initial_position;
    uint64_t intent = sr_load_acquire(reader->producer + SR_AT_INTENT);
    uint64_t oldest = intent - start > reader->capacity ? intent - reader->capacity : start;
    uint64_t first = UINT64_MAX, last = oldest;
    for (int i = 0; i < SR_MARKS; i++) {
        uint64_t mark = sr_load_acquire(reader->producer + SR_AT_MARKS + 8 * i);
        uint64_t position = mark & ~UINT64_C(1);
        bool usable = (mark & 1) != 0 && position >= oldest && position - oldest <= 2 * reader->capacity && position % 64 == 0;
        if (usable && position >= oldest + margin && position < first) {
            first = position;
        }
        if (usable && position > last) {
            last = position;
        }
    }
    return first != UINT64_MAX ? first : last;
}

/* Copies the message at the position, if there is one. Checks every length before it is used, and believes nothing that is not retained. */
static enum look look(struct reader *reader, uint32_t *type, uint32_t *length)
{
    uint64_t offset = reader->position & (reader->capacity - 1);
    uint64_t to_end = reader->capacity - offset;
    uint64_t header = sr_load_acquire(at(reader, reader->position));
    *length = (uint32_t) header;
    *type = (uint32_t) (header >> 32);
    if (header == 0) {
        return is_retained(reader) ? NOTHING : OVERTAKEN;
    }
    if ((int32_t) *type == SR_PADDING && *length == to_end) {
        return is_retained(reader) ? PADDING : OVERTAKEN;
    }
    if ((int32_t) *type == SR_SEAL && *length == SR_RECORD_HEADER) {
        return is_retained(reader) ? SEALED : OVERTAKEN;
    }
    if ((int32_t) *type < 0 || *length < SR_BROADCAST_HEADER || *length > SR_RECORD_HEADER + reader->capacity / 8 || *length > to_end) {
        if (is_retained(reader)) {
            sr_fail(1, "%s is damaged at position %llu: length %u, type %d", reader->region->path,
                (unsigned long long) reader->position, *length, (int32_t) *type);
        }
        return OVERTAKEN;
    }
    sr_copy_racy(reader->copy, at(reader, reader->position) + SR_RECORD_HEADER, *length - SR_RECORD_HEADER);
    return is_retained(reader) ? MESSAGE : OVERTAKEN;
}

static void print(struct reader *reader, uint32_t type, uint32_t length)
{
    uint64_t sequence = reader->copy[0];
    if (reader->begun && sequence != reader->expected) {
        printf("lost %llu..%llu\n", (unsigned long long) reader->expected, (unsigned long long) sequence - 1);
    }
    reader->begun = true;
    reader->expected = sequence + 1;
    printf("%llu %u ", (unsigned long long) sequence, type);
    sr_print_payload((const uint8_t *) (reader->copy + 1), length - SR_BROADCAST_HEADER);
    putchar('\n');
}

/* Prints all there is now; true if there was something. */
static bool print_what_is_there(struct reader *reader)
{
    bool any = false;
    uint32_t type, length;
    enum look found;
    while ((found = look(reader, &type, &length)) != NOTHING && found != SEALED) {
        any = true;
        if (found == OVERTAKEN) {
            reader->position = find_mark(reader, reader->capacity / 4);
        } else if (found == PADDING) {
            reader->position += length;
        } else {
            print(reader, type, length);
            reader->position += (length + SR_BROADCAST_ALIGNMENT - 1) / SR_BROADCAST_ALIGNMENT * SR_BROADCAST_ALIGNMENT;
        }
    }
    reader->sealed = found == SEALED;
    return any;
}

int main(int argc, char **argv)
{
    if (argc != 2 && !(argc == 3 && strcmp(argv[2], "follow") == 0)) {
        sr_fail(2, "usage: %s FILE [follow]", argv[0]);
    }
    struct sr_region region = sr_open(argv[1], SR_BROADCAST_RING, false);
    struct reader reader = {
        .region = &region,
        .data = sr_area(&region, SR_DATA),
        .producer = sr_area(&region, SR_PRODUCER),
        .capacity = (uint64_t) region.header.capacity,
        .copy = malloc((size_t) region.header.capacity / 8 + 8),
    };
    if (reader.copy == NULL || region.header.alignment != SR_BROADCAST_ALIGNMENT || region.header.capacity < 4096) {
        sr_fail(1, "%s: no memory, or no broadcast ring of this layout", region.path);
    }
    reader.position = find_mark(&reader, 0);

    enum sr_end end = SR_EMPTY;
    bool follow = argc == 3;
    do {
        print_what_is_there(&reader);
        end = sr_end_of_producer(&region);
        while (print_what_is_there(&reader)) { /* all it sent was there before it went */
        }
        fflush(stdout);
        sr_pause();
    } while (follow && end == SR_EMPTY && !reader.sealed && !sr_is_removed(&region));
    puts(reader.sealed ? "sealed" : end == SR_EMPTY ? "empty" : end == SR_CLOSED ? "closed" : "producer dead");
    return 0;
}
