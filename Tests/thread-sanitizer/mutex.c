// Tells ThreadSanitizer of the locks of Swift's Mutex (`make test-tsan`, scripts/sanitized-tests.sh).
//
// Synchronization.Mutex takes a free lock by an atomic that is compiled into the program, and so is seen. A lock that is taken is waited for by
// futex(2) within libswiftSynchronization, which the toolchain brings without ThreadSanitizer's instrumentation: whatever two threads do one after
// the other under a contended Mutex was reported as a race. `counter.swift` beside this shows it: 600,000 additions under a Mutex, none lost,
// are reported without this file and are not with it.
//
// Loaded before the library (LD_PRELOAD), these two take the place of its functions, call them, and say what they have done
// (https://github.com/llvm/llvm-project/blob/main/compiler-rt/include/sanitizer/tsan_interface.h). They need no suppressions, which would
// hide races as well.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

// Weak: the shell and other programs that inherit LD_PRELOAD have no ThreadSanitizer.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

#define SELF __attribute__((swift_context)) void *self
// Synchronization._MutexHandle._lockSlow(UInt32) and ._unlockSlow()
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef __attribute__((swiftcall)) void (*Lock)(uint32_t thread, SELF);
typedef __attribute__((swiftcall)) void (*Unlock)(SELF);

__attribute__((swiftcall)) void lock_slow(uint32_t thread, SELF) __asm__(LOCK_SLOW);
__attribute__((swiftcall)) void unlock_slow(SELF) __asm__(UNLOCK_SLOW);

__attribute__((swiftcall)) void lock_slow(uint32_t thread, SELF) {
    ((Lock)dlsym(RTLD_NEXT, LOCK_SLOW))(thread, self);
    if (__tsan_acquire) __tsan_acquire(self);
}

__attribute__((swiftcall)) void unlock_slow(SELF) {
    if (__tsan_release) __tsan_release(self);
    ((Unlock)dlsym(RTLD_NEXT, UNLOCK_SLOW))(self);
}
