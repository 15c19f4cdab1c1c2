#include "frames.h"

#include <errno.h>
#include <linux/sockios.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"

enum kind { STARTED = 1, OUTPUT = 2, REFUSED = 3, EXITED = 4, CLOSED = 5, OVER = 6, MADE = 7 };

#define HEADER 16U
#define CAPACITY (256U * 1024U)

/** All other frames of a run: made, started or refused, exited, closed twice, over. They may not wait for room. */
#define RESERVED 128U

/** While it is waited for the last of them to be taken. */
#define LONGEST_PAUSE_NS 50000000L

_Static_assert(CAPACITY <= 1048576U, "no output frame can be longer than the protocol allows");

static unsigned char buffer[CAPACITY];
static size_t sent_to;
static size_t filled_to;

/** The last frame, if it is output: what follows in its stream is put behind it. */
static enum stream open_stream = STREAM_NONE;
static size_t open_frame;

static void put_u32(unsigned char *at, uint32_t value)
{
  for (unsigned i = 0; i < 4; i++)
    at[i] = (unsigned char)(value >> (8 * i));
}

static void put_u64(unsigned char *at, uint64_t value)
{
  put_u32(at, (uint32_t)value);
  put_u32(at + 4, (uint32_t)(value >> 32));
}

static void put_header(unsigned char *at, enum kind kind, enum stream stream, size_t length)
{
  at[0] = (unsigned char)kind;
  at[1] = (unsigned char)stream;
  at[2] = 0;
  at[3] = 0;
  put_u32(at + 4, (uint32_t)length);
  put_u64(at + 8, clock_epoch_ns());
}

static void append(enum kind kind, enum stream stream, const uint32_t *numbers, size_t count)
{
  put_header(buffer + filled_to, kind, stream, 4 * count);
  filled_to += HEADER;
  for (size_t i = 0; i < count; i++, filled_to += 4)
    put_u32(buffer + filled_to, numbers[i]);
  open_stream = STREAM_NONE;
}

void frames_made(pid_t process)
{
  append(MADE, STREAM_NONE, (const uint32_t[]){(uint32_t)process}, 1);
}

void frames_started(pid_t program)
{
  append(STARTED, STREAM_NONE, (const uint32_t[]){(uint32_t)program}, 1);
}

void frames_refused(enum refusal phase, int error)
{
  append(REFUSED, STREAM_NONE, (const uint32_t[]){(uint32_t)phase, (uint32_t)error}, 2);
}

void frames_exited(int status)
{
  uint32_t code = WIFEXITED(status) ? (uint32_t)WEXITSTATUS(status) : UINT32_MAX;
  uint32_t signal = WIFSIGNALED(status) ? (uint32_t)WTERMSIG(status) : 0;
  uint32_t core = WIFSIGNALED(status) && WCOREDUMP(status) ? 1 : 0;
  append(EXITED, STREAM_NONE, (const uint32_t[]){code, signal, core}, 3);
}

void frames_closed(enum stream stream)
{
  append(CLOSED, stream, NULL, 0);
}

void frames_over(uint32_t strays)
{
  append(OVER, STREAM_NONE, (const uint32_t[]){strays}, 1);
}

size_t frames_room(size_t least, size_t most)
{
  size_t used = filled_to + HEADER + RESERVED;
  if (used + least > CAPACITY)
    return 0;
  size_t room = CAPACITY - used;
  return room < most ? room : most;
}

ssize_t frames_read(enum stream stream, int file, size_t size)
{
  /* A header of which a byte is on its way tells a length that can no longer grow. */
  bool behind = open_stream == stream && sent_to <= open_frame;
  unsigned char *at = buffer + filled_to + (behind ? 0 : HEADER);
  ssize_t got = read(file, at, size);
  if (got <= 0)
    return got;
  if (behind) {
    size_t length = filled_to - open_frame - HEADER + (size_t)got;
    put_u32(buffer + open_frame + 4, (uint32_t)length);
  } else {
    put_header(buffer + filled_to, OUTPUT, stream, (size_t)got);
    open_frame = filled_to;
    open_stream = stream;
    filled_to += HEADER;
  }
  filled_to += (size_t)got;
  return got;
}

bool frames_pending(void)
{
  return sent_to < filled_to;
}

enum sent frames_send(void)
{
  while (frames_pending()) {
    ssize_t sent = send(LIBRARY, buffer + sent_to, filled_to - sent_to, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0)
      sent_to += (size_t)sent;
    else if (errno == EAGAIN || errno == ENOBUFS)
      return SENT_NOT_ALL;
    else if (errno != EINTR)
      return SENT_FAILED;
  }
  sent_to = 0;
  filled_to = 0;
  open_stream = STREAM_NONE;
  return SENT_ALL;
}

bool frames_library_idle(void)
{
  int unread = 0;
  return ioctl(LIBRARY, SIOCOUTQ, &unread) == -1 || unread == 0;
}

bool frames_wait_until_taken(void)
{
  /* The kernel's word that some was taken comes a moment before it is counted as such: so the count is asked again. */
  long pause_ns = 50000;
  struct pollfd library = {.fd = LIBRARY, .events = POLLRDHUP};
  while (!frames_library_idle()) {
    struct timespec pause = {.tv_nsec = pause_ns};
    if (ppoll(&library, 1, &pause, NULL) == 1)
      return false;
    /* It is late by a quarter of what it had to wait, at most. */
    pause_ns = pause_ns < LONGEST_PAUSE_NS ? pause_ns + pause_ns / 4 : pause_ns;
  }
  return true;
}
