/*
 * A library for LD_PRELOAD that stands between a process and its files under one folder. It writes down, in order and
 * with their data, the calls that change files or make them durable, and it makes calls fail when told to.
 *
 *   IO_SHIM_FOLDER   the folder whose files count; everything else passes untouched
 *   IO_SHIM_TRACE    where to write the trace (optional); read by trace.ts
 *   IO_SHIM_CONTROL  a file of eight 32-bit integers that says what fails (optional); written by shim-control.ts
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPEN = 1, WRITE, TRUNCATE, SYNC, RENAME, UNLINK, MKDIR, MARK };

/* Kinds of call as bits of the control's mask. */
enum {
  ON_OPEN = 1, ON_OPEN_FOR_WRITING = 2, ON_WRITE = 4, ON_SYNC = 8, ON_TRUNCATE = 16,
  ON_RENAME = 32, ON_UNLINK = 64, ON_MKDIR = 128
};

struct control {
  volatile int32_t mask;
  volatile int32_t fail_at;     /* the n-th call of the mask, from 1; 0: none fails */
  volatile int32_t error;       /* errno; 0: the write is short */
  volatile int32_t is_lasting;  /* 1: so do all that follow */
  volatile int32_t seen;
  volatile int32_t injected;
  volatile int32_t reserved[2];
};

struct __attribute__((packed)) record {
  uint8_t kind;
  uint8_t flags;                /* OPEN: 1 it was made, 2 it was emptied */
  uint16_t path_bytes;
  int32_t fd;
  int64_t offset;
  uint32_t data_bytes;
};

#define MOST_FDS 4096
static struct { int is_known; dev_t device; ino_t inode; } known[MOST_FDS];
static char folder[4096];
static size_t folder_bytes;
static int trace = -1;
static struct control *control;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static __typeof__(&open64) real_open;
static __typeof__(&openat) real_openat;
static __typeof__(&write) real_write;
static __typeof__(&pwrite64) real_pwrite;
static __typeof__(&writev) real_writev;
static __typeof__(&pwritev64) real_pwritev;
static __typeof__(&ftruncate64) real_ftruncate;
static __typeof__(&fsync) real_fsync;
static __typeof__(&fdatasync) real_fdatasync;
static int (*real_rename)(const char *, const char *);
static __typeof__(&unlink) real_unlink;
static __typeof__(&mkdir) real_mkdir;

static void prepare(void) {
  real_open = REAL(open64);
  real_openat = REAL(openat);
  real_write = REAL(write);
  real_pwrite = REAL(pwrite64);
  real_writev = REAL(writev);
  real_pwritev = REAL(pwritev64);
  real_ftruncate = REAL(ftruncate64);
  real_fsync = REAL(fsync);
  real_fdatasync = REAL(fdatasync);
  real_rename = dlsym(RTLD_NEXT, "rename");
  real_unlink = REAL(unlink);
  real_mkdir = REAL(mkdir);
  const char *where = getenv("IO_SHIM_FOLDER");
  if (where && realpath(where, folder)) folder_bytes = strlen(folder);
  const char *trace_path = getenv("IO_SHIM_TRACE");
  if (trace_path) trace = real_open(trace_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *control_path = getenv("IO_SHIM_CONTROL");
  int fd = control_path ? real_open(control_path, O_RDWR | O_CLOEXEC) : -1;
  if (fd >= 0) {
    void *map = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    control = map == MAP_FAILED ? NULL : map;
    close(fd);
  }
}

static int is_ours(const char *path) {
  pthread_once(&once, prepare);
  return folder_bytes > 0 && strncmp(path, folder, folder_bytes) == 0 &&
         (path[folder_bytes] == '/' || path[folder_bytes] == '\0');
}

/* A descriptor that was closed behind our back and given out again is another file. */
static int is_known_fd(int fd) {
  pthread_once(&once, prepare);
  if (fd < 0 || fd >= MOST_FDS || !known[fd].is_known) return 0;
  struct stat now;
  if (fstat(fd, &now) == 0 && now.st_dev == known[fd].device && now.st_ino == known[fd].inode) return 1;
  known[fd].is_known = 0;
  return 0;
}

static void put(const void *bytes, size_t count) {
  const char *at = bytes;
  while (count > 0) {
    ssize_t done = real_write(trace, at, count);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) abort();
    at += done;
    count -= (size_t)done;
  }
}

static void put_head(int kind, int flags, int fd, int64_t offset, const char *path, size_t data_bytes) {
  struct record head = { (uint8_t)kind, (uint8_t)flags, path ? (uint16_t)strlen(path) : 0, fd, offset,
                         (uint32_t)data_bytes };
  put(&head, sizeof head);
  if (path) put(path, head.path_bytes);
}

static void note(int kind, int flags, int fd, int64_t offset, const char *path, const void *data, size_t bytes) {
  if (trace < 0) return;
  int kept = errno;
  put_head(kind, flags, fd, offset, path, bytes);
  if (bytes > 0) put(data, bytes);
  errno = kept;
}

/* 1 when this call is to fail; `error` is then set, 0 for a short write. */
static int must_fail(int kinds, int *error) {
  if (!control || (control->mask & kinds) == 0) return 0;
  control->seen += 1;
  int at = control->fail_at;
  if (at == 0 || control->seen < at || (control->seen > at && !control->is_lasting)) return 0;
  control->injected += 1;
  *error = control->error;
  return 1;
}

