#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <unistd.h>

/** What an ordinary pipe holds: more than this no read gives. */
#define PIPE_HOLDS 65536U

struct source {
  int file;
  bool no_writer_left;
};

static struct source sources[3] = {{.file = -1}, {.file = -1}, {.file = -1}};
static bool exact;
static bool dropping;
static bool expects_more;

/** The streams whose events wait for an answer, in the order of the events. One that waits already keeps its place. */
static enum stream waiting[2];
static size_t waiting_count;

/** One packet waits at most: the next write of this stream comes only after the read that answers for this one. */
static int hold_one_packet(int file)
{
  long page = sysconf(_SC_PAGESIZE);
  int holds = fcntl(file, F_SETPIPE_SZ, page);
  if (holds == -1)
    return -1;
  if (holds == page)
    return 0;
  errno = ENOTSUP;
  return -1;
}

int output_open(enum stream stream, bool in_exact_order)
{
  int ends[2];
  exact = in_exact_order;
  if (pipe2(ends, O_CLOEXEC | (exact ? O_DIRECT : 0)) == -1)
    return -1;
  /* The flag is of this end alone: the program's writes wait, as every program expects. */
  int flags = fcntl(ends[0], F_GETFL);
  if (flags == -1 || fcntl(ends[0], F_SETFL, flags | O_NONBLOCK) == -1 || (exact && hold_one_packet(ends[0]) == -1)) {
    int error = errno;
    close(ends[0]);
    close(ends[1]);
    errno = error;
    return -1;
  }
  sources[stream].file = ends[0];
  return ends[1];
}

int output_file(enum stream stream)
{
  return sources[stream].file;
}

static bool is_waiting(enum stream stream)
{
  for (size_t i = 0; i < waiting_count; i++) {
    if (waiting[i] == stream)
      return true;
  }
  return false;
}

void output_note(enum stream stream, bool no_writer_left)
{
  struct source *source = &sources[stream];
  if (source->file == -1)
    return;
  source->no_writer_left = source->no_writer_left || no_writer_left;
  if (!is_waiting(stream))
    waiting[waiting_count++] = stream;
}

/**
 * Only of a pipe that its program has made larger, and whose order it has given up with that. In any other, a packet without an
 * event is one whose event is on its way: answered before it, that event would stand for a later packet, too early.
 */
static bool is_untold(enum stream stream)
{
  int file = sources[stream].file;
  if (!exact || file == -1 || is_waiting(stream) || fcntl(file, F_GETPIPE_SZ) <= sysconf(_SC_PAGESIZE))
    return false;
  int unread = 0;
  return ioctl(file, FIONREAD, &unread) == 0 && unread > 0;
}

bool output_untold(void)
{
  return is_untold(STREAM_STDOUT) || is_untold(STREAM_STDERR);
}

void output_note_untold(void)
{
  for (enum stream stream = STREAM_STDOUT; stream <= STREAM_STDERR; stream++) {
    if (is_untold(stream))
      output_note(stream, false);
  }
}

static size_t room(void)
{
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  return frames_room(page, exact ? page : PIPE_HOLDS);
}

static ssize_t read_once(enum stream stream)
{
  static unsigned char dropped[PIPE_HOLDS];
  int file = sources[stream].file;
  return dropping ? read(file, dropped, sizeof dropped) : frames_read(stream, file, room());
}

static void close_source(enum stream stream)
{
  close(sources[stream].file);
  sources[stream].file = -1;
  if (!dropping)
    frames_closed(stream);
}

/** Returns whether there is more to read before the kernel tells of it again. */
static bool answer(enum stream stream)
{
  ssize_t got = read_once(stream);
  expects_more = got >= sysconf(_SC_PAGESIZE);
  if (got > 0) {
    /* In exact order, one read an event: a second would take what may have been written after the other
       stream's next. Without a writer there is no later write, and no later event either. */
    return !exact || dropping || sources[stream].no_writer_left;
  }
  if (got == -1 && (errno == EAGAIN || errno == EINTR))
    return false;
  close_source(stream);
  return false;
}

void output_answer(void)
{
  /* As many turns as there are streams: the library's messages and the children's ends are looked at between. */
  for (size_t turns = waiting_count; turns > 0 && output_ready(); turns--) {
    enum stream stream = waiting[0];
    waiting[0] = waiting[1];
    waiting_count--;
    if (answer(stream))
      waiting[waiting_count++] = stream;
  }
}

bool output_ready(void)
{
  return waiting_count > 0 && (dropping || room() > 0);
}

bool output_expects_more(void)
{
  return expects_more;
}

bool output_full(void)
{
  return waiting_count > 0 && !output_ready();
}

void output_drop(void)
{
  dropping = true;
}

bool output_all_closed(void)
{
  return sources[STREAM_STDOUT].file == -1 && sources[STREAM_STDERR].file == -1;
}
