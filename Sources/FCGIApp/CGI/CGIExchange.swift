// Plain CGI (RFC 3875).

import Glibc
import Scheduling

/// Answers the one request of a CGI process (RFC 3875): variables in the environment, the body on standard input, the
/// response on standard output.
public enum CGIExchange {
    /// Reads the request, answers it, and returns when the answer is out.
    ///
    /// Standard input is read with a blocking call before anything else runs.
    public static func answer(with responder: any Responder, limits: Request.Limits = .init()) async {
        // A web server that is gone must be an error of write(2), not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let request = readRequest(limits: limits)
        let output = StandardOutput()
        await responder.respond(to: request, writer: ResponseWriter(channel: output))
        // A responder may leave a stream to a task of its own; the process must not end before it.
        await output.wasReleased()
    }

    /// Answers without reading the request, for a program that cannot run: `500` as a problem document (RFC 9457) that names no
    /// cause, which is for the operator's log.
    public static func answerNotSetUp() {
        signal(SIGPIPE, SIG_IGN)
        var text = """
            Status: 500 Internal Server Error\r
            Content-Type: application/problem+json\r
            Cache-Control: no-store\r
            \r
            {"type":"about:blank","title":"Internal Server Error","status":500,"detail":"The chat program is not set up. The error log \
            of the web server says what is missing.","code":"internal_error"}

            """
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = write(1, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
    }

    private static func readRequest(limits: Request.Limits) -> Request {
        var variables: [(name: String, value: String)] = []
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(atByte: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables.append((String(parts[0]), String(parts[1]))) }
            entry += 1
        }
        let declaredText = variables.first { $0.name == "CONTENT_LENGTH" }?.value ?? ""
        let declared = declaredText.isEmpty ? 0 : Int(declaredText) ?? 0
        let limit = limits.bodyBytes(of: variables)
        var body: [UInt8] = []
        if declared > 0, declared <= limit { body.reserveCapacity(declared) }
        var received = 0
        // RFC 3875, 4.2: no more than CONTENT_LENGTH bytes are the request's, whether or not standard input ends there.
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { chunk in
            while received < declared {
                var ready = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
                guard poll(&ready, 1, Int32(limits.receiveMS)) > 0 else { return }
                let count = read(0, chunk.baseAddress, min(chunk.count, declared - received))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return }
                received += count
                if declared <= limit { body.append(contentsOf: chunk[..<count]) }
            }
        }
        let state: Request.BodyState =
            if declared > limit { .tooLarge } else if received != declared {
                .mismatch(declared: declared, received: received)
            } else { .complete }
        return Request(variables: variables, body: state == .complete ? body : [], bodyState: state)
    }

    /// Standard output as the way back. The process serves nothing else, so a blocking write holds up nobody.
    private final class StandardOutput: ResponseChannel {
        let waker = Waker()
        private let buffer = ConditionMutex<[UInt8]>([])

        init() {
            // A reader that leaves while there is nothing to write shows as POLLERR or POLLHUP, which no event has to ask for.
            Thread.start(name: "reader") { [waker] in
                var output = pollfd(fd: 1, events: 0, revents: 0)
                while poll(&output, 1, -1) < 0, errno == EINTR {}
                waker.wake(.disconnection)
            }
        }

        func put(_ bytes: UnsafeRawBufferPointer) -> Int {
            buffer.withLock { buffer in
                let count = min(bytes.count, max(0, 8192 - buffer.count))
                buffer.append(contentsOf: bytes[..<count])
                return count
            }
        }

        func flush() throws(DisconnectedError) -> Bool {
            let isOut = buffer.withLock { buffer in
                var offset = 0
                while offset < buffer.count {
                    let count = buffer.withUnsafeBytes { write(1, $0.baseAddress! + offset, $0.count - offset) }
                    if count < 0, errno == EINTR { continue }
                    if count <= 0 { return false }
                    offset += count
                }
                buffer.removeAll(keepingCapacity: true)
                return true
            }
            guard isOut else { throw DisconnectedError() }
            return true
        }

        func finish() throws(DisconnectedError) -> Bool { try flush() }

        private let end = AsyncStream<Never>.makeStream()

        func release() { end.continuation.finish() }

        /// Returns when the writer has let go: the response is out, or its reader is gone.
        func wasReleased() async { for await _ in end.stream {} }
    }
}
