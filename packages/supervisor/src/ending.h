#ifndef RIVULET_ENDING_H
#define RIVULET_ENDING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/** Whom this run's end concerns: the program's group, with `contain` all descendants. */
void ending_prepare(pid_t program, bool contain, uint64_t kill_after_ms);

/** Reaps whoever has ended. Returns whether the program was among them, and then how it ended. */
bool ending_reap(int *wait_status);

bool ending_program_reaped(void);

/** Sends a signal to the program's group, if there still is one. */
void ending_signal(int number);

/** Begins to end them, unless that has begun. */
void ending_begin(void);

/** Ends them without asking. */
void ending_kill(void);

bool ending_begun(void);

/** How long to sleep before the next round, in milliseconds; -1 where none is due. */
int ending_wait(void);

/** One round: signals whom it is due to, and looks who is left. Returns whether nobody is. */
bool ending_round(void);

uint32_t ending_strays(void);

#endif
