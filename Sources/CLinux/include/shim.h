#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H
// What Swift's Glibc module leaves out of the kernel's and the C library's interface.
#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

// Names the calling thread. prctl(2) is variadic, and pthread_setname_np needs _GNU_SOURCE, which belongs in a .c file:
// Swift can call neither.
void clinux_name_this_thread(const char *name);

// Accepts a connection with SOCK_CLOEXEC, so that no child process inherits it. accept4 needs _GNU_SOURCE as well.
// Gives the descriptor, or -1 with errno.
int clinux_accept(int listener);

// Whether the process was started to ignore a signal, as by nohup. SIG_IGN is an address that Swift cannot compare.
bool clinux_is_ignored(int signal);

// The offset of some bytes in others, -1 where they are not; `length` is not 0. memmem needs _GNU_SOURCE as well. Takes time with the sum
// of the lengths, whatever the bytes are.
long clinux_offset(const void *sought, size_t length, const void *bytes, size_t count);

// Gives a descriptor to the process at the other end of a unix socket, with one byte; -1 with errno. The macros of control messages
// (cmsg(3)) are not imported.
int clinux_send_descriptor(int socket, int descriptor);

// Takes one, with FD_CLOEXEC; -1 at the end of the line, and after a message that had none.
int clinux_receive_descriptor(int socket);
#endif
