// Tells ThreadSanitizer of what Swift's runtime synchronizes (`make test-tsan`, scripts/sanitized-tests.sh).
//
// The toolchain brings the runtime without ThreadSanitizer's instrumentation. What two threads do one after the other is reported as a race
// where nothing but the runtime orders them. It does so in three places:
//
// - A contended Synchronization.Mutex waits by futex(2) within libswiftSynchronization. (A free one is taken by an atomic that is compiled
//   into the program, and so is seen.)
// - A continuation that is resumed before its task waits for it hands its value over without a job, which the runtime would tell of.
// - Releasing an object hands it to the owner that is left: it may write to an array that it finds to be its own, and the last owner frees it.
//
// Loaded before the libraries (LD_PRELOAD), these take the place of the runtime's functions, call them, and say what they have done
// (https://github.com/llvm/llvm-project/blob/main/compiler-rt/include/sanitizer/tsan_interface.h). Each says as much as the runtime does and no
// more. They need no suppressions, which would hide races as well. `handovers.swift` beside this shows both.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Weak: the shell and other programs that inherit LD_PRELOAD have neither ThreadSanitizer nor Swift.
#define WEAK __attribute__((weak))
WEAK void __tsan_acquire(void *address);
WEAK void __tsan_release(void *address);

// Mutex: Synchronization._MutexHandle._lockSlow(UInt32) and ._unlockSlow()

#define SELF __attribute__((swift_context)) void *self
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

// Continuations (https://github.com/swiftlang/swift/blob/main/include/swift/Runtime/Concurrency.h)

typedef __attribute__((swiftcall)) void (*Resume)(void *task);
typedef __attribute__((swiftasynccall)) void (*Await)(void *context);
WEAK __attribute__((swiftcall)) void *swift_task_getCurrent(void);

static Resume runtime_resume, runtime_throwing_resume;
static Await runtime_await;

__attribute__((swiftcall)) void swift_continuation_resume(void *task) {
    if (__tsan_release) __tsan_release(task);
    runtime_resume(task);
}

__attribute__((swiftcall)) void swift_continuation_throwingResume(void *task) {
    if (__tsan_release) __tsan_release(task);
    runtime_throwing_resume(task);
}

__attribute__((swiftasynccall)) void swift_continuation_await(void *context) {
    if (__tsan_acquire && swift_task_getCurrent) __tsan_acquire(swift_task_getCurrent());
    __attribute__((musttail)) return runtime_await(context);
}

// Counts of owners. An object's second word has the number of those beside the first one from its bit 33 on, unless bit 63 says that it is kept
// elsewhere; its lower half is all ones in an object that is never freed
// (https://github.com/swiftlang/swift/blob/main/stdlib/public/SwiftShims/swift/shims/RefCount.h).

typedef void (*Release)(void *object);
typedef void (*ReleaseMany)(void *object, uint32_t owners);
typedef bool (*IsUnique)(const void *object);
WEAK size_t swift_retainCount(void *object);

static Release runtime_release;
static ReleaseMany runtime_release_many;
static IsUnique runtime_is_unique;

// Whether owners have left an object that others still own. If not, the runtime has to release it; the last owner, who frees it, then sees what all
// before it have done to it.
static bool left(void *object, uint32_t owners) {
    // Neither nothing nor a value in the place of an object.
    if (!__tsan_acquire || (intptr_t)object <= 0) return false;
    int64_t *count = (int64_t *)object + 1;
    int64_t before = __atomic_load_n(count, __ATOMIC_RELAXED);
    if ((uint32_t)before == UINT32_MAX) return false;
    if (before < 0 ? swift_retainCount(object) <= owners : before >> 33 < owners) {
        __tsan_acquire(object);
        return false;
    }
    __tsan_release(object);
    while (before >= 0 && before >> 33 >= owners) {
        int64_t after = before - ((int64_t)owners << 33);
        if (__atomic_compare_exchange_n(count, &before, after, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED)) return true;
    }
    if (before >= 0) __tsan_acquire(object);
    return false;
}

void swift_release(void *object) {
    if (!left(object, 1)) runtime_release(object);
}

void swift_release_n(void *object, uint32_t owners) {
    if (!left(object, owners)) runtime_release_many(object, owners);
}

// A reference with marks in bits that an address on x86-64 has no use for, or a value.
#define OBJECT(marked) (void *)((uintptr_t)(marked)&0x80fffffffffffff9)

void swift_bridgeObjectRelease(void *marked) { swift_release(OBJECT(marked)); }

void swift_bridgeObjectRelease_n(void *marked, uint32_t owners) { swift_release_n(OBJECT(marked), owners); }

bool swift_isUniquelyReferenced_nonNull_native(const void *object) {
    bool unique = runtime_is_unique(object);
    if (unique && __tsan_acquire) __tsan_acquire((void *)object);
    return unique;
}

// Linked with -z initfirst: other libraries release objects when they are initialized.
__attribute__((constructor)) static void begin(void) {
    runtime_resume = (Resume)dlsym(RTLD_NEXT, "swift_continuation_resume");
    runtime_throwing_resume = (Resume)dlsym(RTLD_NEXT, "swift_continuation_throwingResume");
    runtime_await = (Await)dlsym(RTLD_NEXT, "swift_continuation_await");
    runtime_is_unique = (IsUnique)dlsym(RTLD_NEXT, "swift_isUniquelyReferenced_nonNull_native");
    runtime_release = (Release)dlsym(RTLD_NEXT, "swift_release");
    runtime_release_many = (ReleaseMany)dlsym(RTLD_NEXT, "swift_release_n");
}
