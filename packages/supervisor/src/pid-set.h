#ifndef RIVULET_PID_SET_H
#define RIVULET_PID_SET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/** The highest that the system can be set to; of this memory only what is touched is ever taken. */
#define PID_LIMIT 4194304

struct pid_set {
  uint64_t words[PID_LIMIT / 64];
};

static inline bool pid_set_has(const struct pid_set *set, pid_t pid)
{
  return pid >= 0 && pid < PID_LIMIT && (set->words[pid / 64] >> (pid % 64) & 1) != 0;
}

/** Returns whether it is new. */
static inline bool pid_set_add(struct pid_set *set, pid_t pid)
{
  if (pid < 0 || pid >= PID_LIMIT || pid_set_has(set, pid))
    return false;
  set->words[pid / 64] |= UINT64_C(1) << (pid % 64);
  return true;
}

static inline void pid_set_remove(struct pid_set *set, pid_t pid)
{
  if (pid >= 0 && pid < PID_LIMIT)
    set->words[pid / 64] &= ~(UINT64_C(1) << (pid % 64));
}

#endif
