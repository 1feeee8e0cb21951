/* Fails or forgets what a process writes under one folder: built by tests/faults/bench.py, and preloaded.
 *
 * Nothing fails before `arm` is called: with the folder, the kind of call (0 write, 1 sync, 2 rename, 3 unlink),
 * the number of that call from 1 on (0: none), and the error; -1 is a power cut at that call, and at -2 the process
 * is suspended there until somebody continues it. `counted` says how many calls of a kind there were since.
 *
 * A power cut ends the process, and what was not synced is lost: at its first write after a sync a file's
 * content so far is kept beside it (NAME~synced), a sync takes that away again. Who looks at the folder
 * afterwards puts those back. Renames and removals stay, as a journal in order keeps them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE, SYNC, RENAME, UNLINK, KINDS };
static long counts[KINDS], fails_at;
static int kind = -1, error_number, cut, ready;
static const char *under;
static size_t under_length;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void arm(const char *folder, int call, long at, int error) {
    under = strdup(folder);
    under_length = strlen(under);
    kind = call;
    fails_at = at;
    error_number = error;
    cut = error == -1;
    for (int one = 0; one < KINDS; one++) counts[one] = 0;
    ready = 1;
}

long counted(int call) { return counts[call]; }

static int is_ours(const char *path) {
    return ready && !strncmp(path, under, under_length) && path[under_length] == '/';
}

static int path_of(int descriptor, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_ours(path);
}

static void kept_name(const char *path, char *kept) { snprintf(kept, PATH_MAX + 8, "%s~synced", path); }

static void keep(const char *path) {
    char kept[PATH_MAX + 8], piece[65536];
    struct stat one;
    if (!cut || strstr(path, " (deleted)") || strstr(path, "-shm")) return;
    if (stat(path, &one) || !S_ISREG(one.st_mode)) return;
    kept_name(path, kept);
    int to = open(kept, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (to < 0) return; /* what was synced is there already */
    int from = open(path, O_RDONLY);
    ssize_t got;
    while (from >= 0 && (got = read(from, piece, sizeof piece)) > 0)
        if (REAL(write)(to, piece, (size_t)got) < 0) break;
    close(from);
    close(to);
}

static void forget(const char *path) {
    char kept[PATH_MAX + 8];
    if (!cut) return;
    kept_name(path, kept);
    REAL(unlink)(kept);
}

/* Whether this call is the one that fails; where the power is cut there, nothing comes after it. */
static int fails(int call) {
    pthread_mutex_lock(&lock);
    int hit = ++counts[call] == fails_at && call == kind;
    pthread_mutex_unlock(&lock);
    if (!hit) return 0;
    if (cut) {
        kill(getpid(), SIGKILL);
        pause();
    }
    if (error_number == -2) {
        kill(getpid(), SIGSTOP);
        return 0;
    }
    errno = error_number;
    return 1;
}

static int write_fails(int descriptor) {
    char path[PATH_MAX];
    int before = errno;
    if (!ready || !path_of(descriptor, path)) return errno = before, 0;
    if (fails(WRITE)) return 1;
    keep(path);
    return errno = before, 0;
}

ssize_t write(int d, const void *from, size_t size) { return write_fails(d) ? -1 : REAL(write)(d, from, size); }

ssize_t pwrite(int d, const void *from, size_t size, off_t at) {
    return write_fails(d) ? -1 : REAL(pwrite)(d, from, size, at);
}

ssize_t pwrite64(int d, const void *from, size_t size, off64_t at) {
    return write_fails(d) ? -1 : REAL(pwrite64)(d, from, size, at);
}

ssize_t writev(int d, const struct iovec *from, int count) {
    return write_fails(d) ? -1 : REAL(writev)(d, from, count);
}

ssize_t sendfile(int d, int from, off_t *at, size_t size) {
    return write_fails(d) ? -1 : REAL(sendfile)(d, from, at, size);
}

ssize_t sendfile64(int d, int from, off64_t *at, size_t size) {
    return write_fails(d) ? -1 : REAL(sendfile64)(d, from, at, size);
}

int ftruncate(int d, off_t size) { return write_fails(d) ? -1 : REAL(ftruncate)(d, size); }

int ftruncate64(int d, off64_t size) { return write_fails(d) ? -1 : REAL(ftruncate64)(d, size); }

static int sync_of(int d, int (*real)(int)) {
    char path[PATH_MAX];
    int before = errno, ours = ready && path_of(d, path);
    errno = before;
    if (ours && fails(SYNC)) return -1;
    int done = real(d);
    if (ours && !done) forget(path);
    return done;
}

int fsync(int d) { return sync_of(d, REAL(fsync)); }

int fdatasync(int d) { return sync_of(d, REAL(fdatasync)); }

/* What was synced of a file goes with it to its new name. */
static int renamed(int done, const char *from, const char *to) {
    char kept[PATH_MAX + 8], target[PATH_MAX + 8];
    if (!done && cut) {
        kept_name(from, kept);
        kept_name(to, target);
        if (REAL(rename)(kept, target)) REAL(unlink)(target);
    }
    return done;
}

int rename(const char *from, const char *to) {
    if (!is_ours(to)) return REAL(rename)(from, to);
    if (fails(RENAME)) return -1;
    return renamed(REAL(rename)(from, to), from, to);
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
    char folder[PATH_MAX];
    if (!ready || !path_of(b, folder)) return REAL(linkat)(a, from, b, to, flags);
    if (fails(RENAME)) return -1;
    return REAL(linkat)(a, from, b, to, flags);
}

int unlink(const char *path) {
    if (!is_ours(path)) return REAL(unlink)(path);
    if (fails(UNLINK)) return -1;
    int done = REAL(unlink)(path);
    if (!done) forget(path);
    return done;
}
