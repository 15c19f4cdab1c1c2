#ifndef RIVULET_CONTROL_H
#define RIVULET_CONTROL_H

enum verb {
  /** Nothing more for now. */
  VERB_NONE,
  VERB_SIGNAL,
  VERB_STOP,
  /** What was written to file 0 is all of the input. */
  VERB_INPUT_ENDED,
  /** The library has gone, or what it says cannot be understood: then it cannot be relied on to end what runs. */
  VERB_LOST,
};

struct control {
  enum verb verb;
  int signal;
};

/** The next message of the library. */
struct control control_next(void);

#endif
