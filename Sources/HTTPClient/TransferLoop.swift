import CCurl
import CLinux
import Glibc
import Scheduling

/// The client's thread: every exchange of the process on one epoll and libcurl's multi handles
/// (curl.se/libcurl/c/libcurl-multi.html, "multi_socket").
///
/// Nothing else calls libcurl. Tasks talk to it by the mailbox; it talks to them by their `Transfer`.
final class TransferLoop {
    private let mailbox: Mailbox
    private let options: HTTPClient.Options
    /// By their numbers, the least first; the first one stays.
    private var multis: [MultiHandle] = []
    private let epoll: Int32
    private var handles: [UnsafeMutableRawPointer: EasyHandle] = [:]
    private var handleOfTransfer: [ObjectIdentifier: EasyHandle] = [:]
    /// When silent servers are looked for next; nil while there is no exchange.
    private var patrolDue: MonotonicTime?

    init(mailbox: Mailbox, options: HTTPClient.Options) {
        self.mailbox = mailbox
        self.options = options
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        precondition(epoll >= 0, "epoll_create1: errno \(errno)")
        multis = [MultiHandle(number: 0, loop: self, idleConnections: options.idleConnections)]
        watch(mailbox.eventDescriptor, EPOLLIN.rawValue, number: 0)
    }

    deinit { close(epoll) }

    func run() {
        mailbox.belongsToThisThread()
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        while !mailbox.isOver {
            let count = epoll_wait(epoll, &events, Int32(events.count), mailbox.isEmpty ? millisecondsToWait : 0)
            for event in events.prefix(Int(max(0, count))) {
                let descriptor = Int32(truncatingIfNeeded: event.data.u64)
                if descriptor == mailbox.eventDescriptor {
                    mailbox.takeSignal()
                } else {
                    // Nil for an event of a socket whose handle has gone with the event before.
                    multi(numbered: Int(event.data.u64 >> 32))?.act(on: descriptor, event.events)
                }
            }
            for command in mailbox.takeCommands() { obey(command) }
            let now = MonotonicTime.now()
            for multi in multis { multi.actOnTimers(at: now) }
            if let due = patrolDue, due <= .now() { patrol() }
            collectFinished()
            // Last: what has come in is passed on in the same round.
            for (job, executor) in mailbox.takeJobs() { job.runSynchronously(on: executor) }
        }
        stop()
    }

    // MARK: - Commands

    private func obey(_ command: Command) {
        switch command {
        case .start(let transfer, let request): start(transfer, request)
        case .resume(let transfer):
            handleOfTransfer[ObjectIdentifier(transfer)]?.resume()
        case .cancel(let transfer):
            if let handle = handleOfTransfer[ObjectIdentifier(transfer)] { remove(handle) }
        case .stop: stop()
        }
    }

    private func start(_ transfer: Transfer, _ request: HTTPRequest) {
        guard !transfer.isCancelled else { return }
        guard let handle = EasyHandle(request, for: transfer, options: options) else {
            let error = HTTPClientError(kind: .invalidRequest, detail: "libcurl cannot take the request")
            return transfer.finish(.failure(error))
        }
        handles[handle.pointer] = handle
        handleOfTransfer[ObjectIdentifier(transfer)] = handle
        // Also without limits: the receiver may come to need no more.
        if patrolDue == nil { schedulePatrol() }
        let code = roomyMulti.add(handle)
        if code != CURLM_OK {
            let detail = String(cString: curl_multi_strerror(code))
            transfer.finish(.failure(HTTPClientError(kind: .protocol, detail: detail)))
            forget(handle)
        }
    }

    /// Ends an exchange where it stands.
    private func remove(_ handle: EasyHandle) {
        handle.multi?.remove(handle)
        forget(handle)
    }

    private func forget(_ handle: EasyHandle) {
        handles[handle.pointer] = nil
        handleOfTransfer[ObjectIdentifier(handle.transfer)] = nil
    }

    private func stop() {
        for command in mailbox.close() {
            if case .start(let transfer, _) = command { transfer.finish(.failure(.cancelled)) }
        }
        for handle in Array(handles.values) {
            remove(handle)
            handle.transfer.finish(.failure(.cancelled))
        }
    }

    // MARK: - libcurl

    private var millisecondsToWait: Int32 {
        var next = patrolDue
        for multi in multis {
            if let due = multi.due, due < next ?? due.advanced(byMilliseconds: 1) { next = due }
        }
        guard let due = next else { return -1 }
        let now = MonotonicTime.now()
        guard due > now else { return 0 }
        // Rounded up: a wait that ends a little early would only be followed by another.
        return Int32(clamping: due.milliseconds(since: now) + 1)
    }

    private func schedulePatrol() {
        // A look at an exchange takes about a microsecond: at many it is taken less often.
        patrolDue = .now().advanced(byMilliseconds: min(1_000, max(250, handles.count)))
    }

    /// Ends exchanges whose server has fallen silent, up to a quarter of a second late, or up to a second where there are a thousand or
    /// more. A timer of libcurl's for each would be set anew with every token.
    private func patrol() {
        let now = MonotonicTime.now()
        for handle in Array(handles.values) {
            switch handle.patience(at: now) {
            case .lasts: break
            case .isNotNeeded: remove(handle)
            case .isOver(let error):
                remove(handle)
                handle.transfer.finish(.failure(error))
            }
        }
        // With their kept connections; the first one's are enough for what comes.
        multis.removeAll { $0.number > 0 && $0.exchanges == 0 }
        patrolDue = nil
        if !handles.isEmpty || multis.count > 1 { schedulePatrol() }
    }

    private func collectFinished() {
        for multi in multis {
            while let (pointer, code) = multi.nextFinished() {
                guard let handle = handles[pointer] else { continue }
                let outcome = handle.outcome(code)
                remove(handle)
                handle.transfer.finish(outcome)
            }
        }
    }

    private func multi(numbered number: Int) -> MultiHandle? { multis.first { $0.number == number } }

    /// The first that has room: those behind it come to an end when there is less to do.
    private var roomyMulti: MultiHandle {
        if let multi = multis.first(where: \.hasRoom) { return multi }
        let number = (0...).first { number in !multis.contains { $0.number == number } }!
        let multi = MultiHandle(number: number, loop: self, idleConnections: options.idleConnections)
        multis.insert(multi, at: multis.firstIndex { $0.number > number } ?? multis.endIndex)
        return multi
    }

    // MARK: - epoll

    func watch(_ descriptor: Int32, _ events: UInt32, of multi: MultiHandle) {
        watch(descriptor, events, number: multi.number)
    }

    func forget(_ descriptor: Int32) {
        var event = epoll_event()
        epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &event)
    }

    private func watch(_ descriptor: Int32, _ events: UInt32, number: Int) {
        let mark = UInt64(number) << 32 | UInt64(UInt32(bitPattern: descriptor))
        var event = epoll_event(events: events, data: epoll_data_t(u64: mark))
        if epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0, errno == EEXIST {
            epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event)
        }
    }
}
