/*
 * Sends each line of its standard input through an MPSC ring, as one of its producers, and leaves in order at the end.
 *
 *   gcc -std=c11 -D_GNU_SOURCE -O2 -o send-mpsc send-mpsc.c slipring.c
 *   seq 1000 | ./send-mpsc /dev/shm/slipring-1000/orders [SCHEMA-ID SCHEMA-VERSION]
 *
 * Says "attached", and "sent N" at the end. With --die-claimed before the file it claims a record for the first line, writes half of
 * it, says "claimed", and waits to be killed.
 */
#include "slipring.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MESSAGE_TYPE = 1, RESTARTS = 1000 };

struct producer {
    const struct sr_region *region;
    uint8_t *data;
    uint8_t *words;
    const uint8_t *consumer;
    uint64_t capacity;
    uint64_t own_claim;     /* a claim of ours, but for its length */
    uint64_t next;          /* the end of our last record: one starts there */
    uint64_t head;          /* as last seen */
    uint64_t sent;
    bool dies_claimed;
};

static uint64_t offset(const struct producer *producer, uint64_t position)
{
    return position & (producer->capacity - 1);
}

/* Positions of others may lie on either side of one's own. */
static bool is_beyond(uint64_t position, uint64_t other)
{
    return (int64_t) (position - other) > 0;
}

/* What stands at a position that nobody has claimed. */
static uint64_t empty(const struct producer *producer, uint64_t position)
{
    uint64_t z = producer->region->header.epoch + position * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (z ^ z >> 31) | SR_MPSC_EMPTY;
}

static void require_position(const struct producer *producer, const char *what, uint64_t position)
{
    if (is_beyond((uint64_t) producer->region->header.initial_position, position) || position % SR_MPSC_ALIGNMENT != 0) {
        sr_fail(1, "%s is damaged: its %s is %" PRIu64, producer->region->path, what, position);
    }
}

/* A position at which a record starts or will start. */
static uint64_t likely_end(const struct producer *producer)
{
    uint64_t consumed = sr_load_acquire(producer->consumer + SR_AT_CONSUMED);
    require_position(producer, "consumed position", consumed);
    uint64_t hint = sr_load(producer->words + SR_AT_CLAIMED);
    bool plausible = is_beyond(hint, consumed) && hint - consumed <= producer->capacity && hint % SR_MPSC_ALIGNMENT == 0;
    return plausible ? hint : consumed;
}

/* Whether there is room up to this position. */
static bool has_room(struct producer *producer, uint64_t end)
{
    if (is_beyond(end, producer->head + producer->capacity)) {
        uint64_t head = sr_load_acquire(producer->consumer + SR_AT_HEAD);
        require_position(producer, "head", head);
        producer->head = head;
    }
    return !is_beyond(end, producer->head + producer->capacity);
}

/* Bytes from this record to the next, whoever's it is, checked: nothing else may move the position. */
static uint64_t stride(const struct producer *producer, uint64_t position, uint64_t word, uint64_t consumed)
{
    uint64_t length = (word & SR_MPSC_KIND) == SR_MPSC_CLAIM ? (word & SR_MPSC_UNITS) * SR_MPSC_ALIGNMENT
        : sr_align(word & SR_MPSC_LENGTHS, SR_MPSC_ALIGNMENT);
    if (length == 0 || length > producer->capacity - offset(producer, position)
        || is_beyond(position + length, consumed + producer->capacity)) {
        sr_fail(1, "%s is damaged at position %" PRIu64 ": 0x%" PRIx64, producer->region->path, position, word);
    }
    return length;
}

/* Claims a record of this length. All that others ever see of ours is claimed, or committed. */
static enum sr_sent claim(struct producer *producer, uint64_t length, uint64_t *start)
{
    uint64_t at = producer->next;
    for (int restarts = 0; restarts < RESTARTS;) {
        uint64_t to_end = producer->capacity - offset(producer, at);
        uint64_t wanted = length <= to_end ? length : to_end;
        if (!has_room(producer, at + wanted)) {
            return SR_FULL;
        }
        uint8_t *record = producer->data + offset(producer, at);
        uint64_t word = sr_load_acquire(record);
        if (word == empty(producer, at)) {
            uint64_t claimed = wanted == length ? producer->own_claim | length / SR_MPSC_ALIGNMENT : SR_MPSC_PADDING | wanted;
            if (!sr_compare_and_set(record, word, claimed)) {
                restarts++; /* somebody else was faster: his record is there now */
                continue;
            }
            if (wanted == length) {
                *start = at;
                producer->next = at + length;
                sr_store(producer->words + SR_AT_CLAIMED, producer->next);
                return SR_SENT;
            }
            at += wanted;
        } else {
            uint64_t consumed = sr_load_acquire(producer->consumer + SR_AT_CONSUMED); /* after the word */
            if ((word & SR_MPSC_EMPTY) != 0 || is_beyond(consumed, at)) {
                at = likely_end(producer); /* what stands here is not of this lap */
                restarts++;
            } else if (word == SR_MPSC_SEAL) {
                return SR_SEALED;
            } else {
                at += stride(producer, at, word, consumed);
            }
        }
    }
    return SR_FULL;
}

static _Noreturn void await_death(void)
{
    puts("claimed");
    fflush(stdout);
    for (;;) {
        pause();
    }
}

static enum sr_sent send(void *argument, const char *payload, size_t length)
{
    struct producer *producer = argument;
    uint64_t start;
    enum sr_sent claimed = claim(producer, sr_align(SR_RECORD_HEADER + length, SR_MPSC_ALIGNMENT), &start);
    if (claimed != SR_SENT) {
        return claimed;
    }
    uint8_t *record = producer->data + offset(producer, start);
    memcpy(record + SR_RECORD_HEADER, payload, producer->dies_claimed ? length / 2 : length);
    if (producer->dies_claimed) {
        await_death();
    }
    sr_store_release(record, sr_record_header(SR_RECORD_HEADER + length, MESSAGE_TYPE));
    producer->sent++;
    sr_ring(producer->region, 0);
    return SR_SENT;
}

int main(int argc, char **argv)
{
    bool dies_claimed = argc > 1 && strcmp(argv[1], "--die-claimed") == 0;
    struct sr_region region = sr_open_to_send(argc - dies_claimed, argv + dies_claimed, SR_MPSC_RING);
    struct sr_participant participant = sr_register(&region, SR_ROLE_PRODUCER, false);
    struct producer producer = {
        .region = &region,
        .data = sr_area(&region, SR_DATA),
        .words = sr_area(&region, SR_PRODUCER),
        .consumer = sr_area(&region, SR_CONSUMER),
        .capacity = (uint64_t) region.header.capacity,
        .own_claim = (uint64_t) participant.generation << SR_MPSC_GENERATION_SHIFT | SR_MPSC_CLAIM
            | (uint64_t) participant.slot << SR_MPSC_SLOT_SHIFT,
        .head = (uint64_t) region.header.initial_position, /* it is there or further */
        .dies_claimed = dies_claimed,
    };
    producer.next = likely_end(&producer);
    puts("attached");
    fflush(stdout);
    enum sr_sent last = sr_send_lines(&region, send, &producer);
    sr_leave(&region, &participant);
    printf("sent %" PRIu64 "%s\n", producer.sent, last == SR_SEALED ? ", up to the seal" : "");
    return 0;
}
