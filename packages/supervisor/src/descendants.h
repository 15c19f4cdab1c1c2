#ifndef RIVULET_DESCENDANTS_H
#define RIVULET_DESCENDANTS_H

#include <stdbool.h>
#include <sys/types.h>

/** What a process that copies a program's terminal is called: it is ours, and no stray. At most 15 bytes. */
#define COPIER_NAME "rivulet-copier"

struct process {
  pid_t pid;
  pid_t group;
  pid_t session;
  /** False for zombies: they are over, and only wait to be reaped. */
  bool lives;
  bool is_copier;
};

/** Whether /proc tells of the processes that we see, by the numbers that we know them by. */
bool descendants_visible(void);

/**
 * Calls `meet` for all descendants that the system lists, each before its own children are looked for: if it is killed
 * there, it can have no further ones. Processes that start or end meanwhile may be missed, or be met twice.
 */
void descendants_visit(void (*meet)(const struct process *process, void *context), void *context);

#endif
