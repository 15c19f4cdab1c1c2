#include "arguments.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A year: far more than anyone waits, and far from where adding it to a clock could overflow. */
#define LONGEST_KILL_AFTER_MS UINT64_C(31536000000)

static const char *value_of(const char *argument, const char *name)
{
  size_t length = strlen(name);
  return strncmp(argument, name, length) == 0 ? argument + length : NULL;
}

static bool parse_order(const char *value, struct arguments *parsed)
{
  parsed->exact = strcmp(value, "exact") == 0;
  if (parsed->exact || strcmp(value, "arrival") == 0)
    return true;
  fprintf(stderr, "rivulet-supervisor: --order is 'exact' or 'arrival', not '%s'\n", value);
  return false;
}

/** False where it is no whole number, or above `most`. */
static bool parse_number(const char *value, unsigned long long most, unsigned long long *number)
{
  char *end = NULL;
  errno = 0;
  *number = strtoull(value, &end, 10);
  /* strtoull takes a sign and spaces, and turns -1 into a huge number. */
  bool digits = value[0] != '\0' && strspn(value, "0123456789") == strlen(value);
  return digits && *end == '\0' && errno == 0 && *number <= most;
}

static bool parse_kill_after(const char *value, struct arguments *parsed)
{
  unsigned long long number;
  if (parse_number(value, LONGEST_KILL_AFTER_MS, &number)) {
    parsed->kill_after_ms = number;
    return true;
  }
  fprintf(stderr, "rivulet-supervisor: --kill-after-ms is a number of milliseconds from 0 to %llu, not '%s'\n",
    (unsigned long long)LONGEST_KILL_AFTER_MS, value);
  return false;
}

static bool parse_size(const char *name, const char *value, unsigned short *size)
{
  unsigned long long number;
  if (parse_number(value, USHRT_MAX, &number)) {
    *size = (unsigned short)number;
    return true;
  }
  fprintf(stderr, "rivulet-supervisor: %s is a number of characters from 0 to %d, not '%s'\n", name, USHRT_MAX, value);
  return false;
}

static bool parse_option(const char *argument, struct arguments *parsed)
{
  const char *value;
  if ((value = value_of(argument, "--order=")) != NULL)
    return parse_order(value, parsed);
  if ((value = value_of(argument, "--kill-after-ms=")) != NULL)
    return parse_kill_after(value, parsed);
  if ((value = value_of(argument, "--columns=")) != NULL)
    return parse_size("--columns", value, &parsed->columns);
  if ((value = value_of(argument, "--rows=")) != NULL)
    return parse_size("--rows", value, &parsed->rows);
  if ((value = value_of(argument, "--cwd=")) != NULL)
    parsed->cwd = value;
  else if (strcmp(argument, "--pty-relay") == 0)
    parsed->pty_relay = true;
  else if (strcmp(argument, "--contain") == 0)
    parsed->contain = true;
  else if (strcmp(argument, "--inherit-stdout") == 0)
    parsed->inherit_stdout = true;
  else if (strcmp(argument, "--inherit-stderr") == 0)
    parsed->inherit_stderr = true;
  else {
    fprintf(stderr, "rivulet-supervisor: unknown argument '%s'; the command comes behind '--'\n", argument);
    return false;
  }
  return true;
}

bool arguments_parse(char **argv, struct arguments *parsed)
{
  *parsed = (struct arguments){.exact = true, .kill_after_ms = 5000, .columns = 80, .rows = 24};
  char **next = argv + (argv[0] != NULL);
  if (*next != NULL && strcmp(*next, "--probe") == 0 && next[1] == NULL) {
    parsed->probe = true;
    return true;
  }
  for (; *next != NULL && strcmp(*next, "--") != 0; next++) {
    if (!parse_option(*next, parsed))
      return false;
  }
  if (*next == NULL || next[1] == NULL) {
    fprintf(stderr, "rivulet-supervisor: no command given; it comes behind '--'\n");
    return false;
  }
  parsed->command = next + 1;
  return true;
}
