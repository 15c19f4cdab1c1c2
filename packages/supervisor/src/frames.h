#ifndef RIVULET_FRAMES_H
#define RIVULET_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** The socket that the library gave us: frames out, control messages in. */
#define LIBRARY 3

enum stream { STREAM_NONE = 0, STREAM_STDOUT = 1, STREAM_STDERR = 2 };

enum refusal { REFUSED_CWD = 1, REFUSED_PROGRAM = 2, REFUSED_RESOURCES = 3 };

/** These always have room: each comes at most once in a run, or once for each stream, and what they need is kept free. */
void frames_made(pid_t process);
void frames_started(pid_t program);
void frames_refused(enum refusal phase, int error);
void frames_exited(int wait_status);
void frames_closed(enum stream stream);
void frames_over(uint32_t strays);

/** How many bytes of output may be read now, at most `most`; 0 where not even `least` fit. */
size_t frames_room(size_t least, size_t most);

/** One read, straight into the frames, of as many bytes as `frames_room` said. Returns what read() does. */
ssize_t frames_read(enum stream stream, int file, size_t size);

bool frames_pending(void);

enum sent { SENT_ALL, SENT_NOT_ALL, SENT_FAILED };

/** Hands over as much as the socket takes. */
enum sent frames_send(void);

/** Whether the library has taken all that was sent. */
bool frames_library_idle(void);

/**
 * Waits until it has. Where the socket closed earlier, a message of the library's that crosses the last frame would fail,
 * and what it had not read be lost with the socket. False where the library is gone.
 */
bool frames_wait_until_taken(void);

#endif
