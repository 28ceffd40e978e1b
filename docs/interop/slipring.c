/* Attaching to a region: see slipring.h. */
#include "slipring.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

enum { OPEN_TRIES = 10000 };

void sr_fail(int status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(status);
}

void sr_pause(void)
{
    nanosleep(&(struct timespec) {.tv_nsec = 100 * 1000}, NULL);
}

void sr_print_payload(const uint8_t *payload, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (payload[i] >= ' ' && payload[i] <= '~' && payload[i] != '\\') {
            putchar(payload[i]);
        } else {
            printf("\\x%02x", payload[i]);
        }
    }
}

/* ---- locks: open file descriptions of their own ---- */

static int lock(int fd, int command, short type, int64_t byte)
{
    struct flock request = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
    int result;
    do {
        result = fcntl(fd, command, &request);
    } while (result < 0 && errno == EINTR);
    if (result < 0 && errno != EAGAIN && errno != EACCES) {
        sr_fail(1, "cannot lock: %s", strerror(errno));
    }
    return command == F_OFD_GETLK ? request.l_type != F_UNLCK : result == 0;
}

static bool is_held(const struct sr_region *region, int64_t byte)
{
    return lock(region->file, F_OFD_GETLK, F_RDLCK, byte);
}

/* ---- opening ---- */

static void require_trusted(const char *path, int fd)
{
    struct stat status;
    struct statfs system;
    if (fstat(fd, &status) < 0 || fstatfs(fd, &system) < 0) {
        sr_fail(1, "%s: %s", path, strerror(errno));
    }
    if (!S_ISREG(status.st_mode) || status.st_nlink > 1) {
        sr_fail(1, "%s is no regular file with one name", path);
    }
    if ((status.st_mode & 07) != 0 || (status.st_uid != geteuid() && (status.st_mode & 070) == 0)) {
        sr_fail(1, "%s belongs to user %u with mode %o: not ours, or open to others", path, status.st_uid, status.st_mode & 07777);
    }
    switch ((uint32_t) system.f_type) {
    case 0x01021994: /* tmpfs */
    case 0x958458f6: /* hugetlbfs */
    case 0x0000ef53: /* ext4 */
    case 0x58465342: /* xfs */
        return;
    default:
        sr_fail(1, "%s lies on a file system of type 0x%lx", path, (unsigned long) system.f_type);
    }
}

/* Opens for mapping and for locking, and read-locks the life of what has this name; false if it has lost it meanwhile. */
static bool open_named(struct sr_region *region, bool writable)
{
    int found = open(region->path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (found < 0) {
        sr_fail(1, "%s: %s", region->path, strerror(errno));
    }
    require_trusted(region->path, found);
    char same[64];
    snprintf(same, sizeof same, "/proc/self/fd/%d", found);
    int flags = (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC;
    region->file = open(same, flags);
    region->locks = open(same, flags);
    if (region->file < 0 || region->locks < 0) {
        sr_fail(1, "%s: %s", region->path, strerror(errno));
    }
    close(found);

    struct stat opened, named;
    if (lock(region->locks, F_OFD_SETLK, F_RDLCK, SR_LOCK_LIFE) && fstat(region->file, &opened) == 0
        && lstat(region->path, &named) == 0 && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino && opened.st_nlink == 1) {
        return true;
    }
    close(region->file);
    close(region->locks);
    return false;
}

/* CRC-32C, bit by bit: a header is all that it is needed for. */
static uint32_t crc32c(const uint8_t *bytes, size_t length)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? UINT32_C(0x82f63b78) : 0);
        }
    }
    return ~crc;
}

static uint32_t int_at(const uint8_t *image, int offset)
{
    uint32_t value;
    memcpy(&value, image + offset, sizeof value);
    return value;
}

static uint64_t long_at(const uint8_t *image, int offset)
{
    uint64_t value;
    memcpy(&value, image + offset, sizeof value);
    return value;
}

static void require(const char *path, bool right, const char *what, uint64_t found)
{
    if (!right) {
        sr_fail(1, "%s: %s is 0x%llx, which cannot be, or is not known here", path, what, (unsigned long long) found);
    }
}

