#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H
// What Swift's Glibc module leaves out of the kernel's interface.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/random.h>
#include <sys/resource.h>
#endif
