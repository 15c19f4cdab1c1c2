#ifndef RIVULET_OUTPUT_H
#define RIVULET_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "frames.h"

/** Makes the pipe of one stream. Gives the end that the program writes to, or -1 with errno. */
int output_open(enum stream stream, bool exact);

/** Where the stream can be watched; -1 where it is inherited or closed. */
int output_file(enum stream stream);

/** An event of the kernel's: it waits for its turn behind those that were noted before. */
void output_note(enum stream stream, bool no_writer_left);

/** Whether there is something to read that no event has told of. */
bool output_untold(void);

/** Has it answered as if one had. */
void output_note_untold(void);

/** Answers the events in their order, as long as there is room in the frames. */
void output_answer(void);

/** Whether there is something to answer at once. */
bool output_ready(void);

/** Whether the last read was of a whole page, as of a write that is longer than one. */
bool output_expects_more(void);

/** Whether there is something to answer, and no room for it. */
bool output_full(void);

/** From now on what comes is read and dropped, and no frame tells of it. */
void output_drop(void);

/** Whether all that was to be read is at its end. */
bool output_all_closed(void);

#endif