static int64_t extent(enum sr_area area, int64_t page, int64_t capacity, int64_t *length)
{
    static const int64_t in_control[] = {0, 0x0000, 0x4000, 0x5000, 0x6000, 0x7000};
    static const int64_t lengths[] = {SR_HEADER_LENGTH, 16384, 4096, 4096, 4096, 4096, 4096};
    *length = area == SR_DATA ? capacity : lengths[area];
    switch (area) {
    case SR_HEADER: return 0;
    case SR_PRODUCER: return 2 * page;
    case SR_DATA: return 3 * page;
    default: return page + in_control[area];
    }
}

static void check_ranges(const char *path, const struct sr_header *header)
{
    bool ring = header->kind != SR_SLOT_TABLE;
    int64_t capacity = header->capacity;
    bool power_of_two = (capacity & (capacity - 1)) == 0;
    require(path, header->alignment == 8 || header->alignment == 64, "record alignment", header->alignment);
    require(path, header->kind != SR_MPSC_RING || header->alignment == SR_MPSC_ALIGNMENT, "record alignment", header->alignment);
    require(path, capacity >= 1 && capacity <= INT64_C(1) << 30, "capacity", (uint64_t) capacity);
    require(path, !ring || (power_of_two && capacity >= 16 * (int64_t) header->alignment), "capacity", (uint64_t) capacity);
    require(path, header->initial_position >= 0 && header->initial_position <= INT64_MAX - (INT64_C(1) << 40) + 1
        && header->initial_position % 64 == 0, "initial position", (uint64_t) header->initial_position);
    require(path, header->schema_id <= 65535, "schema id", header->schema_id);
    require(path, header->schema_version <= 65535, "schema version", header->schema_version);
    require(path, header->min_reader_version <= header->schema_version, "min reader version", header->min_reader_version);
}

static void check_areas(const char *path, const struct sr_header *header, const uint8_t *image, int64_t size)
{
    for (int area = 0; area < SR_AREAS; area++) {
        int64_t length;
        int64_t offset = extent(area, header->page, header->capacity, &length);
        uint64_t found = long_at(image, SR_AT_AREAS + 16 * area);
        require(path, found == (uint64_t) offset, "offset of an area", found);
        found = long_at(image, SR_AT_AREAS + 16 * area + 8);
        require(path, found == (uint64_t) length, "length of an area", found);
    }
    int64_t expected = 3 * header->page + (header->capacity + header->page - 1) / header->page * header->page;
    require(path, header->file_length == expected, "file length", (uint64_t) header->file_length);
    require(path, size == expected, "size of the file", (uint64_t) size);
}

/* Compares with /proc/sys/kernel/random/boot_id: each half of the UUID is one number. */
static void check_boot(const char *path, uint64_t high, uint64_t low)
{
    char text[40] = "";
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
    if (file == NULL || fgets(text, sizeof text, file) == NULL) {
        sr_fail(1, "cannot read the boot id");
    }
    fclose(file);
    uint64_t halves[2] = {0, 0};
    int digits = 0;
    for (const char *c = text; *c != '\0' && digits < 32; c++) {
        if (*c != '-') {
            uint64_t digit = (uint64_t) (*c <= '9' ? *c - '0' : *c - 'a' + 10);
            halves[digits / 16] = halves[digits / 16] << 4 | digit;
            digits++;
        }
    }
    require(path, high == halves[0] && low == halves[1], "boot id (high half), not this boot's,", high);
}

