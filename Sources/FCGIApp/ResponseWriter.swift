public import Scheduling

/// The peer is gone, or the connection broke: nothing written from here on arrives.
public struct DisconnectedError: Error, Sendable {
    public init() {}
}

/// What a response is written to: a FastCGI request, a CGI process's standard output, or memory in a test.
///
/// Used by one task at a time.
protocol ResponseChannel: AnyObject, Sendable {
    /// Takes as many bytes as there is room for without blocking, and says how many.
    func put(_ bytes: UnsafeRawBufferPointer) -> Int
    /// Sends what was put. False when the peer does not take it now: wait for `waker`'s `.writable`, then try again.
    func flush() throws(DisconnectedError) -> Bool
    /// Ends the response well. False as in `flush`.
    func finish() throws(DisconnectedError) -> Bool
    /// Lets go of the connection; what was not finished is cut off.
    func release()
    /// Woken when the connection can be written to again, and when the peer goes away.
    var waker: Waker { get }
}

/// What became of a response.
public struct ResponseRecord: Sendable, Equatable {
    /// Nil when not even the head was written.
    public var status: Int?
    /// Of the body, as far as they were given to the web server.
    public var bytes = 0
    /// Whether all of it was; otherwise the connection was cut.
    public var isComplete = false
}

/// Writes one response. Whole (`send`) or as a stream (`start`, `write`, `flush`, `finish`).
///
/// It belongs to one task and cannot be copied; `finish` and `send` consume it. Writing never blocks a thread: where
/// the peer does not read, the task is suspended until it does or is gone.
public struct ResponseWriter: ~Copyable, Sendable {
    private let channel: any ResponseChannel
    private var pending: Waker.Reasons = []
    private var isHeadOnly = false
    private var record = ResponseRecord()
    private var whenEnded: (@Sendable (ResponseRecord) -> Void)?

    init(channel: any ResponseChannel) { self.channel = channel }

    deinit {
        channel.release()
        whenEnded?(record)
    }

    /// Tells what became of the response when it is out, or cannot go out any more.
    public mutating func whenEnded(_ tell: @escaping @Sendable (ResponseRecord) -> Void) { whenEnded = tell }

    /// Wakes the task that writes, for reasons of the application's own.
    public var waker: Waker { channel.waker }

    /// Only the head of the response is wanted (HEAD; RFC 9110, section 9.3.2). Before anything is sent.
    public mutating func omitBody() { isHeadOnly = true }

    /// Sends the head. Before anything else, once.
    /// - Throws: `DisconnectedError`, also where only the head is wanted: then nothing that follows arrives either.
    public mutating func start(_ head: ResponseHead) async throws {
        try await write(head)
        guard isHeadOnly else { return }
        while try !channel.finish() { try await waitUntilWritable() }
        record.isComplete = true
        throw DisconnectedError()
    }

    private mutating func write(_ head: ResponseHead) async throws {
        record.status = head.status
        try await put(head.encoded)
    }

    /// Appends to the response. The bytes may stay in the buffer (8 KiB) until `flush`.
    /// - Throws: `DisconnectedError`.
    public mutating func write(_ bytes: [UInt8]) async throws {
        record.bytes += bytes.count
        try await put(bytes)
    }

    private mutating func put(_ bytes: [UInt8]) async throws {
        var offset = 0
        while true {
            offset += bytes.withUnsafeBytes { channel.put(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
            if offset == bytes.count { return }
            try await flush()
        }
    }

    /// Sends what is in the buffer, waiting as long as the peer does not take it.
    /// - Throws: `DisconnectedError`.
    public mutating func flush() async throws {
        while try !channel.flush() { try await waitUntilWritable() }
    }

    /// Ends the response. When it returns, the connection is let go.
    /// - Throws: `DisconnectedError`.
    public consuming func finish() async throws {
        // Only `deinit` releases. A release here would be the first of two, and between them a kept connection may have
        // begun its next request, which the second one would then cut off and free under the task that answers it.
        while try !channel.finish() { try await waitUntilWritable() }
        record.isComplete = true
    }

    /// Sends a whole response.
    /// - Throws: `DisconnectedError`.
    public consuming func send(_ response: Response) async throws {
        var head = response.head
        if response.head.status != 204 {
            head.fields.append(("Content-Length", String(response.body.count)))
        }
        try await write(head)
        if !isHeadOnly { try await write(response.body) }
        try await finish()
    }

    /// Suspends until somebody wakes the waker; reasons that came while writing are included.
    public mutating func wait() async -> Waker.Reasons {
        if !pending.isEmpty {
            defer { pending = [] }
            return pending
        }
        return await channel.waker.wait()
    }

    private mutating func waitUntilWritable() async throws {
        let reasons = await channel.waker.wait()
        pending.formUnion(reasons.subtracting(.writable))
        if reasons.contains(.disconnection) { throw DisconnectedError() }
    }
}
