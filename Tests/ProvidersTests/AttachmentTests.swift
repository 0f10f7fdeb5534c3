import Chat
import JSON
import Scheduling
import Testing

@testable import Providers

// Testing has a type of the same name.
private typealias Attachment = Chat.Attachment

@Suite struct AttachmentTests {
    private static let base64 = Array("iVBORw0KGgo=".utf8)[...]
    private static let picture = Attachment(
        kind: .image, mediaType: "image/png", source: .base64(base64), detail: "low")
    private static let address = Attachment(kind: .image, source: .url("https://a.example/x.png?\"b"))
    private static let recording = Attachment(kind: .audio, mediaType: "audio/mpeg", source: .base64(base64))
    private static let wave = Attachment(kind: .audio, mediaType: "audio/wav", source: .base64(base64))
    private static let paper = Attachment(
        kind: .file, mediaType: "application/pdf", source: .base64(base64), name: "a \"b\".pdf")
    private static let text = Attachment(
        kind: .file, mediaType: "text/plain", source: .base64(Array("SGVsbG8sICLDqSI=".utf8)[...]), name: "t.txt")
    private static let notText = Attachment(
        kind: .file, mediaType: "text/plain", source: .base64(Array("gICA".utf8)[...]))
    private static let sheet = Attachment(
        kind: .file, mediaType: "application/vnd.ms-excel", source: .base64(base64))
    private static let kept = Attachment(kind: .file, source: .fileID("file-1"))

    private func request(_ attachments: Attachment...) -> ModelRequest {
        var message = ModelMessage(role: .user, content: "What is this?And this?")
        message.parts = [.text("What is this?")] + attachments.map(MessagePart.attachment) + [.text("And this?")]
        return ModelRequest(instructions: "", messages: [message])
    }

    private func sent(_ format: some WireFormat, _ attachments: Attachment...) throws -> JSONValue {
        var request = request()
        request.messages[0].parts = [.text("What is this?")] + attachments.map(MessagePart.attachment) + [.text("And?")]
        let call = format.call(request, model: "m", streams: true)
        return try JSONValue(parsing: call.body)
    }