#define FAIL_ON(kinds) do { int error; \
    if (must_fail(kinds, &error)) { pthread_mutex_unlock(&lock); errno = error ? error : EIO; return -1; } } while (0)

static int open_ours(const char *path, int flags, mode_t mode) {
  pthread_mutex_lock(&lock);
  int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
  FAIL_ON(writes ? ON_OPEN | ON_OPEN_FOR_WRITING : ON_OPEN);
  struct stat before;
  int was_there = lstat(path, &before) == 0;
  int fd = real_open(path, flags, mode);
  if (fd >= 0 && fd < MOST_FDS) {
    struct stat now;
    fstat(fd, &now);
    known[fd].is_known = 1;
    known[fd].device = now.st_dev;
    known[fd].inode = now.st_ino;
    note(OPEN, (was_there ? 0 : 1) | (flags & O_TRUNC ? 2 : 0), fd, 0, path, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

static mode_t mode_of(int flags, va_list more) {
  return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(more, int) : 0;
}

int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = mode_of(flags, more);
  va_end(more);
  return is_ours(path) ? open_ours(path, flags, mode) : real_open(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = mode_of(flags, more);
  va_end(more);
  return is_ours(path) ? open_ours(path, flags, mode) : real_open(path, flags, mode);
}

int openat(int at, const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = mode_of(flags, more);
  va_end(more);
  return is_ours(path) ? open_ours(path, flags, mode) : real_openat(at, path, flags, mode);
}

/* `offset` < 0: where the file stands. */
static ssize_t write_ours(int fd, const void *data, size_t count, int64_t offset) {
  pthread_mutex_lock(&lock);
  int error;
  if (must_fail(ON_WRITE, &error)) {
    if (error != 0) {
      pthread_mutex_unlock(&lock);
      errno = error;
      return -1;
    }
    count = (count + 1) / 2;
  }
  ssize_t done = offset < 0 ? real_write(fd, data, count) : real_pwrite(fd, data, count, offset);
  if (done > 0) {
    int64_t from = offset < 0 ? lseek64(fd, 0, SEEK_CUR) - done : offset;
    note(WRITE, 0, fd, from, NULL, data, (size_t)done);
  }
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t write(int fd, const void *data, size_t count) {
  if (is_known_fd(fd)) return write_ours(fd, data, count, -1);
  pthread_once(&once, prepare);
  if (fd != STDOUT_FILENO || trace < 0) return real_write(fd, data, count);
  /* What the process has told the world, in its place among what it wrote. */
  pthread_mutex_lock(&lock);
  ssize_t done = real_write(fd, data, count);
  if (done > 0) note(MARK, 0, fd, 0, NULL, data, (size_t)done);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t offset) {
  return is_known_fd(fd) ? write_ours(fd, data, count, offset) : real_pwrite(fd, data, count, offset);
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t offset) { return pwrite64(fd, data, count, offset); }

static ssize_t writev_ours(int fd, const struct iovec *parts, int count, int64_t offset) {
  ssize_t total = 0;
  for (int i = 0; i < count; i++) {
    if (parts[i].iov_len == 0) continue;
    ssize_t done = write_ours(fd, parts[i].iov_base, parts[i].iov_len, offset < 0 ? -1 : offset + total);
    if (done < 0) return total > 0 ? total : -1;
    total += done;
    if ((size_t)done < parts[i].iov_len) break;
  }
  return total;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  return is_known_fd(fd) ? writev_ours(fd, parts, count, -1) : real_writev(fd, parts, count);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  return is_known_fd(fd) ? writev_ours(fd, parts, count, offset) : real_pwritev(fd, parts, count, offset);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  return pwritev64(fd, parts, count, offset);
}

int ftruncate64(int fd, off64_t length) {
  if (!is_known_fd(fd)) return real_ftruncate(fd, length);
  pthread_mutex_lock(&lock);
  FAIL_ON(ON_TRUNCATE);
  int result = real_ftruncate(fd, length);
  if (result == 0) note(TRUNCATE, 0, fd, length, NULL, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

/* Nothing here cuts the real power, so a sync is written down and not made: a sweep has thousands of them. */
static int sync_ours(int fd) {
  pthread_mutex_lock(&lock);
  FAIL_ON(ON_SYNC);
  note(SYNC, 0, fd, 0, NULL, NULL, 0);
  pthread_mutex_unlock(&lock);
  return 0;
}

int fsync(int fd) { return is_known_fd(fd) ? sync_ours(fd) : real_fsync(fd); }

int fdatasync(int fd) { return is_known_fd(fd) ? sync_ours(fd) : real_fdatasync(fd); }

int rename(const char *from, const char *to) {
  if (!is_ours(from)) return real_rename(from, to);
  pthread_mutex_lock(&lock);
  FAIL_ON(ON_RENAME);
  int result = real_rename(from, to);
  if (result == 0) note(RENAME, 0, -1, 0, from, to, strlen(to));
  pthread_mutex_unlock(&lock);
  return result;
}

int unlink(const char *path) {
  if (!is_ours(path)) return real_unlink(path);
  pthread_mutex_lock(&lock);
  FAIL_ON(ON_UNLINK);
  int result = real_unlink(path);
  if (result == 0) note(UNLINK, 0, -1, 0, path, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}

int mkdir(const char *path, mode_t mode) {
  if (!is_ours(path)) return real_mkdir(path, mode);
  pthread_mutex_lock(&lock);
  FAIL_ON(ON_MKDIR);
  int result = real_mkdir(path, mode);
  if (result == 0) note(MKDIR, 0, -1, 0, path, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}
