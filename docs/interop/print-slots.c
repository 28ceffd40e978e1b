/*
 * Prints the slots of a table, or, with a count, the newest value of its first slot again and again, until so many different ones were
 * printed. Maps everything read-only: no writer notices.
 *
 *   gcc -std=c11 -D_GNU_SOURCE -O2 -o print-slots print-slots.c slipring.c
 *   ./print-slots /dev/shm/slipring-1000/positions [COUNT]
 *
 * One line each: "KEY NAME version V age NS source T context C ring R writer OK|DEAD|NONE PAYLOAD", or "KEY NAME none yet", or
 * "KEY NAME busy". A name that is not there is "-", and so is the age when the writer's clock is another.
 */
#include "slipring.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct table {
    const struct sr_region *region;
    const uint8_t *data;
    uint64_t slots, cells, payload_max;
    uint64_t cell_stride, slots_offset, slot_stride;
    uint64_t *copy;         /* of a cell */
};

enum { TRIES = 100 };

static uint64_t round_up(uint64_t length)
{
    return (length + 127) / 128 * 128;
}

/* The shape is read once, and must give exactly the capacity. */
static struct table read_shape(const struct sr_region *region)
{
    struct table table = {.region = region, .data = sr_area(region, SR_DATA)};
    if (region->header.capacity < SR_AT_INDEX) {
        sr_fail(1, "%s is too small for a table", region->path);
    }
    table.slots = sr_load_int(table.data + SR_AT_SLOTS);
    table.cells = sr_load_int(table.data + SR_AT_CELLS);
    table.payload_max = sr_load_int(table.data + SR_AT_PAYLOAD_MAX);
    bool in_range = table.slots >= 1 && table.slots <= 65536 && table.cells >= 2 && table.cells <= 65536
        && (table.cells & (table.cells - 1)) == 0 && table.payload_max >= 8 && table.payload_max <= 65536;
    uint64_t entries = 2;
    while (entries <= 2 * table.slots - 1) {
        entries *= 2; /* so 2 x the greatest power of two that is at most 2S - 1 */
    }
    table.cell_stride = round_up(SR_AT_PAYLOAD + table.payload_max);
    table.slots_offset = round_up(SR_AT_INDEX + 4 * entries);
    table.slot_stride = SR_AT_CELL_0 + table.cells * table.cell_stride;
    if (!in_range || table.slots_offset + table.slots * table.slot_stride != (uint64_t) region->header.capacity) {
        sr_fail(1, "%s: %" PRIu64 " slots of %" PRIu64 " cells of %" PRIu64 " bytes are not what the header says", region->path,
            table.slots, table.cells, table.payload_max);
    }
    table.copy = malloc(table.cell_stride);
    if (table.copy == NULL) {
        sr_fail(1, "no memory");
    }
    return table;
}

static const uint8_t *cell_at(const struct table *table, const uint8_t *slot, uint64_t version)
{
    return slot + SR_AT_CELL_0 + (version & (table->cells - 1)) * table->cell_stride;
}

/* Copies a version; false unless every byte of the copy is of that version. */
static bool copy_version(const struct table *table, const uint8_t *slot, uint64_t version)
{
    const uint8_t *cell = cell_at(table, slot, version);
    if (sr_load_acquire(cell + SR_AT_STAMP) != 2 * version) {
        return false;
    }
    sr_copy_racy(table->copy, cell, SR_AT_PAYLOAD + table->payload_max);
    sr_load_load_fence();
    return sr_load(cell + SR_AT_STAMP) == 2 * version;
}

/* The newest complete version, 0 for none: latest, or the one behind it that is complete and not announced. */
static uint64_t newest(const struct table *table, const uint8_t *slot)
{
    uint64_t version = sr_load_acquire(slot + SR_AT_LATEST);
    bool unannounced = sr_load_acquire(cell_at(table, slot, version + 1) + SR_AT_STAMP) == 2 * (version + 1);
    return unannounced ? version + 1 : version;
}

static uint64_t copy_newest(const struct table *table, const uint8_t *slot, bool *busy)
{
    *busy = false;
    for (int tries = 0; tries < TRIES; tries++) {
        uint64_t version = newest(table, slot);
        if (version == 0 || copy_version(table, slot, version)) {
            return version;
        }
    }
    *busy = true;
    return 0;
}

