import Glibc
import HTTPClient
import LoopbackServer
import Scheduling
import Testing

/// Leaving an HTTP exchange.
@Suite(.timeLimit(.minutes(5))) struct LeavingTests {
    private let client = HTTPClient()

    /// A server that answers with a first chunk and then reports whether its client has left.
    private func patientServer(sendsHead: Bool = true) -> (
        LoopbackServer, left: AsyncStream<Bool>, asked: AsyncStream<Void>
    ) {
        let (left, leaving) = AsyncStream.makeStream(of: Bool.self)
        let (asked, asking) = AsyncStream.makeStream(of: Void.self)
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            if sendsHead {
                connection.sendChunkedHead()
                connection.sendChunk("x")
            }
            asking.yield()
            leaving.yield(connection.waitForPeerToLeave())
        }
        return (server, left, asked)
    }

    @Test func `cancelling the task that reads closes the connection`() async throws {
        let (server, left, _) = patientServer()
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        _ = try await stream.next()
        let task = Task { await failure(of: stream) }
        task.cancel()
        #expect(await task.value.error?.kind == .cancelled)
        #expect(await left.first { _ in true } == true)
    }

    @Test func `cancelling the task that waits for the head closes the connection`() async throws {
        let (server, left, asked) = patientServer(sendsHead: false)
        let task = Task { await refusal(client, HTTPRequest(url: server.url())) }
        _ = await asked.first { _ in true }
        task.cancel()
        #expect(await task.value?.kind == .cancelled)
        #expect(await left.first { _ in true } == true)
    }

    @Test func `a request of a cancelled task is not made`() async {
        let server = LoopbackServer { _ in }
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await refusal(client, HTTPRequest(url: server.url()))
        }
        #expect(await task.value?.kind == .cancelled)
    }

    @Test func `letting go of the stream closes the connection`() async throws {
        let (server, left, _) = patientServer()
        do {
            let stream = try await client.stream(HTTPRequest(url: server.url()))
            #expect(stream.status == 200)
        }
        #expect(await left.first { _ in true } == true)
    }

    @Test func `cancelling the stream wakes the task that reads`() async throws {
        let (server, left, _) = patientServer()
        let stream = try await client.stream(HTTPRequest(url: server.url()))
        let task = Task { await failure(of: stream) }
        stream.cancel()
        #expect(await task.value.error?.kind == .cancelled)
        #expect(await left.first { _ in true } == true)
    }

    @Test func `letting go of the client ends its exchanges`() async throws {
        let (server, left, _) = patientServer()
        var other: HTTPClient? = HTTPClient()
        let stream = try await other!.stream(HTTPRequest(url: server.url()))
        _ = try await stream.next()
        other = nil
        #expect(await failure(of: stream).error?.kind == .cancelled)
        #expect(await left.first { _ in true } == true)
    }

    @Test func `a task that runs where responses come in goes on after its client is gone`() async throws {
        let (server, left, _) = patientServer()
        var other: HTTPClient? = HTTPClient()
        let stream = try await other!.stream(HTTPRequest(url: server.url()))
        let (started, waker) = (Waker(), Waker())
        let task = Task(executorPreference: other!.executor) {
            let thread = pthread_self()
            started.wake(.data)
            _ = await waker.wait()
            return pthread_equal(thread, pthread_self()) != 0
        }
        _ = await started.wait()
        other = nil
        #expect(await failure(of: stream).error?.kind == .cancelled)
        #expect(await left.first { _ in true } == true)
        waker.wake(.data)
        #expect(await task.value)
    }

    @Test func `what nobody reads is not received without bound, and nothing of it is lost`() async throws {
        let size = 48 * 1024 * 1024
        let period = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 8) }
        var bytes: [UInt8] = []
        while bytes.count < size { bytes += period }
        let sentBytes = Array(bytes[..<size])
        let (blocked, blocking) = AsyncStream.makeStream(of: Int.self)
        let server = LoopbackServer { connection in
            _ = connection.readRequest()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
            let sent = connection.sendUntilBlocked(sentBytes, waitMilliseconds: 500)
            blocking.yield(sent)
            connection.send(sentBytes[sent...])
        }
        var request = HTTPRequest(url: server.url())
        request.maximumResponseBytes = size
        let stream = try await client.stream(request)
        let sent = await blocked.first { _ in true }
        // The kernel's buffers of both ends hold a few megabytes; the client must not add to that.
        #expect(sent! < 24 * 1024 * 1024)
        var received: [UInt8] = []
        received.reserveCapacity(size)
        var largest = 0
        while let bytes = try await stream.next() {
            received += bytes
            largest = max(largest, bytes.count)
        }
        #expect(received.count == size)
        #expect(memcmp(received, sentBytes, min(size, received.count)) == 0)
        #expect(largest <= 64 * 1024)
    }
}
