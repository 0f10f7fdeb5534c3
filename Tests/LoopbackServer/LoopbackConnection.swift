import Glibc
import Synchronization

public struct LoopbackRequest: Sendable {
    public var method: String
    public var target: String
    /// Names in lower case.
    public var headers: [String: String]
    public var body: [UInt8]
}

/// A server's end of a connection. Used by the thread that serves it.
public final class LoopbackConnection: Sendable {
    let descriptor: Int32
    private let isClosed = Mutex(false)
    private let received = Mutex<[UInt8]>([])

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        // No test waits for ever on a peer that never comes.
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Reads the next request with its body; nil when the peer closes first.
    public func readRequest() -> LoopbackRequest? {
        var buffer = received.withLock { $0 }
        while true {
            if let (request, length) = Self.parse(buffer) {
                received.withLock { $0 = Array(buffer[length...]) }
                return request
            }
            guard let more = read() else { return nil }
            buffer += more
        }
    }

    /// Sends everything; false when the peer is gone.
    @discardableResult
    public func send(_ bytes: [UInt8]) -> Bool { send(bytes[...]) }

    @discardableResult
    public func send(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    @discardableResult
    public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Sends the head of a response whose body comes in chunks.
    public func sendChunkedHead(status: String = "200 OK", contentType: String = "text/event-stream") {
        send("HTTP/1.1 \(status)\r\nContent-Type: \(contentType)\r\nTransfer-Encoding: chunked\r\n\r\n")
    }

    @discardableResult
    public func sendChunk(_ bytes: [UInt8]) -> Bool {
        send(Array((String(bytes.count, radix: 16) + "\r\n").utf8) + bytes + [13, 10])
    }

    @discardableResult
    public func sendChunk(_ text: String) -> Bool { sendChunk(Array(text.utf8)) }

    public func sendLastChunk() { send("0\r\n\r\n") }

    /// Sends a whole response with its length.
    public func respond(status: String = "200 OK", headers: [String] = [], _ body: String = "") {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Sends what goes without waiting longer than the given time for room; how many bytes went.
    public func sendUntilBlocked(_ bytes: [UInt8], waitMilliseconds: Int32) -> Int {
        var sent = 0
        while sent < bytes.count {
            var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&poller, 1, waitMilliseconds) > 0 else { break }
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            guard count > 0 else { break }
            sent += count
        }
        return sent
    }

    /// Waits until the peer has closed its end; false when 30 seconds pass.
    public func waitForPeerToLeave() -> Bool {
        while true {
            var byte: UInt8 = 0
            let count = recv(descriptor, &byte, 1, 0)
            if count == 0 || (count < 0 && errno == ECONNRESET) { return true }
            if count < 0 { return false }
        }
    }

    /// Waits until the peer has closed its end, `other` can be read, or the time is over; true when the peer has closed.
    /// - Parameter other: a descriptor, or -1 for none.
    public func waitForPeerToLeave(orReadable other: Int32, milliseconds: Int) -> Bool {
        var pollers = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: other, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&pollers, 2, Int32(clamping: milliseconds)) > 0, pollers[0].revents != 0 else { return false }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK)) <= 0
    }

    /// Closes with a TCP reset instead of an orderly end.
    public func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close()
    }

    public func close() {
        isClosed.withLock { isClosed in
            if !isClosed { Glibc.close(descriptor) }
            isClosed = true
        }
    }

    /// Makes the serving thread's reads and writes end.
    func hangUp() {
        isClosed.withLock { isClosed in
            if !isClosed { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    private static func parse(_ bytes: [UInt8]) -> (LoopbackRequest, length: Int)? {
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: [13, 10, 13, 10]) }) else { return nil }
        let text = String(decoding: bytes[..<end], as: UTF8.self)
        let lines = text.unicodeScalars.split { $0 == "\r" || $0 == "\n" }.map(String.init)
        let words = lines[0].split(separator: " ").map(String.init)
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        let length = end + 4 + (headers["content-length"].flatMap { Int($0) } ?? 0)
        guard bytes.count >= length else { return nil }
        let body = Array(bytes[(end + 4)..<length])
        return (LoopbackRequest(method: words[0], target: words[1], headers: headers, body: body), length)
    }
}
