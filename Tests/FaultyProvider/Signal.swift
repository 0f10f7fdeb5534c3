import CLinux
import Glibc

/// Something that a test says once, and that any number of serving threads wait for.
public final class Signal: Sendable {
    /// Readable from then on.
    let descriptor: Int32

    public init() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC))
        precondition(descriptor >= 0, "no eventfd: \(errno)")
    }

    deinit { close(descriptor) }

    public func give() { eventfd_write(descriptor, 1) }
}
