#include "stop-plan.h"

#define SHORTEST_PAUSE 2U
#define LONGEST_PAUSE 50U

void stop_plan_begin(struct stop_plan *plan, uint64_t now, uint64_t grace)
{
  *plan = (struct stop_plan){.begun = true, .kill_at = now + grace, .look_at = now, .pause = SHORTEST_PAUSE};
}

enum stop_step stop_plan_step(const struct stop_plan *plan, uint64_t now)
{
  return now >= plan->kill_at ? STEP_KILL : STEP_ASK;
}

void stop_plan_looked(struct stop_plan *plan, uint64_t now)
{
  uint64_t next = now + plan->pause;
  /* The kill comes when it is due, and its first effect is looked at soon. */
  bool kill_is_next = now < plan->kill_at && plan->kill_at <= next;
  plan->look_at = kill_is_next ? plan->kill_at : next;
  plan->pause = kill_is_next ? SHORTEST_PAUSE : plan->pause * 2;
  if (plan->pause > LONGEST_PAUSE)
    plan->pause = LONGEST_PAUSE;
}

int stop_plan_wait(const struct stop_plan *plan, uint64_t now)
{
  if (!plan->begun)
    return -1;
  return plan->look_at <= now ? 0 : (int)(plan->look_at - now);
}
