import Scheduling
import Synchronization
import Testing

@testable import FCGIApp

/// Takes everything into memory and counts how often it is let go.
private final class MemoryChannel: ResponseChannel {
    let waker = Waker()
    let releases = Mutex(0)
    let isFinished = Mutex(false)

    func put(_ bytes: UnsafeRawBufferPointer) -> Int { bytes.count }
    func flush() throws(DisconnectedError) -> Bool { true }
    func finish() throws(DisconnectedError) -> Bool {
        isFinished.withLock { $0 = true }
        return true
    }
    func release() { releases.withLock { $0 += 1 } }
}

@Suite struct ResponseWriterTests {
    private let channel = MemoryChannel()

    // A second release would hit the next request, which a kept connection may have begun by then.
    @Test func `every status has a phrase of its own or its class's`() {
        for (status, phrase) in [
            (200, "OK"), (415, "Unsupported Media Type"), (502, "Bad Gateway"), (504, "Gateway Timeout"),
            (418, "Client Error"), (599, "Server Error"),
        ] {
            let head = String(decoding: ResponseHead(status: status).encoded, as: UTF8.self)
            #expect(head == "Status: \(status) \(phrase)\r\nX-Content-Type-Options: nosniff\r\n\r\n")
        }
    }

    @Test func `a response that has ended lets go of its connection exactly once`() async throws {
        try await ResponseWriter(channel: channel).send(Response(status: 200, body: [65]))
        #expect(channel.isFinished.withLock { $0 })
        #expect(channel.releases.withLock { $0 } == 1)
    }

    @Test func `a response that is dropped lets go of its connection exactly once`() async throws {
        do {
            var writer = ResponseWriter(channel: channel)
            try await writer.start(ResponseHead(status: 200))
        }
        #expect(channel.isFinished.withLock { !$0 })
        #expect(channel.releases.withLock { $0 } == 1)
    }

    @Test func `what became of a response is told when it is out or cut off`() async throws {
        let records = Mutex<[ResponseRecord]>([])
        func writer() -> ResponseWriter {
            var writer = ResponseWriter(channel: channel)
            writer.whenEnded { record in records.withLock { $0.append(record) } }
            return writer
        }
        try await writer().send(Response(status: 201, body: [65, 66]))
        do {
            var stream = writer()
            try await stream.start(ResponseHead(status: 200))
            try await stream.write([1, 2, 3])
        }
        do {
            var head = writer()
            head.omitBody()
            try? await head.start(ResponseHead(status: 200))
        }
        do { _ = writer() }
        #expect(
            records.withLock { $0 } == [
                ResponseRecord(status: 201, bytes: 2, isComplete: true),
                ResponseRecord(status: 200, bytes: 3, isComplete: false),
                ResponseRecord(status: 200, bytes: 0, isComplete: true), ResponseRecord(),
            ])
    }
}