    @Test func `OpenAI and Azure get everything as it came`() throws {
        let expected: JSONValue = [
            ["type": "text", "text": "What is this?"],
            ["type": "image_url", "image_url": ["url": "data:image/png;base64,iVBORw0KGgo=", "detail": "low"]],
            ["type": "image_url", "image_url": ["url": "https://a.example/x.png?\"b"]],
            ["type": "input_audio", "input_audio": ["data": "iVBORw0KGgo=", "format": "mp3"]],
            ["type": "input_audio", "input_audio": ["data": "iVBORw0KGgo=", "format": "wav"]],
            [
                "type": "file",
                "file": ["file_data": "data:application/pdf;base64,iVBORw0KGgo=", "filename": "a \"b\".pdf"],
            ],
            ["type": "file", "file": ["file_id": "file-1"]], ["type": "text", "text": "And?"],
        ]
        func check(_ format: some WireFormat) throws {
            let all = [Self.picture, Self.address, Self.recording, Self.wave, Self.paper, Self.kept]
            for attachment in all { #expect(format.takes(attachment)) }
            let body = try sent(format, Self.picture, Self.address, Self.recording, Self.wave, Self.paper, Self.kept)
            #expect(body["messages"]?.arrayValue?[0]["content"] == expected)
        }
        try check(OpenAIFormat(baseURL: "https://a.example"))
        try check(AzureFormat(baseURL: "https://a.example"))
    }

    @Test func `Anthropic gets images and documents`() throws {
        let format = AnthropicFormat(apiKey: nil)
        let expected: JSONValue = [
            ["type": "text", "text": "What is this?"],
            ["type": "image", "source": ["type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="]],
            ["type": "image", "source": ["type": "url", "url": "https://a.example/x.png?\"b"]],
            [
                "type": "document",
                "source": ["type": "base64", "media_type": "application/pdf", "data": "iVBORw0KGgo="],
                "title": "a \"b\".pdf",
            ],
            [
                "type": "document", "source": ["type": "text", "media_type": "text/plain", "data": "Hello, \"é\""],
                "title": "t.txt",
            ], ["type": "text", "text": "And?"],
        ]
        for attachment in [Self.picture, Self.address, Self.paper, Self.text] { #expect(format.takes(attachment)) }
        for attachment in [Self.recording, Self.kept, Self.sheet, Self.notText] { #expect(!format.takes(attachment)) }
        let body = try sent(format, Self.picture, Self.address, Self.paper, Self.text)
        #expect(body["messages"]?.arrayValue?[0]["content"] == expected)
    }

    @Test func `Gemini gets data in the line, and addresses`() throws {
        let format = GeminiFormat(apiKey: nil)
        let expected: JSONValue = [
            ["text": "What is this?"], ["inlineData": ["mimeType": "image/png", "data": "iVBORw0KGgo="]],
            ["fileData": ["fileUri": "https://a.example/x.png?\"b"]],
            ["inlineData": ["mimeType": "audio/mp3", "data": "iVBORw0KGgo="]],
            ["inlineData": ["mimeType": "application/pdf", "data": "iVBORw0KGgo="]], ["text": "And?"],
        ]
        for attachment in [Self.picture, Self.address, Self.recording, Self.paper, Self.text] {
            #expect(format.takes(attachment))
        }
        for attachment in [Self.kept, Self.sheet] { #expect(!format.takes(attachment)) }
        let body = try sent(format, Self.picture, Self.address, Self.recording, Self.paper)
        #expect(body["contents"]?.arrayValue?[0]["parts"] == expected)
    }

    @Test func `Ollama gets pictures beside the text`() throws {
        let format = OllamaFormat()
        #expect(format.takes(Self.picture))
        for attachment in [Self.address, Self.recording, Self.paper, Self.kept] { #expect(!format.takes(attachment)) }
        var request = request(Self.picture)
        request.messages[0].content = "What?"
        let body = try JSONValue(parsing: format.call(request, model: "m", streams: true).body)
        #expect(
            body["messages"] == [["role": "user", "content": "What?", "images": ["iVBORw0KGgo="]]])
    }

    @Test func `a picture alone is a message`() throws {
        var message = ModelMessage(role: .user, content: "")
        message.parts = [.attachment(Self.picture)]
        let request = ModelRequest(instructions: "", messages: [message])
        let body = try JSONValue(parsing: AnthropicFormat(apiKey: nil).call(request, model: "m", streams: true).body)
        #expect(body["messages"]?.arrayValue?.count == 1)
        #expect(body["messages"]?.arrayValue?[0]["content"]?.arrayValue?[0]["type"] == "image")
    }

    @Test func `what is large is not copied into the request`() throws {
        let data = [UInt8](repeating: UInt8(ascii: "A"), count: 4_000_000)
        let large = Attachment(kind: .image, mediaType: "image/png", source: .base64(data[...]))
        func check(_ format: some WireFormat) throws {
            let call = format.call(request(large), model: "m", streams: true)
            #expect(call.segments.count == 3)
            let isShared = call.segments[1].withUnsafeBufferPointer { sent in
                data.withUnsafeBufferPointer { $0.baseAddress == sent.baseAddress }
            }
            #expect(isShared)
            #expect(call.segments[0].count + call.segments[2].count < 1_000)
            _ = try JSONValue(parsing: call.body)
        }
        try check(OpenAIFormat(baseURL: "https://a.example"))
        try check(AnthropicFormat(apiKey: nil))
        try check(GeminiFormat(apiKey: nil))
        try check(OllamaFormat())
    }

    @Test func `what no route takes is not answered, and a route that takes none is passed over`() async throws {
        let timers = TimerQueue()
        func route(_ model: any LanguageModel) -> ModelChain.Route { ModelChain.Route(model) }
        let embedded = ModelChain([route(EmbeddedModel(timers: timers))], timers: timers)
        #expect(!embedded.canAnswer(request(Self.picture)))
        #expect(embedded.canAnswer(request()))
        var care = request(Self.picture)
        care.embeddedAnswer = Words()
        #expect(embedded.canAnswer(care))
    }

    private struct Words: EmbeddedAnswer {
        func compose(_ say: (String) async throws -> Void) async throws { try await say("x") }
    }

    @Test func `pictures make requests different to the cache`() {
        func key(_ attachment: Attachment?) -> CacheKey {
            CacheKey(attachment.map { request($0) } ?? request(), route: "r", user: nil)
        }
        let other = Attachment(kind: .image, mediaType: "image/png", source: .base64(Array("iVBORw0KGgp=".utf8)[...]))
        let all = [nil, Self.picture, other, Self.address, Self.recording, Self.wave, Self.paper, Self.kept].map {
            key($0)
        }
        #expect(Set(all).count == all.count)
        #expect(key(Self.picture) == key(Self.picture))
    }

    @Test func `a picture's estimate does not grow with its bytes`() {
        let small = request(Self.picture).promptBytes
        let large = Attachment(
            kind: .image, mediaType: "image/png", source: .base64([UInt8](repeating: 65, count: 8_000_000)[...]))
        #expect(request(large).promptBytes == small)
        #expect(small > request().promptBytes)
        // An address and a name are text like any other.
        let named = Attachment(
            kind: .file, source: .url("https://example.org/" + String(repeating: "a", count: 9_000)), name: "a.pdf")
        #expect(request(named).promptBytes - request().promptBytes > 9_000)
    }
}
