#ifndef RIVULET_SIGNALS_H
#define RIVULET_SIGNALS_H

/**
 * Gives every signal its default action, and blocks none: what whoever started us ignores or blocks is their affair, as SIGPIPE
 * in Node, and none of the program's.
 */
void signals_reset(void);

#endif
