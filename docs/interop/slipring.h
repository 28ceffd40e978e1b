/*
 * The layout of a Slipring region and what the programs of this folder share, written from ../layout.md alone.
 *
 * Whatever is refused ends the program: one line on stderr, and status 1 (3 when a role is taken). The words of a region are accessed
 * through the functions at the end of this file, which name the order as the specification does.
 */
#ifndef SLIPRING_H
#define SLIPRING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- header ---- */
#define SR_MAGIC UINT64_C(0x474e495250494c53)
enum {
    SR_LAYOUT_MAJOR = 1,
    SR_HEADER_LENGTH = 512,
    SR_MAX_PARTICIPANTS = 64,
    SR_PAGE = 0x10000,
    SR_HUGE_PAGE = 0x200000,
    SR_FLAG_PARKING = 1
};

/* Offsets of the header's fields. */
enum {
    SR_AT_MAGIC = 0, SR_AT_LAYOUT_MAJOR = 8, SR_AT_HEADER_LENGTH = 12, SR_AT_COMPAT = 16, SR_AT_READ_COMPAT = 24, SR_AT_INCOMPAT = 32,
    SR_AT_KIND = 40, SR_AT_FLAGS = 44, SR_AT_EPOCH = 48, SR_AT_BOOT_HIGH = 56, SR_AT_BOOT_LOW = 64, SR_AT_INITIAL_POSITION = 72,
    SR_AT_CAPACITY = 80, SR_AT_ALIGNMENT = 88, SR_AT_MAX_PARTICIPANTS = 92, SR_AT_PAGE = 96, SR_AT_SCHEMA_ID = 100,
    SR_AT_FILE_LENGTH = 104, SR_AT_SCHEMA_VERSION = 112, SR_AT_MIN_READER_VERSION = 116, SR_AT_AREAS = 144, SR_AT_CRC = 508
};

enum sr_kind { SR_SPSC_RING = 1, SR_MPSC_RING = 2, SR_BROADCAST_RING = 3, SR_SLOT_TABLE = 4, SR_FRAME_POOL = 5 };

enum sr_area { SR_HEADER, SR_PARTICIPANTS, SR_COUNTERS, SR_CONSUMER, SR_WAITERS, SR_CHECKPOINTS, SR_PRODUCER, SR_DATA, SR_AREAS };

/* ---- locks ---- */
#define SR_LOCKS (INT64_C(1) << 40)
#define SR_LOCK_LIFE SR_LOCKS
#define SR_LOCK_REPAIR (SR_LOCKS + 1)
#define SR_LOCK_ROLE(r) (SR_LOCKS + 16 + (r))
#define SR_LOCK_SLOT(s) (SR_LOCKS + 1024 + (s))

/* ---- participants: 64 slots of 256 bytes ---- */
enum { SR_SLOT_LENGTH = 256 };
enum {
    SR_AT_GENERATION = 0, SR_AT_STATE = 4, SR_AT_ROLE = 8, SR_AT_PID = 16, SR_AT_STARTED = 24, SR_AT_REGISTERED = 32,
    SR_AT_PID_NAMESPACE = 40, SR_AT_NAME_LENGTH = 48, SR_AT_NAME = 52, SR_NAME_MAX = 76,
    SR_AT_OWN_COUNTS = 128, SR_OWN_COUNTS_LENGTH = 32
};
#define SR_GENERATIONS ((UINT32_C(1) << 30) - 1)
enum sr_state { SR_FREE, SR_ACTIVE };
enum sr_role { SR_ROLE_PRODUCER, SR_ROLE_CONSUMER };

/* ---- counters and journal ---- */
enum {
    SR_AT_JOURNAL_VALID = 0, SR_AT_JOURNAL_COUNT = 4, SR_AT_JOURNAL_VALUE = 8, SR_AT_JOURNAL_SLOT = 16, SR_AT_JOURNAL_STATE = 20,
    SR_AT_JOURNAL_ERA = 24
};
enum sr_count { SR_ATTACHED, SR_CLOSED_IN_ORDER, SR_DIED, SR_COUNTS };
#define SR_AT_COUNT(role, count) (128 + 128 * (role) + 8 * (count))
#define SR_AT_DIED_BEFORE_ERA(role) (128 + 128 * (role) + 24)
#define SR_AT_CHANGES(role) (128 + 128 * (role) + 32)

