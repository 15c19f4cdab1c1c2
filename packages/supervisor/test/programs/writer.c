#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Writes numbered records to both outputs, each in one call of write. How: the first argument; how many: the second. */

static uint32_t state = 1;

/* The tests compute the same numbers. */
static uint32_t draw(void)
{
  state = state * 1664525U + 1013904223U;
  return state >> 8;
}

static void put(int file, const void *bytes, size_t size)
{
  if (write(file, bytes, size) != (ssize_t)size)
    exit(9);
}

static void alternate(uint32_t count)
{
  for (uint32_t i = 0; i < count; i++)
    put(1 + (int)(i & 1), &i, sizeof i);
}

static void random_choices(uint32_t count)
{
  for (uint32_t i = 0; i < count; i++)
    put(1 + (int)(draw() & 1), &i, sizeof i);
}

/* From one byte to a MiB, more of the small ones; each is filled with its number modulo 251. */
static void sizes(uint32_t count)
{
  static unsigned char bytes[1U << 20];
  for (uint32_t i = 0; i < count; i++) {
    int file = 1 + (int)(draw() & 1);
    uint32_t size = 1U << (draw() % 21);
    size = size == 1 ? 1 : size - draw() % (size / 2);
    memset(bytes, (int)(i % 251), size);
    put(file, bytes, size);
  }
}

static void processes(uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) {
    pid_t child = fork();
    if (child == 0) {
      put(1 + (int)(draw() & 1), &i, sizeof i);
      _exit(0);
    }
    draw();
    waitpid(child, NULL, 0);
  }
}

static void several(uint32_t count)
{
  for (uint32_t writer = 0; writer < 4; writer++) {
    if (fork() != 0)
      continue;
    state = writer + 1;
    for (uint32_t i = 0; i < count; i++) {
      uint32_t record[2] = {writer, i};
      put(1 + (int)(draw() & 1), record, sizeof record);
    }
    _exit(0);
  }
  while (wait(NULL) > 0)
    ;
}

/* Never ends by itself: it tells how far it came only by what arrives. */
static void endless(void)
{
  static unsigned char bytes[65536];
  for (uint32_t i = 0;; i++) {
    memset(bytes, (int)(i % 251), sizeof bytes);
    put(1 + (int)(i & 1), bytes, sizeof bytes);
  }
}

int main(int argc, char **argv)
{
  uint32_t count = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
  if (argc > 3)
    state = (uint32_t)strtoul(argv[3], NULL, 10);
  const char *how = argc > 1 ? argv[1] : "";
  if (strcmp(how, "alternate") == 0)
    alternate(count);
  else if (strcmp(how, "random") == 0)
    random_choices(count);
  else if (strcmp(how, "sizes") == 0)
    sizes(count);
  else if (strcmp(how, "processes") == 0)
    processes(count);
  else if (strcmp(how, "several") == 0)
    several(count);
  else if (strcmp(how, "endless") == 0)
    endless();
  else
    return 8;
  return 0;
}