static uint32_t int_in(const struct table *table, int offset)
{
    uint32_t value;
    memcpy(&value, (const uint8_t *) table->copy + offset, sizeof value);
    return value;
}

static void print_age(const struct table *table)
{
    struct stat namespace;
    struct timespec now;
    uint32_t mine = stat("/proc/self/ns/time", &namespace) == 0 ? (uint32_t) namespace.st_ino : 0;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (mine == int_in(table, SR_AT_CLOCK)) {
        int64_t published = (int64_t) table->copy[SR_AT_PUBLISHED / 8];
        printf(" age %" PRId64, (int64_t) now.tv_sec * 1000000000 + now.tv_nsec - published);
    } else {
        printf(" age -");
    }
}

/* NONE when the slot was given back; DEAD when its owner is. */
static const char *writer_state(const struct table *table, const uint8_t *slot)
{
    uint64_t owner = sr_load_acquire(slot + SR_AT_OWNER);
    if (owner == 0) {
        return "NONE";
    }
    uint32_t participant = (uint32_t) owner - 1;
    if (participant >= SR_MAX_PARTICIPANTS) {
        sr_fail(1, "%s is damaged: a slot belongs to participant %u", table->region->path, participant);
    }
    return sr_is_dead(table->region, (int) participant, (uint32_t) (owner >> 32)) ? "DEAD" : "OK";
}

/* Prints a slot, unless its version is this one already; returns the version. */
static uint64_t print_slot(const struct table *table, uint64_t number, uint64_t known)
{
    const uint8_t *slot = table->data + table->slots_offset + number * table->slot_stride;
    bool busy;
    uint64_t version = copy_newest(table, slot, &busy);
    if (version != 0 && version == known) {
        return version;
    }
    uint32_t name_length = sr_load_int(slot + SR_AT_KEY_NAME_LENGTH);
    uint32_t length = int_in(table, SR_AT_PAYLOAD_LENGTH);
    if (name_length > SR_KEY_NAME_MAX || (version != 0 && length > table->payload_max)) {
        sr_fail(1, "%s is damaged: name of %u bytes, payload of %u", table->region->path, name_length, length);
    }
    printf("%" PRIu64 " %.*s", sr_load(slot + SR_AT_KEY), name_length == 0 ? 1 : (int) name_length,
        name_length == 0 ? "-" : (const char *) slot + SR_AT_KEY_NAME);
    if (version == 0) {
        puts(busy ? " busy" : " none yet");
        return known;
    }
    const char *writer = writer_state(table, slot);
    printf(" version %" PRIu64, version);
    print_age(table);
    printf(" source %" PRId64 " context %" PRId64 " ring %" PRId64 " writer %s ", (int64_t) table->copy[SR_AT_SOURCE_TIME / 8],
        (int64_t) table->copy[SR_AT_CONTEXT / 8], (int64_t) table->copy[SR_AT_RING_SEQUENCE / 8], writer);
    sr_print_payload((const uint8_t *) table->copy + SR_AT_PAYLOAD, length);
    putchar('\n');
    return version;
}

int main(int argc, char **argv)
{
    if (argc != 2 && argc != 3) {
        sr_fail(2, "usage: %s FILE [COUNT]", argv[0]);
    }
    struct sr_region region = sr_open(argv[1], SR_SLOT_TABLE, false);
    struct table table = read_shape(&region);
    uint64_t count = sr_load_acquire(sr_area(&region, SR_PRODUCER) + SR_AT_SLOT_COUNT);
    if (count > table.slots) {
        sr_fail(1, "%s is damaged: %" PRIu64 " slots of %" PRIu64, region.path, count, table.slots);
    }
    if (argc == 2) {
        for (uint64_t number = 0; number < count; number++) {
            print_slot(&table, number, 0);
        }
        return 0;
    }
    uint64_t known = 0;
    for (long left = strtol(argv[2], NULL, 10); count > 0 && left > 0 && !sr_is_removed(&region);) {
        uint64_t version = print_slot(&table, 0, known);
        left -= version != known;
        known = version;
    }
    return 0;
}