/* ---- waiters: side 0 is the consumer's, side 1 the producer's ---- */
#define SR_AT_BELL(side) (128 * (side))
#define SR_AT_SLEEPERS(side) (128 * (side) + 4)

/* ---- records of the rings ---- */
enum { SR_RECORD_HEADER = 8, SR_BROADCAST_HEADER = 16, SR_BROADCAST_ALIGNMENT = 64 };
enum { SR_PADDING = -1, SR_SEAL = -2 };
enum { SR_AT_POSITION = 0, SR_AT_HEAD = 0 };                                      /* PRODUCER, CONSUMER of an SPSC ring */
enum { SR_AT_CHECKPOINT_INDEX = 0 };                                              /* CHECKPOINTS */
#define SR_AT_CHECKPOINT_CELL(index) (16 + 16 * ((index) & 1))
enum { SR_AT_CLAIMED = 0, SR_AT_CONSUMED = 8, SR_MPSC_ALIGNMENT = 64 };             /* PRODUCER, CONSUMER of an MPSC ring; head as above */
enum { SR_AT_INTENT = 0, SR_AT_TAIL = 128, SR_AT_MARKS = 1024, SR_MARKS = 64 };   /* PRODUCER of a broadcast ring */

/* ---- the first word of a record of an MPSC ring ---- */
#define SR_MPSC_EMPTY (UINT64_C(1) << 63)
#define SR_MPSC_PADDING (UINT64_C(1) << 30)
#define SR_MPSC_CLAIM (UINT64_C(2) << 30)
#define SR_MPSC_SEAL (UINT64_C(3) << 30)
#define SR_MPSC_KIND SR_MPSC_SEAL
enum { SR_MPSC_LENGTHS = (1 << 30) - 1, SR_MPSC_UNITS = (1 << 24) - 1, SR_MPSC_SLOT_SHIFT = 24, SR_MPSC_GENERATION_SHIFT = 32 };

/* ---- slot table ---- */
enum { SR_AT_SLOT_COUNT = 0 };                                                    /* PRODUCER */
enum { SR_AT_SLOTS = 0, SR_AT_CELLS = 4, SR_AT_PAYLOAD_MAX = 8, SR_AT_INDEX = 128 };
enum { SR_AT_KEY = 0, SR_AT_KEY_NAME_LENGTH = 8, SR_AT_KEY_NAME = 12, SR_KEY_NAME_MAX = 52, SR_AT_LATEST = 64, SR_AT_OWNER = 72, SR_AT_CELL_0 = 128 };
enum {
    SR_AT_STAMP = 0, SR_AT_PAYLOAD_LENGTH = 8, SR_AT_CLOCK = 12, SR_AT_PUBLISHED = 16, SR_AT_SOURCE_TIME = 24, SR_AT_CONTEXT = 32,
    SR_AT_RING_SEQUENCE = 40, SR_AT_WRITER = 48, SR_AT_PAYLOAD = 56
};

/* What a header says, checked. */
struct sr_header {
    enum sr_kind kind;
    bool parking;
    uint64_t epoch;
    int64_t initial_position;
    int64_t capacity;
    uint32_t alignment;
    int64_t page;
    int64_t file_length;
    uint32_t schema_id, schema_version, min_reader_version;
};

struct sr_region {
    const char *path;
    struct sr_header header;
    int file;              /* mapped, and asks who lives: holds no lock */
    int locks;             /* holds them: is not mapped */
    uint8_t *mapping;      /* everything behind the header's pages */
};

/* What an attached participant knows of itself. */
struct sr_participant {
    enum sr_role role;
    bool exclusive;
    int slot;
    uint32_t generation;
};

/* What became of a message. */
enum sr_sent { SR_SENT, SR_FULL, SR_SEALED };
typedef enum sr_sent sr_send(void *producer, const char *payload, size_t length);

/* How a flow stands when there is nothing left to read. */
enum sr_end { SR_EMPTY, SR_CLOSED, SR_PRODUCER_DEAD };

