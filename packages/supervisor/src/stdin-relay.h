#ifndef RIVULET_STDIN_RELAY_H
#define RIVULET_STDIN_RELAY_H

#include <stdbool.h>

/** Gives the file that the program is to read: a pipe in place of a socket, else file 0 itself; -1 with errno. */
int stdin_open(void);

/** The end of the pipe that we write to; -1 where nothing is relayed, or no longer. */
int stdin_file(void);

/** Moves what can be moved without waiting. Returns whether there may be more to move at once. */
bool stdin_move(void);

/**
 * The input is whole, and ends with what is written. Without this word its end is none: whoever writes to us has died, and the
 * program would take half an input for all of it.
 */
void stdin_whole(void);

/** Nobody can read it any more: whoever writes to us is to know. */
void stdin_close(void);

#endif
