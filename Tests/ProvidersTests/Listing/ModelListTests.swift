import Chat
import Scheduling
import Synchronization
import Testing

@testable import Providers

@Suite struct ModelListingTests {
    private func names(_ json: String) -> [String]? {
        ModelListing.names(in: Array(json.utf8))
    }

    @Test(
        arguments: [
            (
                #"{"object":"list","data":[{"id":"gpt-4o"},{"id":"org/m:free"},{"id":"gpt-4o"}]}"#,
                ["gpt-4o", "org/m:free"]
            ),
            (
                #"{"data":[{"type":"model","id":"claude-sonnet-4-5","display_name":"x"}],"has_more":false}"#,
                ["claude-sonnet-4-5"]
            ),
            (
                #"""
                {"models":[{"name":"models/gemini-2.5-flash","supportedGenerationMethods":["generateContent","countTokens"]},
                 {"name":"models/embedding-001","supportedGenerationMethods":["embedContent"]},
                 {"name":"models/imagen-4","supportedGenerationMethods":["predict"]}]}
                """#, ["gemini-2.5-flash"]
            ),
            (
                #"{"models":[{"name":"llama3.2:latest","details":{"family":"llama"}},{"name":"all-minilm","details":{"family":"bert"}},{"name":"x","details":{"family":"nomic-bert"}}]}"#,
                ["llama3.2:latest"]
            ),
            // llama.cpp tells it twice.
            (#"{"models":[{"name":"a.gguf"}],"data":[{"id":"/models/a.gguf"}]}"#, ["/models/a.gguf"]),
            // The folders are no part of the name.
            (#"{"data":[{"id":"/home/bert/embed/a.gguf"}]}"#, ["/home/bert/embed/a.gguf"]),
            (
                #"[{"id":"meta-llama/x","type":"chat"},{"id":"bge","type":"embedding"},{"id":"org/v","type":"image"},{"id":"org/r","type":"rerank"}]"#,
                ["meta-llama/x"]
            ),
            (
                #"{"data":[{"id":"ocr","capabilities":{"completion_chat":false}},{"id":"large","capabilities":{"completion_chat":true}}]}"#,
                ["large"]
            ),
            (
                #"{"data":[{"id":"pic","architecture":{"output_modalities":["image"]}},{"id":"t","architecture":{"output_modalities":["text"]}}]}"#,
                ["t"]
            ),
            (
                #"{"data":[{"id":"text-embedding-3-small"},{"id":"whisper-1"},{"id":"tts-1-hd"},{"id":"gpt-4o"}]}"#,
                ["gpt-4o"]
            ),
            (
                #"{"data":[{"id":"bge-m3"},{"id":"BAAI/bge-reranker"},{"id":"gpt-image-1"},{"id":"gpt-4o-mini-tts"},{"id":"bert"}]}"#,
                []
            ),
            (
                #"{"data":[{"id":"/home/bert/image/embeddings/a.gguf"},{"id":"robert-7b"},{"id":"org/albert-large"},{"id":"vanguard"}]}"#,
                ["/home/bert/image/embeddings/a.gguf", "robert-7b", "org/albert-large", "vanguard"]
            ),
            (#"{"data":[{"id":""},{"id":7},{},null,"x",{"id":"a b"},{"id":"a\nb"},{"id":"good"}]}"#, ["good"]),
            (#"{"data":[]}"#, []),
        ] as [(String, [String])])
    func `the models that answer in words are read from every kind's list`(_ json: String, _ expected: [String]) {
        #expect(names(json) == expected)
    }

    @Test(arguments: [#"{"data":7}"#, #"{"error":{}}"#, "7", #"{"data":null}"#, "", "<html>"])
    func `what is no list is none`(_ json: String) { #expect(names(json) == nil) }

    @Test func `a list is bounded in number and in length of the names`() {
        let many = (0..<3_000).map { #"{"id":"m\#($0)"}"# }.joined(separator: ",")
        #expect(names(#"{"data":[\#(many)]}"#)?.count == ModelListing.maximumNames)
        #expect(names(#"{"data":[{"id":"\#(String(repeating: "x", count: 257))"}]}"#) == [])
    }
}

@Suite struct ModelListTests {
    /// Lists what it is told, or fails, and counts how often it is asked.
    private final class Listed: RemoteModel {
        let availability: [ModelAvailability] = []
        private let state: Mutex<(names: [String]?, isHeld: Bool, calls: Int)>
        private let timers: TimerQueue

        init(_ names: [String]?, isHeld: Bool = false, timers: TimerQueue) {
            state = Mutex((names, isHeld, 0))
            self.timers = timers
        }

        var calls: Int { state.withLock(\.calls) }

        func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
            throw CancellationError()
        }
        func probe() async throws -> Bool { true }
        func models(limitMilliseconds: Int) async throws -> [String]? {
            let (names, isHeld) = state.withLock { state in
                state.calls += 1
                return (state.names, state.isHeld)
            }
            if isHeld { try await timers.sleep(milliseconds: 3_600_000) }
            guard let names else { throw ModelError(kind: .unavailable, provider: "p", detail: "down") }
            return names
        }
    }

    @Test func `a list is asked for once, by however many`() async {
        let timers = TimerQueue()
        let model = Listed(["a", "b"], timers: timers)
        let list = ModelList(of: model, timers: timers)
        await withTaskGroup(of: [String]?.self) { group in
            for _ in 0..<50 { group.addTask { await list.names() } }
            for await names in group { #expect(names == ["a", "b"]) }
        }
        #expect(await list.names() == ["a", "b"])
        #expect(model.calls == 1)
    }

    @Test func `a provider that is down is asked once in a while, and gives nothing`() async {
        let timers = TimerQueue()
        let model = Listed(nil, timers: timers)
        let list = ModelList(of: model, timers: timers)
        for _ in 0..<5 { #expect(await list.names() == nil) }
        #expect(model.calls == 1)
    }

    @Test func `a provider that does not answer is waited for a moment only`() async {
        let timers = TimerQueue()
        let model = Listed(["a"], isHeld: true, timers: timers)
        let list = ModelList(of: model, timers: timers)
        #expect(await list.names() == nil)
    }
}
