/* Writes down what a program does to the files of one folder, so that a test can tell what a power failure would leave.

   LD_PRELOAD this with WATCHED_FOLDER and WATCH_LOG set. The log is a row of records:
       kind (1 byte), length of the name (4), offset or size (8), length of the data (8), name, data
   Kinds: C a file was made, W written, T truncated, B a flush begins, E it has ended, R renamed (the data is the new
   name), L linked (the same), U unlinked. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char names[MOST][PATH_MAX];
static int log_descriptor = -2;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void put(const void *data, size_t length) {
    const char *next = data;
    while (length) {
        ssize_t done = syscall(SYS_write, log_descriptor, next, length);
        if (done <= 0) abort();
        next += done;
        length -= (size_t)done;
    }
}

static void note(char kind, const char *name, int64_t place, const void *data, uint64_t length) {
    uint32_t name_length = (uint32_t)strlen(name);
    put(&kind, 1);
    put(&name_length, 4);
    put(&place, 8);
    put(&length, 8);
    put(name, name_length);
    put(data, length);
}

static int is_watched(const char *path) {
    const char *folder = getenv("WATCHED_FOLDER");
    if (log_descriptor == -2) {
        const char *log = getenv("WATCH_LOG");
        log_descriptor = log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    }
    return folder && log_descriptor >= 0 && path && strncmp(path, folder, strlen(folder)) == 0;
}

static const char *name_of(int descriptor) {
    return descriptor >= 0 && descriptor < MOST && names[descriptor][0] ? names[descriptor] : NULL;
}

static int opened(const char *path, int flags, int descriptor, int was_there) {
    if (descriptor >= 0 && descriptor < MOST && is_watched(path)) {
        pthread_mutex_lock(&lock);
        strncpy(names[descriptor], path, PATH_MAX - 1);
        if (!was_there) note('C', path, 0, "", 0);
        if (flags & O_TRUNC) note('T', path, 0, "", 0);
        pthread_mutex_unlock(&lock);
    }
    return descriptor;
}

static int is_there(const char *path) {
    struct stat status;
    return path && syscall(SYS_newfstatat, AT_FDCWD, path, &status, 0) == 0;
}

#define OPEN(name)                                                         \
    int name(const char *path, int flags, ...) {                           \
        va_list rest;                                                      \
        va_start(rest, flags);                                             \
        mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;        \
        va_end(rest);                                                      \
        int was_there = is_there(path);                                    \
        return opened(path, flags, REAL(name)(path, flags, mode), was_there); \
    }
OPEN(open)
OPEN(open64)

int close(int descriptor) {
    if (descriptor >= 0 && descriptor < MOST) names[descriptor][0] = 0;
    return REAL(close)(descriptor);
}

#define PWRITE(name, offset_type)                                                        \
    ssize_t name(int descriptor, const void *data, size_t length, offset_type offset) {  \
        pthread_mutex_lock(&lock);                                                       \
        ssize_t done = REAL(name)(descriptor, data, length, offset);                     \
        const char *path = name_of(descriptor);                                          \
        if (path && done > 0) note('W', path, offset, data, (uint64_t)done);             \
        pthread_mutex_unlock(&lock);                                                     \
        return done;                                                                     \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int descriptor, const void *data, size_t length) {
    const char *path = name_of(descriptor);
    if (!path) return REAL(write)(descriptor, data, length);
    pthread_mutex_lock(&lock);
    off_t offset = lseek(descriptor, 0, SEEK_CUR);
    ssize_t done = REAL(write)(descriptor, data, length);
    if (done > 0) note('W', path, offset, data, (uint64_t)done);
    pthread_mutex_unlock(&lock);
    return done;
}

#define TRUNCATE(name, size_type)                                      \
    int name(int descriptor, size_type size) {                         \
        pthread_mutex_lock(&lock);                                     \
        int done = REAL(name)(descriptor, size);                       \
        const char *path = name_of(descriptor);                        \
        if (path && done == 0) note('T', path, size, "", 0);           \
        pthread_mutex_unlock(&lock);                                   \
        return done;                                                   \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define FLUSH(name)                                          \
    int name(int descriptor) {                               \
        const char *path = name_of(descriptor);              \
        if (!path) return REAL(name)(descriptor);            \
        pthread_mutex_lock(&lock);                           \
        note('B', path, descriptor, "", 0);                  \
        pthread_mutex_unlock(&lock);                         \
        int done = REAL(name)(descriptor);                   \
        pthread_mutex_lock(&lock);                           \
        if (done == 0) note('E', path, descriptor, "", 0);   \
        pthread_mutex_unlock(&lock);                         \
        return done;                                         \
    }
FLUSH(fsync)
FLUSH(fdatasync)

#define NAMES(name, kind)                                                              \
    int name(const char *from, const char *to) {                                       \
        pthread_mutex_lock(&lock);                                                     \
        int done = REAL(name)(from, to);                                               \
        if (done == 0 && is_watched(from)) note(kind, from, 0, to, strlen(to));        \
        pthread_mutex_unlock(&lock);                                                   \
        return done;                                                                   \
    }
NAMES(rename, 'R')
NAMES(link, 'L')

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    pthread_mutex_lock(&lock);
    int done = REAL(linkat)(from_folder, from, to_folder, to, flags);
    if (done == 0 && is_watched(from)) note('L', from, 0, to, strlen(to));
    pthread_mutex_unlock(&lock);
    return done;
}

int unlink(const char *path) {
    pthread_mutex_lock(&lock);
    int done = REAL(unlink)(path);
    if (done == 0 && is_watched(path)) note('U', path, 0, "", 0);
    pthread_mutex_unlock(&lock);
    return done;
}
