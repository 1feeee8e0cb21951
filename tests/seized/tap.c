/* Keeps every byte that a process writes to a file, whether that file is there afterwards or not: a disk keeps the
 * content of what was removed. Built by tests/seized/tap.py, and preloaded.
 *
 * COUNTER_TAP names the record: for each write the path's length and the data's (4 bytes each, the machine's order),
 * the path, the data. What a file's memory map is written through is not seen.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int record = -2;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void all(const void *from, size_t size) {
    const char *at = from;
    while (size) {
        ssize_t done = REAL(write)(record, at, size);
        if (done <= 0) _exit(70); /* a record with a hole proves nothing */
        at += done;
        size -= (size_t)done;
    }
}

static void tap(int descriptor, const void *from, size_t size) {
    char link[64], path[PATH_MAX];
    struct stat one;
    int before = errno;
    if (!getenv("COUNTER_TAP") || descriptor == record || fstat(descriptor, &one) || !S_ISREG(one.st_mode)) {
        errno = before;
        return;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path);
    pthread_mutex_lock(&lock);
    if (record == -2) record = open(getenv("COUNTER_TAP"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    uint32_t sizes[2] = {length < 0 ? 0 : (uint32_t)length, (uint32_t)size};
    all(sizes, sizeof sizes);
    all(path, sizes[0]);
    all(from, size);
    pthread_mutex_unlock(&lock);
    errno = before;
}

ssize_t write(int d, const void *from, size_t size) {
    tap(d, from, size);
    return REAL(write)(d, from, size);
}

ssize_t pwrite(int d, const void *from, size_t size, off_t at) {
    tap(d, from, size);
    return REAL(pwrite)(d, from, size, at);
}

ssize_t pwrite64(int d, const void *from, size_t size, off64_t at) {
    tap(d, from, size);
    return REAL(pwrite64)(d, from, size, at);
}

ssize_t writev(int d, const struct iovec *from, int count) {
    for (int n = 0; n < count; n++) tap(d, from[n].iov_base, from[n].iov_len);
    return REAL(writev)(d, from, count);
}

/* Copies inside the kernel are made through memory instead, so that they are seen. */
ssize_t sendfile(int d, int from, off_t *at, size_t size) {
    (void)d, (void)from, (void)at, (void)size;
    errno = EINVAL;
    return -1;
}

ssize_t sendfile64(int d, int from, off64_t *at, size_t size) {
    (void)d, (void)from, (void)at, (void)size;
    errno = EINVAL;
    return -1;
}

ssize_t copy_file_range(int from, off64_t *a, int to, off64_t *b, size_t size, unsigned int flags) {
    (void)from, (void)a, (void)to, (void)b, (void)size, (void)flags;
    errno = ENOSYS;
    return -1;
}