static struct sr_header decode(const struct sr_region *region, enum sr_kind kind, bool writable)
{
    const char *path = region->path;
    uint8_t image[SR_HEADER_LENGTH];
    ssize_t length = pread(region->file, image, sizeof image, 0);
    struct stat status;
    if (length < 0 || fstat(region->file, &status) < 0) {
        sr_fail(1, "cannot read %s: %s", path, strerror(errno));
    }
    if (length < 8 || long_at(image, SR_AT_MAGIC) != SR_MAGIC) {
        sr_fail(1, "%s is no Slipring region", path);
    }
    require(path, length == sizeof image, "length of the file", (uint64_t) length);
    require(path, int_at(image, SR_AT_LAYOUT_MAJOR) == SR_LAYOUT_MAJOR, "layout major", int_at(image, SR_AT_LAYOUT_MAJOR));
    require(path, int_at(image, SR_AT_CRC) == crc32c(image, SR_AT_CRC), "CRC32C", int_at(image, SR_AT_CRC));
    require(path, long_at(image, SR_AT_INCOMPAT) == 0, "incompat features", long_at(image, SR_AT_INCOMPAT));
    require(path, !writable || long_at(image, SR_AT_READ_COMPAT) == 0, "read-compat features", long_at(image, SR_AT_READ_COMPAT));
    require(path, int_at(image, SR_AT_KIND) == kind, "kind", int_at(image, SR_AT_KIND));
    require(path, int_at(image, SR_AT_HEADER_LENGTH) == SR_HEADER_LENGTH, "header length", int_at(image, SR_AT_HEADER_LENGTH));
    require(path, int_at(image, SR_AT_MAX_PARTICIPANTS) == SR_MAX_PARTICIPANTS, "max participants",
        int_at(image, SR_AT_MAX_PARTICIPANTS));
    uint32_t page = int_at(image, SR_AT_PAGE);
    require(path, page == SR_PAGE || page == SR_HUGE_PAGE, "page alignment", page);
    struct sr_header header = {
        .kind = kind,
        .parking = (int_at(image, SR_AT_FLAGS) & SR_FLAG_PARKING) != 0,
        .epoch = long_at(image, SR_AT_EPOCH),
        .initial_position = (int64_t) long_at(image, SR_AT_INITIAL_POSITION),
        .capacity = (int64_t) long_at(image, SR_AT_CAPACITY),
        .alignment = int_at(image, SR_AT_ALIGNMENT),
        .page = page,
        .file_length = (int64_t) long_at(image, SR_AT_FILE_LENGTH),
        .schema_id = int_at(image, SR_AT_SCHEMA_ID),
        .schema_version = int_at(image, SR_AT_SCHEMA_VERSION),
        .min_reader_version = int_at(image, SR_AT_MIN_READER_VERSION),
    };
    check_ranges(path, &header);
    check_areas(path, &header, image, status.st_size);
    check_boot(path, long_at(image, SR_AT_BOOT_HIGH), long_at(image, SR_AT_BOOT_LOW));
    return header;
}

struct sr_region sr_open(const char *path, enum sr_kind kind, bool writable)
{
    struct sr_region region = {.path = path};
    for (int tries = 0; !open_named(&region, writable); tries++) {
        if (tries == OPEN_TRIES) {
            sr_fail(1, "%s does not keep its name: is it a link, or is it being removed and made anew all the time?", path);
        }
        sr_pause();
    }
    region.header = decode(&region, kind, writable);
    size_t length = (size_t) (region.header.file_length - region.header.page);
    region.mapping = mmap(NULL, length, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, region.file, region.header.page);
    if (region.mapping == MAP_FAILED) {
        sr_fail(1, "cannot map %s: %s", path, strerror(errno));
    }
    return region;
}

void sr_require_schema(const struct sr_region *region, uint32_t id, uint32_t version)
{
    const struct sr_header *header = &region->header;
    if (header->schema_id != id || version < header->min_reader_version) {
        sr_fail(1, "%s carries schema %u of version %u (readers from %u), this side knows %u of version %u", region->path,
            header->schema_id, header->schema_version, header->min_reader_version, id, version);
    }
}

uint8_t *sr_area(const struct sr_region *region, enum sr_area area)
{
    int64_t length;
    return region->mapping + extent(area, region->header.page, region->header.capacity, &length) - region->header.page;
}

bool sr_is_removed(const struct sr_region *region)
{
    struct stat status;
    return fstat(region->file, &status) < 0 || status.st_nlink == 0 || status.st_size < region->header.file_length;
}

/* ---- participants ---- */

