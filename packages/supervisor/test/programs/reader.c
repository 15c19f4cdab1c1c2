#include <string.h>
#include <unistd.h>

/* Reads its input a byte at a time, and closes it after the first line; then it waits to be ended. */
int main(void)
{
  char byte;
  while (read(0, &byte, 1) == 1 && byte != '\n')
    if (write(1, &byte, 1) != 1)
      return 9;
  close(0);
  if (write(1, " closed", strlen(" closed")) == -1)
    return 9;
  for (;;)
    pause();
}
