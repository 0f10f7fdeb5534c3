import Scheduling

/// Answers requests that come from this process itself, without a web server: for the command line.
public enum LocalExchange {
    /// The response as it is written, with a head as CGI's (RFC 3875, section 6). Who stops reading has left.
    public static func response(to request: Request, from responder: any Responder) -> AsyncStream<[UInt8]> {
        let (pieces, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let channel = Channel(continuation)
        continuation.onTermination = { [waker = channel.waker] _ in waker.wake(.disconnection) }
        Task { await responder.respond(to: request, writer: ResponseWriter(channel: channel)) }
        return pieces
    }

    /// The reader's queue has no bound: it is a person's terminal, or a file.
    private final class Channel: ResponseChannel {
        let waker = Waker()
        private let pieces: AsyncStream<[UInt8]>.Continuation
        private let buffer = ConditionMutex<[UInt8]>([])

        init(_ pieces: AsyncStream<[UInt8]>.Continuation) { self.pieces = pieces }

        func put(_ bytes: UnsafeRawBufferPointer) -> Int {
            buffer.withLock { $0.append(contentsOf: bytes) }
            return bytes.count
        }

        func flush() throws(DisconnectedError) -> Bool {
            let bytes = buffer.withLock { buffer in
                defer { buffer = [] }
                return buffer
            }
            if !bytes.isEmpty, case .terminated = pieces.yield(bytes) { throw DisconnectedError() }
            return true
        }

        func finish() throws(DisconnectedError) -> Bool { try flush() }

        func release() { pieces.finish() }
    }
}
