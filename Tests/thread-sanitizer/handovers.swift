import Glibc
import Synchronization

// What runtime.c tells ThreadSanitizer of: without it each of these is reported as a race, with it none is. The last one is a race, and is reported with
// it too.
//
//   handovers mutex|continuation|array|race

/// Does something on another thread, and goes on once it is done. That it is done is known by an atomic that orders nothing else.
func elsewhere(_ work: @escaping @Sendable () -> Void) {
    let isDone = Flag()
    let thread = start {
        work()
        isDone.value.store(true, ordering: .relaxed)
    }
    pthread_detach(thread)
    while !isDone.value.load(ordering: .relaxed) { sched_yield() }
}

func start(_ work: @escaping @Sendable () -> Void) -> pthread_t {
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { argument in
            Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().work()
            return nil
        }, Unmanaged.passRetained(Work(work: work)).toOpaque())
    return thread
}

final class Flag: Sendable { let value = Atomic(false) }

final class Work: Sendable {
    let work: @Sendable () -> Void
    init(work: @escaping @Sendable () -> Void) { self.work = work }
}

final class Counter: Sendable { let value = Mutex(0) }

/// What the runtime orders, and the compiler cannot know to be ordered.
final class Shared: @unchecked Sendable {
    var number = 0
    var numbers: [Int] = []
}

switch CommandLine.arguments.last {
case "mutex":
    let counter = Counter()
    let add: @Sendable () -> Void = { for _ in 0..<300_000 { counter.value.withLock { $0 += 1 } } }
    for thread in [start(add), start(add)] { pthread_join(thread, nil) }
case "continuation":
    let shared = Shared()
    await withCheckedContinuation { continuation in
        elsewhere {
            shared.number = 1
            continuation.resume()
        }
    }
    shared.number += 1
case "array":
    // Two owners of one array: one reads and leaves it, then the other finds it to be its own and writes to it.
    let shared = Shared()
    shared.numbers = (0..<100).map { $0 }
    let copy = Shared()
    copy.numbers = shared.numbers
    elsewhere {
        if copy.numbers.reduce(0, &+) < 0 { print("negative") }
        copy.numbers = []
    }
    shared.numbers[0] = 1
default:
    let shared = Shared()
    let isWritten = Flag()
    let isOver = Flag()
    let thread = start {
        shared.number = 1
        isWritten.value.store(true, ordering: .relaxed)
        while !isOver.value.load(ordering: .relaxed) { sched_yield() }
    }
    while !isWritten.value.load(ordering: .relaxed) { sched_yield() }
    shared.number += 1
    isOver.value.store(true, ordering: .relaxed)
    pthread_join(thread, nil)
}
