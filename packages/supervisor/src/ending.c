#include "ending.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>

#include "clock.h"
#include "descendants.h"
#include "pid-set.h"
#include "stop-plan.h"

/** So many looks in a row, with nobody reaped between them, that find nobody: whoever the system says is left is over. */
#define LOOKS_TO_BE_SURE 3U

static pid_t program;
static bool contain;
static uint64_t kill_after_ms;

static bool program_reaped;
static bool nobody_left;

static struct stop_plan plan;
static bool exited_before;
static bool group_asked;
static unsigned looks_without_finding;

static struct pid_set told;
static uint32_t strays;

/** What one look found. */
struct round {
  enum stop_step step;
  /** Processes and zombies of the group: as long as there is one, the group's number is given to nobody else. */
  size_t members;
  /** Whoever lives, is to be ended, and can be. */
  size_t left;
};

void ending_prepare(pid_t started, bool contained, uint64_t grace)
{
  program = started;
  contain = contained;
  kill_after_ms = grace;
}

bool ending_reap(int *wait_status)
{
  bool found = false;
  int status;
  pid_t pid;
  while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
    pid_set_remove(&told, pid);
    looks_without_finding = 0;
    if (pid == program && !program_reaped) {
      program_reaped = true;
      found = true;
      *wait_status = status;
    }
  }
  nobody_left = pid == -1 && errno == ECHILD;
  return found;
}

bool ending_program_reaped(void)
{
  return program_reaped;
}

static bool is_member(const struct process *process)
{
  return process->group == program && process->session == program;
}

static void count_members(const struct process *process, void *context)
{
  size_t *members = context;
  *members += is_member(process);
}

void ending_signal(int number)
{
  size_t members = !program_reaped;
  if (program_reaped)
    descendants_visit(count_members, &members);
  /* Without a member the number may be another's by now. */
  if (members > 0)
    kill(-program, number);
}

void ending_begin(void)
{
  if (plan.begun)
    return;
  exited_before = program_reaped;
  stop_plan_begin(&plan, clock_monotonic_ms(), kill_after_ms);
}

void ending_kill(void)
{
  if (!plan.begun)
    exited_before = program_reaped;
  stop_plan_begin(&plan, clock_monotonic_ms(), 0);
}

bool ending_begun(void)
{
  return plan.begun;
}

int ending_wait(void)
{
  return stop_plan_wait(&plan, clock_monotonic_ms());
}

/** Once for each process, however often it is signalled. */
static void count_stray(pid_t pid)
{
  if (pid_set_add(&told, pid))
    strays++;
}

/** Returns whether the process may be signalled. */
static bool tell(pid_t pid, enum stop_step step)
{
  bool asks = step != STEP_KILL && !pid_set_has(&told, pid);
  int number = step == STEP_KILL ? SIGKILL : asks ? SIGTERM : 0;
  if (kill(pid, number) == -1)
    return errno != EPERM;
  /* One that is stopped could not hear it. */
  if (asks)
    kill(pid, SIGCONT);
  count_stray(pid);
  return true;
}

static void meet(const struct process *process, void *context)
{
  struct round *round = context;
  bool member = is_member(process);
  round->members += member;
  if (!process->lives)
    return;
  if (!member) {
    round->left += contain && tell(process->pid, round->step);
    return;
  }
  /* The group is signalled as one, which nobody in it can slip out of by forking. */
  bool may_be_signalled = kill(process->pid, 0) == 0 || errno != EPERM;
  round->left += may_be_signalled;
  if (contain && exited_before && may_be_signalled && !process->is_copier)
    count_stray(process->pid);
}

static void tell_group(enum stop_step step)
{
  if (step == STEP_KILL) {
    kill(-program, SIGKILL);
  } else if (!group_asked) {
    group_asked = true;
    kill(-program, SIGTERM);
    kill(-program, SIGCONT);
  }
}

/** What the system itself knows, whoever was missed by a look. */
static bool system_knows_of_none(void)
{
  if (contain)
    return nobody_left;
  return program_reaped && (nobody_left || (kill(-program, 0) == -1 && errno == ESRCH));
}

bool ending_round(void)
{
  uint64_t now = clock_monotonic_ms();
  struct round round = {.step = stop_plan_step(&plan, now)};
  if (!program_reaped)
    tell_group(round.step);
  descendants_visit(meet, &round);
  /* Only while one of its members is seen is the group's number certainly still its own. */
  if (program_reaped && round.members > 0)
    tell_group(round.step);
  stop_plan_looked(&plan, now);
  if (system_knows_of_none())
    return true;
  /* What is left then are zombies that nobody reaps, others' processes, or whoever was missed each time. */
  looks_without_finding = round.left == 0 ? looks_without_finding + 1 : 0;
  if (looks_without_finding < LOOKS_TO_BE_SURE)
    return false;
  if (round.members > 0)
    tell_group(STEP_KILL);
  return true;
}

uint32_t ending_strays(void)
{
  return strays;
}
