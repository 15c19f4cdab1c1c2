#ifndef RIVULET_CLOCK_H
#define RIVULET_CLOCK_H

#include <stdint.h>
#include <time.h>

/** What the frames carry: the reader compares it with its own clock. */
static inline uint64_t clock_epoch_ns(void)
{
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

/** What deadlines are measured by, which nobody can set. */
static inline uint64_t clock_monotonic_ms(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000U + (uint64_t)now.tv_nsec / 1000000U;
}

#endif
