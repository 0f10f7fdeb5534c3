import CLinux
import Glibc
import Telemetry

/// What the kernel tells of this process, under the names that Prometheus's own clients use.
struct ProcessFigures: MetricSource {
    func write(to text: inout MetricsText) {
        var usage = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
            let seconds = [usage.ru_utime, usage.ru_stime].reduce(0) {
                $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
            }
            text.family("process_cpu_seconds_total", .counter, "Processor time that was used.")
            text.sample("process_cpu_seconds_total", [], seconds)
        }
        if let pages = Self.residentPages() {
            text.gauge(
                "process_resident_memory_bytes", "Memory that is in use.",
                Double(pages * sysconf(Int32(_SC_PAGESIZE))))
        }
        // That of the folder being read is one.
        let open = Folder.names(in: "/proc/self/fd").count - 1
        if open > 0 { text.gauge("process_open_fds", "Descriptors that are open.", Double(open)) }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            text.gauge("process_max_fds", "Descriptors that may be open.", Double(limit.rlim_cur))
        }
        text.gauge("process_start_time_seconds", "When the process began, in seconds since 1970.", Self.startTime)
    }

    /// Of the first look at it, which is at the process's start.
    static let startTime: Double = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }()

    /// The second number of /proc/self/statm (proc(5)).
    private static func residentPages() -> Int? {
        let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let numbers = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: " ")
        return numbers.count > 1 ? Int(numbers[1]) : nil
    }
}
