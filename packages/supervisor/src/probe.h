#ifndef RIVULET_PROBE_H
#define RIVULET_PROBE_H

#include <stdbool.h>

/** Tries what a run needs of the system. Where something is missing, one line on stderr tells what. */
bool probe(void);

#endif
