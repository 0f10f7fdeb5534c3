import Glibc
import Synchronization

// Two threads add to a number under a Mutex, so often that each waits for the other. See mutex.c.
final class Counter: Sendable { let value = Mutex(0) }
let counter = Counter()

func start() -> pthread_t {
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { _ in
            for _ in 0..<300_000 { counter.value.withLock { $0 += 1 } }
            return nil
        }, nil)
    return thread
}

let threads = [start(), start()]
for thread in threads { pthread_join(thread, nil) }
print(counter.value.withLock { $0 })
