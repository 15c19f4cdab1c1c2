#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static int open_slave(int master)
{
  char path[PATH_MAX];
  if (grantpt(master) == -1 || unlockpt(master) == -1)
    return -1;
  int error = ptsname_r(master, path, sizeof path);
  if (error != 0) {
    errno = error;
    return -1;
  }
  return open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
}

static bool set_up(const struct pty *pty, unsigned short columns, unsigned short rows)
{
  struct termios modes;
  if (tcgetattr(pty->slave, &modes) == -1)
    return false;
  /* With it, each newline would come out with a carriage return before it. */
  modes.c_oflag &= ~(tcflag_t)OPOST;
  /* Nobody types here. */
  modes.c_lflag &= ~(tcflag_t)ECHO;
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  int flags = fcntl(pty->master, F_GETFL);
  return tcsetattr(pty->slave, TCSANOW, &modes) == 0 && ioctl(pty->slave, TIOCSWINSZ, &size) == 0 && flags != -1 &&
    fcntl(pty->master, F_SETFL, flags | O_NONBLOCK) == 0;
}

bool pty_open(unsigned short columns, unsigned short rows, struct pty *pty)
{
  pty->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (pty->master == -1)
    return false;
  pty->slave = open_slave(pty->master);
  if (pty->slave != -1 && set_up(pty, columns, rows))
    return true;
  int error = errno;
  if (pty->slave != -1)
    close(pty->slave);
  close(pty->master);
  errno = error;
  return false;
}
