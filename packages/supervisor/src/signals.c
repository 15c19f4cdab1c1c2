#include "signals.h"

#include <signal.h>
#include <stddef.h>

void signals_reset(void)
{
  for (int number = 1; number <= SIGRTMAX; number++)
    signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}