static uint8_t *slot_at(const struct sr_region *region, int slot)
{
    return sr_area(region, SR_PARTICIPANTS) + (ptrdiff_t) slot * SR_SLOT_LENGTH;
}

/* Applies the change that the journal holds, if any: values, so that twice is once. Holds repair. */
static void redo(const struct sr_region *region)
{
    uint8_t *counters = sr_area(region, SR_COUNTERS);
    if (sr_load_int_acquire(counters + SR_AT_JOURNAL_VALID) == 0) {
        return;
    }
    uint32_t count = sr_load_int(counters + SR_AT_JOURNAL_COUNT);
    uint32_t slot = sr_load_int(counters + SR_AT_JOURNAL_SLOT);
    uint32_t state = sr_load_int(counters + SR_AT_JOURNAL_STATE);
    if (count >= 2 * SR_COUNTS || slot >= SR_MAX_PARTICIPANTS || state > SR_ACTIVE) {
        sr_fail(1, "%s is damaged: its journal holds count %u, slot %u, state %u", region->path, count, slot, state);
    }
    int role = (int) (count / SR_COUNTS);
    sr_store_release(counters + SR_AT_COUNT(role, (int) (count % SR_COUNTS)), sr_load(counters + SR_AT_JOURNAL_VALUE));
    sr_store_release(counters + SR_AT_DIED_BEFORE_ERA(role), sr_load(counters + SR_AT_JOURNAL_ERA));
    uint64_t sum = 0;
    for (int each = 0; each < SR_COUNTS; each++) {
        sum += sr_load(counters + SR_AT_COUNT(role, each));
    }
    sr_store_release(counters + SR_AT_CHANGES(role), sum);
    sr_store_int_release(slot_at(region, (int) slot) + SR_AT_STATE, state);
    sr_store_int_release(counters + SR_AT_JOURNAL_VALID, 0);
}

static uint64_t living(const uint8_t *counters, enum sr_role role)
{
    uint64_t closed = sr_load_acquire(counters + SR_AT_COUNT(role, SR_CLOSED_IN_ORDER));
    uint64_t died = sr_load_acquire(counters + SR_AT_COUNT(role, SR_DIED));
    return sr_load_acquire(counters + SR_AT_COUNT(role, SR_ATTACHED)) - closed - died;
}

/* Adds 1 to a count and sets the state of a slot, both or neither. Holds repair. */
static void change(const struct sr_region *region, enum sr_role role, enum sr_count count, int slot, enum sr_state state)
{
    uint8_t *counters = sr_area(region, SR_COUNTERS);
    bool new_era = count == SR_ATTACHED && living(counters, role) == 0;
    uint64_t era = sr_load(counters + (new_era ? SR_AT_COUNT(role, SR_DIED) : SR_AT_DIED_BEFORE_ERA(role)));
    atomic_thread_fence(memory_order_release); /* the flag of the change before is down */
    sr_store_int(counters + SR_AT_JOURNAL_COUNT, (uint32_t) (SR_COUNTS * (int) role + (int) count));
    sr_store(counters + SR_AT_JOURNAL_VALUE, sr_load(counters + SR_AT_COUNT(role, count)) + 1);
    sr_store_int(counters + SR_AT_JOURNAL_SLOT, (uint32_t) slot);
    sr_store_int(counters + SR_AT_JOURNAL_STATE, state);
    sr_store(counters + SR_AT_JOURNAL_ERA, era);
    sr_store_int_release(counters + SR_AT_JOURNAL_VALID, 1);
    redo(region);
}

/* Counts the deaths that nobody has counted yet. Holds repair. */
static void count_the_dead(const struct sr_region *region)
{
    for (int slot = 0; slot < SR_MAX_PARTICIPANTS; slot++) {
        uint8_t *record = slot_at(region, slot);
        if (sr_load_int_acquire(record + SR_AT_STATE) == SR_ACTIVE && !is_held(region, SR_LOCK_SLOT(slot))) {
            uint32_t role = sr_load_int(record + SR_AT_ROLE);
            if (role > SR_ROLE_CONSUMER) {
                sr_fail(1, "%s is damaged: participant %d has role %u", region->path, slot, role);
            }
            change(region, role, SR_DIED, slot, SR_FREE);
        }
    }
}

