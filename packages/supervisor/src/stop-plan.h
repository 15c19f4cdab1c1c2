#ifndef RIVULET_STOP_PLAN_H
#define RIVULET_STOP_PLAN_H

#include <stdbool.h>
#include <stdint.h>

/** What is to be done when: no effects here, and the time is told from outside. All times are in milliseconds. */
struct stop_plan {
  bool begun;
  uint64_t kill_at;
  uint64_t look_at;
  uint64_t pause;
};

enum stop_step {
  /** Ask to end whoever was not asked before. */
  STEP_ASK,
  STEP_KILL,
};

/** Asks first, and kills after `grace`; at once where that is 0. */
void stop_plan_begin(struct stop_plan *plan, uint64_t now, uint64_t grace);

enum stop_step stop_plan_step(const struct stop_plan *plan, uint64_t now);

/** A look was of no use yet: the next comes later, though often at first. */
void stop_plan_looked(struct stop_plan *plan, uint64_t now);

/** How long to sleep before the next look. */
int stop_plan_wait(const struct stop_plan *plan, uint64_t now);

#endif
