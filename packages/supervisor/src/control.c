#include "control.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/socket.h>

#include "frames.h"

#define MESSAGE 4U

static unsigned char message[MESSAGE];
static size_t arrived;

static struct control understand(const unsigned char *bytes)
{
  unsigned number = bytes[1];
  if (bytes[2] == 0 && bytes[3] == 0) {
    if (bytes[0] == 1 && number >= 1 && number <= (unsigned)SIGRTMAX)
      return (struct control){.verb = VERB_SIGNAL, .signal = (int)number};
    if (bytes[0] == 2 && number == 0)
      return (struct control){.verb = VERB_STOP};
    if (bytes[0] == 3 && number == 0)
      return (struct control){.verb = VERB_INPUT_ENDED};
  }
  return (struct control){.verb = VERB_LOST};
}

struct control control_next(void)
{
  while (arrived < MESSAGE) {
    ssize_t got = recv(LIBRARY, message + arrived, MESSAGE - arrived, MSG_DONTWAIT);
    if (got == -1 && errno == EINTR)
      continue;
    if (got == -1 && errno == EAGAIN)
      return (struct control){.verb = VERB_NONE};
    if (got <= 0)
      return (struct control){.verb = VERB_LOST};
    arrived += (size_t)got;
  }
  arrived = 0;
  return understand(message);
}
