import CLinux
import Glibc

/// A thread of the program's own, for C calls that block.
public enum Thread {
    /// Starts a detached thread that runs `body` and ends. All signals are blocked in it, because the program takes
    /// signals by signalfd.
    ///
    /// - Parameters:
    ///   - name: shown by `top -H`; cut to 15 bytes, the kernel's limit (prctl(2), PR_SET_NAME).
    ///   - stackBytes: of address space; only touched pages take memory.
    public static func start(name: String, stackBytes: Int = 512 * 1024, _ body: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackBytes)
        defer { pthread_attr_destroy(&attributes) }
        let box = Unmanaged.passRetained(Start(name: name, body: body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, &attributes,
            { context in
                let start = Unmanaged<Start>.fromOpaque(context!).takeRetainedValue()
                var all = sigset_t()
                sigfillset(&all)
                pthread_sigmask(SIG_BLOCK, &all, nil)
                clinux_name_this_thread(start.name)
                start.body()
                return nil
            }, box.toOpaque())
        precondition(result == 0, "pthread_create: \(String(cString: strerror(result)))")
    }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}