/* Opens a region with every check, to look only or to take part; whoever decodes messages calls the second one too. */
struct sr_region sr_open(const char *path, enum sr_kind kind, bool writable);
void sr_require_schema(const struct sr_region *region, uint32_t id, uint32_t version);

/* For a program that sends: its arguments are FILE [SCHEMA-ID SCHEMA-VERSION]. */
struct sr_region sr_open_to_send(int argc, char **argv, enum sr_kind kind);

uint8_t *sr_area(const struct sr_region *region, enum sr_area area);

/* Takes part under a role, and leaves in order. Who exits in between has died. */
struct sr_participant sr_register(struct sr_region *region, enum sr_role role, bool exclusive);
void sr_leave(struct sr_region *region, const struct sr_participant *participant);

/* Of the one producer of a ring, by the counts, or by the kernel's word when nobody has counted its death yet. */
enum sr_end sr_end_of_producer(const struct sr_region *region);

bool sr_is_dead(const struct sr_region *region, int slot, uint32_t generation);

/* True once the file has lost its name. */
bool sr_is_removed(const struct sr_region *region);

/* Wakes who sleeps on a side; costs a fence when nobody does, and nothing in a region without parking. */
void sr_ring(const struct sr_region *region, int side);

/* Sends each line of the standard input, and waits for room where there is none; returns at the end of the input, or of the stream. */
enum sr_sent sr_send_lines(const struct sr_region *region, sr_send *send, void *producer);

/* Length rounded up to a power of two. */
uint64_t sr_align(uint64_t length, uint64_t alignment);

/* The header of a message, of padding or of the seal; of an MPSC ring, of a message only. */
uint64_t sr_record_header(uint64_t length, int32_t type);

void sr_pause(void);
_Noreturn void sr_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints a payload as text; bytes that are none as \xHH. */
void sr_print_payload(const uint8_t *payload, size_t length);

/* ---- access to the words of a region ---- */
static inline uint64_t sr_load(const uint8_t *at)
{
    return atomic_load_explicit((const _Atomic uint64_t *) (const void *) at, memory_order_relaxed);
}

static inline uint64_t sr_load_acquire(const uint8_t *at)
{
    return atomic_load_explicit((const _Atomic uint64_t *) (const void *) at, memory_order_acquire);
}

static inline void sr_store(uint8_t *at, uint64_t value)
{
    atomic_store_explicit((_Atomic uint64_t *) (void *) at, value, memory_order_relaxed);
}

static inline void sr_store_release(uint8_t *at, uint64_t value)
{
    atomic_store_explicit((_Atomic uint64_t *) (void *) at, value, memory_order_release);
}

/* A failed one changes nothing, and whoever wants to know what is there loads it. */
static inline bool sr_compare_and_set(uint8_t *at, uint64_t expected, uint64_t value)
{
    return atomic_compare_exchange_strong_explicit((_Atomic uint64_t *) (void *) at, &expected, value, memory_order_acq_rel,
        memory_order_relaxed);
}

static inline uint32_t sr_load_int(const uint8_t *at)
{
    return atomic_load_explicit((const _Atomic uint32_t *) (const void *) at, memory_order_relaxed);
}

static inline uint32_t sr_load_int_acquire(const uint8_t *at)
{
    return atomic_load_explicit((const _Atomic uint32_t *) (const void *) at, memory_order_acquire);
}

static inline void sr_store_int(uint8_t *at, uint32_t value)
{
    atomic_store_explicit((_Atomic uint32_t *) (void *) at, value, memory_order_relaxed);
}

static inline void sr_store_int_release(uint8_t *at, uint32_t value)
{
    atomic_store_explicit((_Atomic uint32_t *) (void *) at, value, memory_order_release);
}

static inline void sr_load_load_fence(void)
{
    atomic_thread_fence(memory_order_acquire);
}

/* Copies what somebody may be overwriting: word by word, so that it is a race of atomics and no undefined one. Both are aligned to 8. */
static inline void sr_copy_racy(uint64_t *to, const uint8_t *from, size_t length)
{
    for (size_t i = 0; i < (length + 7) / 8; i++) {
        to[i] = sr_load(from + 8 * i);
    }
}

#endif
