/* Preloaded into a program: SIGKILL meets it at its n-th fsync or fdatasync, counted over all its threads. DOOMED_AT is n. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

static int sync_or_die(const char *name, int file) {
  static atomic_int syncs;
  const char *at = getenv("DOOMED_AT");
  if (at && atomic_fetch_add(&syncs, 1) + 1 == atoi(at))
    kill(getpid(), SIGKILL);
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}

int fsync(int file) { return sync_or_die("fsync", file); }

int fdatasync(int file) { return sync_or_die("fdatasync", file); }