/* When this process began, in ms since 1970; 0 if /proc does not say. */
static uint64_t process_start(void)
{
    char line[1024];
    long long ticks = 0, booted = 0;
    FILE *file = fopen("/proc/self/stat", "re");
    if (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *behind_name = strrchr(line, ')');
        if (behind_name != NULL) {
            sscanf(behind_name + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %lld", &ticks);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    file = fopen("/proc/stat", "re");
    while (file != NULL && booted == 0 && fgets(line, sizeof line, file) != NULL) {
        sscanf(line, "btime %lld", &booted);
    }
    if (file != NULL) {
        fclose(file);
    }
    return (uint64_t) (booted * 1000 + ticks * 1000 / sysconf(_SC_CLK_TCK));
}

static void describe_process(uint8_t *record, enum sr_role role)
{
    struct timespec now;
    struct stat namespace = {.st_ino = 0};
    clock_gettime(CLOCK_REALTIME, &now);
    stat("/proc/self/ns/pid", &namespace);
    size_t length = strnlen(program_invocation_short_name, SR_NAME_MAX);
    sr_store_int(record + SR_AT_ROLE, role);
    sr_store(record + SR_AT_PID, (uint64_t) getpid());
    sr_store(record + SR_AT_STARTED, process_start());
    sr_store(record + SR_AT_REGISTERED, (uint64_t) now.tv_sec * 1000000000 + (uint64_t) now.tv_nsec);
    sr_store(record + SR_AT_PID_NAMESPACE, namespace.st_ino);
    sr_store_int(record + SR_AT_NAME_LENGTH, (uint32_t) length);
    memcpy(record + SR_AT_NAME, program_invocation_short_name, length);
    memset(record + SR_AT_OWN_COUNTS, 0, SR_OWN_COUNTS_LENGTH);
}

struct sr_participant sr_register(struct sr_region *region, enum sr_role role, bool exclusive)
{
    struct sr_participant participant = {.role = role, .exclusive = exclusive, .slot = 0};
    lock(region->locks, F_OFD_SETLKW, F_WRLCK, SR_LOCK_REPAIR);
    redo(region);
    if (exclusive && !lock(region->locks, F_OFD_SETLK, F_WRLCK, SR_LOCK_ROLE(role))) {
        sr_fail(3, "%s already has its %s", region->path, role == SR_ROLE_PRODUCER ? "producer" : "consumer");
    }
    count_the_dead(region);
    while (sr_load_int(slot_at(region, participant.slot) + SR_AT_STATE) != SR_FREE
        || !lock(region->locks, F_OFD_SETLK, F_WRLCK, SR_LOCK_SLOT(participant.slot))) {
        if (++participant.slot == SR_MAX_PARTICIPANTS) {
            sr_fail(1, "%s has no free slot for a participant", region->path);
        }
    }
    uint8_t *record = slot_at(region, participant.slot);
    participant.generation = (sr_load_int(record + SR_AT_GENERATION) + 1) & SR_GENERATIONS;
    sr_store_int_release(record + SR_AT_GENERATION, participant.generation);
    describe_process(record, role);
    change(region, role, SR_ATTACHED, participant.slot, SR_ACTIVE);
    lock(region->locks, F_OFD_SETLK, F_UNLCK, SR_LOCK_REPAIR);
    return participant;
}

static void wake(const struct sr_region *region, int side)
{
    uint8_t *bell = sr_area(region, SR_WAITERS) + SR_AT_BELL(side);
    atomic_fetch_add((_Atomic uint32_t *) (void *) bell, 1);
    syscall(SYS_futex, bell, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

void sr_leave(struct sr_region *region, const struct sr_participant *participant)
{
    lock(region->locks, F_OFD_SETLKW, F_WRLCK, SR_LOCK_REPAIR);
    redo(region);
    change(region, participant->role, SR_CLOSED_IN_ORDER, participant->slot, SR_FREE);
    lock(region->locks, F_OFD_SETLK, F_UNLCK, SR_LOCK_SLOT(participant->slot));
    if (participant->exclusive) {
        lock(region->locks, F_OFD_SETLK, F_UNLCK, SR_LOCK_ROLE(participant->role));
    }
    lock(region->locks, F_OFD_SETLK, F_UNLCK, SR_LOCK_REPAIR);
    if (region->header.parking) {
        wake(region, 0);
        wake(region, 1);
    }
}

void sr_ring(const struct sr_region *region, int side)
{
    if (!region->header.parking) {
        return;
    }
    atomic_thread_fence(memory_order_seq_cst);
    _Atomic uint32_t *sleepers = (_Atomic uint32_t *) (void *) (sr_area(region, SR_WAITERS) + SR_AT_SLEEPERS(side));
    uint32_t seen = atomic_load_explicit(sleepers, memory_order_relaxed);
    if (seen != 0 && atomic_compare_exchange_strong(sleepers, &seen, 0)) {
        wake(region, side);
    }
}

enum sr_end sr_end_of_producer(const struct sr_region *region)
{
    const uint8_t *counters = sr_area(region, SR_COUNTERS);
    uint64_t changes = sr_load_acquire(counters + SR_AT_CHANGES(SR_ROLE_PRODUCER));
    uint64_t closed = sr_load_acquire(counters + SR_AT_COUNT(SR_ROLE_PRODUCER, SR_CLOSED_IN_ORDER));
    uint64_t died = sr_load_acquire(counters + SR_AT_COUNT(SR_ROLE_PRODUCER, SR_DIED));
    uint64_t before = sr_load_acquire(counters + SR_AT_DIED_BEFORE_ERA(SR_ROLE_PRODUCER));
    uint64_t attached = sr_load_acquire(counters + SR_AT_COUNT(SR_ROLE_PRODUCER, SR_ATTACHED));
    if (attached == 0) {
        return SR_EMPTY;
    }
    if (attached == closed + died) {
        return died > before ? SR_PRODUCER_DEAD : SR_CLOSED;
    }
    bool uncounted = !is_held(region, SR_LOCK_ROLE(SR_ROLE_PRODUCER))
        && sr_load_acquire(counters + SR_AT_CHANGES(SR_ROLE_PRODUCER)) == changes;
    return uncounted ? SR_PRODUCER_DEAD : SR_EMPTY;
}

bool sr_is_dead(const struct sr_region *region, int slot, uint32_t generation)
{
    return sr_load_int_acquire(slot_at(region, slot) + SR_AT_GENERATION) != generation || !is_held(region, SR_LOCK_SLOT(slot));
}

/* ---- what senders share ---- */

struct sr_region sr_open_to_send(int argc, char **argv, enum sr_kind kind)
{
    if (argc != 2 && argc != 4) {
        sr_fail(2, "usage: %s FILE [SCHEMA-ID SCHEMA-VERSION]", program_invocation_short_name);
    }
    struct sr_region region = sr_open(argv[1], kind, true);
    sr_require_schema(&region, argc == 4 ? (uint32_t) atoi(argv[2]) : 0, argc == 4 ? (uint32_t) atoi(argv[3]) : 0);
    return region;
}

uint64_t sr_align(uint64_t length, uint64_t alignment)
{
    return (length + alignment - 1) & ~(alignment - 1);
}

uint64_t sr_record_header(uint64_t length, int32_t type)
{
    return (uint64_t) (uint32_t) type << 32 | length;
}

enum sr_sent sr_send_lines(const struct sr_region *region, sr_send *send, void *producer)
{
    enum sr_sent sent = SR_SENT;
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    while (sent != SR_SEALED && (length = getline(&line, &room, stdin)) > 0) {
        length -= line[length - 1] == '\n';
        if (length > region->header.capacity / 8) {
            sr_fail(1, "a line of %zd bytes is longer than an eighth of %s", length, region->path);
        }
        while ((sent = send(producer, line, (size_t) length)) == SR_FULL) {
            if (sr_is_removed(region)) {
                sr_fail(1, "%s was removed", region->path);
            }
            sr_pause();
        }
    }
    free(line);
    return sent;
}
