#ifndef RIVULET_DELIVERY_H
#define RIVULET_DELIVERY_H

#include <stdbool.h>

/**
 * When the frames are handed over: at once where the library has taken all that was sent before. While it has something
 * unread it will take it when it can, and what comes meanwhile is gathered for then; the kernel tells when it took some.
 */

/** The kernel's word that the library has taken some. */
void delivery_note_taken(void);

/** Whether the last look for events found none. */
void delivery_note_quiet(bool quiet);

/** Whether the frames wait for no more than one further look for events. */
bool delivery_waits_for_more(void);

/** Whether the kernel will tell when the socket takes more. */
bool delivery_socket_full(void);

/** Hands over what is due; all of it if these are the last frames. False where nobody is there to take them. */
bool delivery_try(bool last);

#endif
