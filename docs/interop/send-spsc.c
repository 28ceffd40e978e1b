/*
 * Sends each line of its standard input through an SPSC ring, as its one producer, and leaves in order at the end. Goes on where the one
 * before it ended, whatever that was written in and however it died.
 *
 *   gcc -std=c11 -D_GNU_SOURCE -O2 -o send-spsc send-spsc.c slipring.c
 *   seq 1000 | ./send-spsc /dev/shm/slipring-1000/orders [SCHEMA-ID SCHEMA-VERSION]
 *
 * Says "goes on at SEQUENCE" when it has attached, and "sent up to SEQUENCE" at the end.
 */
#include "slipring.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MESSAGE_TYPE = 1 };

struct producer {
    const struct sr_region *region;
    uint8_t *data;
    uint8_t *words;
    const uint8_t *consumer;
    uint64_t capacity, alignment;
    uint64_t end;           /* of what is published: here stands a zero header */
    uint64_t sequence;
    uint64_t head;          /* as last seen */
    bool sealed;
};

static uint8_t *at(const struct producer *producer, uint64_t position)
{
    return producer->data + (position & (producer->capacity - 1));
}

static void read_checkpoint(struct producer *producer)
{
    const uint8_t *words = sr_area(producer->region, SR_CHECKPOINTS);
    uint64_t index;
    do {
        index = sr_load_acquire(words + SR_AT_CHECKPOINT_INDEX);
        producer->end = sr_load(words + SR_AT_CHECKPOINT_CELL(index));
        producer->sequence = sr_load(words + SR_AT_CHECKPOINT_CELL(index) + 8);
        sr_load_load_fence();
    } while (sr_load(words + SR_AT_CHECKPOINT_INDEX) != index);
}

/* Bytes from this record to the next, checked: nothing else may move the position. */
static uint64_t stride(const struct producer *producer, uint64_t word)
{
    uint64_t length = (uint32_t) word;
    int32_t type = (int32_t) (word >> 32);
    uint64_t to_end = producer->capacity - (producer->end & (producer->capacity - 1));
    bool padding = type == SR_PADDING && length == to_end;
    bool message = type >= 0 && length >= SR_RECORD_HEADER && length <= SR_RECORD_HEADER + producer->capacity / 8
        && sr_align(length, producer->alignment) <= to_end;
    if (!padding && !message) {
        sr_fail(1, "%s is damaged at position %" PRIu64 ": length %" PRIu64 ", type %d", producer->region->path, producer->end, length,
            type);
    }
    return padding ? length : sr_align(length, producer->alignment);
}

/* Walks from the checkpoint to the zero header, behind the last record that anybody published. */
static void find_end(struct producer *producer)
{
    read_checkpoint(producer);
    uint64_t start = producer->end;
    if (start < (uint64_t) producer->region->header.initial_position || start % producer->alignment != 0) {
        sr_fail(1, "%s is damaged: its checkpoint is at %" PRIu64, producer->region->path, start);
    }
    uint64_t word;
    while ((word = sr_load_acquire(at(producer, producer->end))) != 0) {
        if ((int32_t) (word >> 32) == SR_SEAL) {
            producer->sealed = true;
            return;
        }
        producer->end += stride(producer, word);
        producer->sequence += (int32_t) (word >> 32) != SR_PADDING;
        if (producer->end - start > producer->capacity) {
            sr_fail(1, "%s is damaged: no end within a lap of %" PRIu64, producer->region->path, start);
        }
    }
    producer->head = start;
}

/* Whether there is room up to this position and for the zero header behind it. */
static bool has_room(struct producer *producer, uint64_t up_to)
{
    if (up_to + SR_RECORD_HEADER - producer->head > producer->capacity) {
        producer->head = sr_load_acquire(producer->consumer + SR_AT_HEAD);
    }
    return up_to + SR_RECORD_HEADER - producer->head <= producer->capacity;
}

static enum sr_sent send(void *argument, const char *payload, size_t length)
{
    struct producer *producer = argument;
    uint64_t to_end = producer->capacity - (producer->end & (producer->capacity - 1));
    uint64_t record = sr_align(SR_RECORD_HEADER + length, producer->alignment);
    uint64_t padding = record <= to_end ? 0 : to_end;
    uint64_t start = producer->end + padding;
    if (!has_room(producer, start + record)) {
        return SR_FULL;
    }
    memcpy(at(producer, start) + SR_RECORD_HEADER, payload, length);
    sr_store(at(producer, start + record), 0);
    if (padding > 0) {
        sr_store(at(producer, start), sr_record_header(SR_RECORD_HEADER + length, MESSAGE_TYPE));
        sr_store_release(at(producer, producer->end), sr_record_header(padding, SR_PADDING));
    } else {
        sr_store_release(at(producer, start), sr_record_header(SR_RECORD_HEADER + length, MESSAGE_TYPE));
    }
    producer->end = start + record;
    producer->sequence++;
    sr_store_release(producer->words + SR_AT_POSITION, producer->end);
    sr_ring(producer->region, 0);
    return SR_SENT;
}

int main(int argc, char **argv)
{
    struct sr_region region = sr_open_to_send(argc, argv, SR_SPSC_RING);
    struct sr_participant participant = sr_register(&region, SR_ROLE_PRODUCER, true);
    struct producer producer = {
        .region = &region,
        .data = sr_area(&region, SR_DATA),
        .words = sr_area(&region, SR_PRODUCER),
        .consumer = sr_area(&region, SR_CONSUMER),
        .capacity = (uint64_t) region.header.capacity,
        .alignment = region.header.alignment,
    };
    find_end(&producer);
    printf("goes on at %" PRIu64 "\n", producer.sequence);
    fflush(stdout);

    if (!producer.sealed) {
        sr_send_lines(&region, send, &producer);
    }
    sr_leave(&region, &participant);
    printf("sent up to %" PRIu64 "%s\n", producer.sequence, producer.sealed ? ", which is sealed" : "");
    return 0;
}
