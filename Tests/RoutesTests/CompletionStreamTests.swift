import Chat
import JSON
import Scheduling
import Synchronization
import Testing

@testable import FCGIApp
@testable import Routes

/// Takes a response into memory.
private final class MemoryChannel: ResponseChannel {
    let waker = Waker()
    private let bytes = Mutex<[UInt8]>([])

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

    func put(_ more: UnsafeRawBufferPointer) -> Int {
        bytes.withLock { $0.append(contentsOf: more) }
        return more.count
    }
    func flush() throws(DisconnectedError) -> Bool { true }
    func finish() throws(DisconnectedError) -> Bool { true }
    func release() {}
}

@Suite(.timeLimit(.minutes(1))) struct CompletionStreamTests {
    private let acceptance = Acceptance(
        userMessageID: MessageID(rawValue: "msg_q"), sessionID: SessionID(rawValue: "s"),
        replyID: MessageID(rawValue: "msg_1-2"), createdAt: Timestamp(milliseconds: 1_700_000_000_999))
    private let channel = MemoryChannel()
    private let timers = TimerQueue()
    private let log: TurnLog

    init() {
        log = TurnLog(replyID: acceptance.replyID)
        log.append(.accepted(acceptance))
    }

    private func run() async {
        let shape = CompletionShape(model: "asked", isAgent: false, includesUsage: false)
        let stream = TurnStream(
            log: log, reader: CompletionReader(log, CompletionEncoder(log, shape)), left: {}, heartbeatMS: 3_600_000,
            timers: timers)
        await stream.run(ResponseWriter(channel: channel), fields: [])
    }

    /// The text of the answer as its client puts it together.
    private var content: String {
        get throws {
            try channel.text.split(separator: "\n").filter { $0.hasPrefix("data: {") }.map { line in
                let chunk = try JSONValue(parsing: Array(line.dropFirst(6).utf8))
                return chunk["choices"]?.arrayValue?.first?["delta"]?["content"]?.stringValue ?? ""
            }.joined()
        }
    }

    private func providerSwitch(resetsText: Bool) -> ChatEvent {
        .providerSwitch(
            ProviderSwitch(from: "a", to: "b", reason: "provider_interrupted", attempt: 2, resetsText: resetsText))
    }

    private let completed = ChatEvent.completed(
        Completion(
            wasStopped: false, finishReason: "stop", provider: "b", model: "m",
            usage: Usage(promptTokens: 3, completionTokens: 4, isEstimated: true),
            metrics: ReplyMetrics(
                timeToFirstTokenMS: 1, durationMS: 2, tokensPerSecond: 3, attempts: 2, isCached: false)))

    @Test func `an answer that failed with every provider before its first word has its own status`() async {
        log.append(providerSwitch(resetsText: false))
        log.append(
            .failed(
                ReplyFailure(
                    code: "provider_rate_limited", message: "no", isRetryable: true, isPartial: false, usage: nil)))
        await run()
        #expect(channel.text.hasPrefix("Status: 429"), "\(channel.text.prefix(40))")
        #expect(!channel.text.contains("chat.completion.chunk"))
    }

    @Test func `every chunk names the model that answers, as soon as that is known`() async throws {
        let reading = Task { await run() }
        log.answeringModel = "big-2026"
        log.append(TextBatch("one "))
        while !channel.text.contains("one ") { await Task.yield() }
        log.answeringModel = "other-1"
        log.append(TextBatch("two"))
        log.append(completed)
        await reading.value
        // By bytes: to Swift the line ends of the head, CR LF, are one character.
        let models = try channel.text.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) }
            .filter { $0.hasPrefix("data: {") }
            .map { try JSONValue(parsing: Array($0.dropFirst(6).utf8))["model"]?.stringValue }
        #expect(models == ["big-2026", "big-2026", "other-1", "other-1"])
    }

    @Test func `text that was taken back before the stream began is not in it`() async throws {
        log.append(TextBatch("one ", "two "))
        log.append(providerSwitch(resetsText: true))
        log.append(TextBatch("three"))
        log.append(completed)
        await run()
        #expect(try content == "three")
        #expect(channel.text.contains(#""role":"assistant""#))
        #expect(channel.text.hasSuffix("data: [DONE]\n\n"))
    }

    @Test func `text that is taken back after it was sent ends the stream with an error`() async throws {
        log.append(TextBatch("one "))
        let reading = Task { await run() }
        while !channel.text.contains("one ") { await Task.yield() }
        log.append(providerSwitch(resetsText: true))
        log.append(TextBatch("one two"))
        log.append(completed)
        await reading.value
        #expect(try content == "one ")
        #expect(channel.text.split(separator: "\n").filter { $0.hasPrefix("data: {\"error\":") }.count == 1)
        #expect(!channel.text.contains("[DONE]"))
        #expect(!channel.text.contains(#""finish_reason":"stop""#))
    }
}
