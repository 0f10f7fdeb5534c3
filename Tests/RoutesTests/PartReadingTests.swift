import Chat
import FCGIApp
import JSON
import Testing

@testable import Routes

// Testing has a type of the same name.
private typealias Attachment = Chat.Attachment

@Suite struct PartReadingTests {
    private static let png = "iVBORw0KGgo="

    private func read(_ parts: String, role: String = "user") throws -> CompletionRequest {
        let body = #"{"model":"m","messages":[{"role":"\#(role)","tool_call_id":"c","content":[\#(parts)]}]}"#
        let request = Request(variables: [], body: Array(body.utf8), bodyState: .complete)
        return try CompletionRequest(BodyFields(request, limit: 1 << 20))
    }

    private func mistake(_ parts: String, role: String = "user") -> String {
        do {
            _ = try read(parts, role: role)
            return ""
        } catch let problem as Problem {
            return problem.errors.map(\.field).joined(separator: " ")
        } catch {
            return "\(error)"
        }
    }

    private func image(_ url: String, _ more: String = "") -> String {
        #"{"type":"image_url","image_url":{"url":"\#(url)"\#(more)}}"#
    }

    @Test func `text, pictures, recordings and files keep their order`() throws {
        let read = try read(
            #"""
            {"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:image/PNG;base64,iVBORw0KGgo=","detail":"high"}},
            {"type":"text","text":"b"},{"type":"image_url","image_url":{"url":"HTTPS://a.example/x","detail":null}},
            {"type":"image_url","image_url":"data:image/jpg;base64,AAAA"},
            {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},
            {"type":"file","file":{"filename":"x.pdf","file_data":"data:application/pdf;base64,AAAA","file_id":null}},
            {"type":"file","file":{"file_id":"file-1"}}
            """#)
        let bytes = { (text: String) in Attachment.Source.base64(Array(text.utf8)[...]) }
        #expect(read.request.messages[0].content == "ab")
        #expect(
            read.request.messages[0].parts == [
                .text("a"),
                .attachment(
                    Attachment(kind: .image, mediaType: "image/png", source: bytes(Self.png), detail: "high")),
                .text("b"), .attachment(Attachment(kind: .image, source: .url("HTTPS://a.example/x"))),
                .attachment(Attachment(kind: .image, mediaType: "image/jpeg", source: bytes("AAAA"))),
                .attachment(Attachment(kind: .audio, mediaType: "audio/wav", source: bytes("AAAA"))),
                .attachment(
                    Attachment(kind: .file, mediaType: "application/pdf", source: bytes("AAAA"), name: "x.pdf")),
                .attachment(Attachment(kind: .file, source: .fileID("file-1"))),
            ])
        #expect(read.storedText == "ab\n[picture]\n[picture]\n[picture]\n[recording]\n[file: x.pdf]\n[file]")
    }

    @Test func `text alone has no parts`() throws {
        let message = try read(#"{"type":"text","text":"a"},{"type":"text","text":"b"}"#).request.messages[0]
        #expect(message.content == "ab" && message.parts.isEmpty)
    }

    @Test(
        arguments: [
            "http://a.example/x.png", "ftp://a.example/x", "file:///etc/passwd", "x", "", "https://", "https://a b",
            "https://a.example/\\u0007", "https://127.0.0.1/x", "https://[::1]/x", "https://localhost/x",
            "https://LOCALHOST:8443/x", "https://a.localhost/x", "https://printer/x", "https://nas.local/x",
            "https://metadata.google.internal/x", "https://169.254.169.254/x", "https://2130706433/x",
            "https://0x7f.1/x",
            "https://127.1./x", "https://user@a.example/x", "https://a.example@127.0.0.1/x",
            "https://a.example\\\\@127.0.0.1/x",
            "https://a.example:x/y", "https://a..example/x", "https://.example/x", "https://a%2eexample/x",
            "https:///x",
            "javascript:alert(1)", "data:", "data:image/png", "data:image/png,abcd",
            "data:image/png;base64", "data:;base64,AAAA", "data:image;base64,AAAA", "data:image/svg+xml;base64,AAAA",
            "data:text/html;base64,AAAA", "data:image/bmp;base64,AAAA", "data:image/png;base64,",
            "data:image/png;base64,AAA", "data:image/png;base64,AAAA=", "data:image/png;base64,A===",
            "data:image/png;base64,AA=A", "data:image/png;base64,====", "data:image/png;base64,AAAA AAAA",
            "data:image/png;base64,AAAA\\n", "data:image/png;base64,AA-_", "data:image/png;base64,AAé=",
            "data:image/png;base64,AB==", "data:image/png;base64,AAB=", "data:image/png;base64,%41AAA",
            "data:image/png/x;base64,AAAA", "data:image/png ;base64,AAAA",
        ])
    func `an address or data that is none is refused by its place`(_ url: String) {
        #expect(mistake(image(url)) == "messages[0].content[0]")
    }

    @Test(
        arguments: [
            ("{}", "messages[0].content[0]"), ("7", "messages[0].content[0]"),
            (#"{"type":"video_url","video_url":{"url":"x"}}"#, "messages[0].content[0]"),
            (#"{"type":"image_url"}"#, "messages[0].content[0]"),
            (#"{"type":"image_url","image_url":{"url":7}}"#, "messages[0].content[0]"),
            (
                #"{"type":"image_url","image_url":{"url":"https://a.example","detail":"huge"}}"#,
                "messages[0].content[0]"
            ),
            (#"{"type":"input_audio","input_audio":{"data":"AAAA"}}"#, "messages[0].content[0]"),
            (
                #"{"type":"input_audio","input_audio":{"data":"AAAA","format":"ogg"}}"#,
                "messages[0].content[0]"
            ),
            (
                #"{"type":"input_audio","input_audio":{"data":"A","format":"wav"}}"#,
                "messages[0].content[0]"
            ),
            (#"{"type":"input_audio","input_audio":{"format":"wav"}}"#, "messages[0].content[0]"),
            (#"{"type":"file","file":{}}"#, "messages[0].content[0]"),
            (#"{"type":"file"}"#, "messages[0].content[0]"),
            (#"{"type":"file","file":{"file_data":"AAAA"}}"#, "messages[0].content[0]"),
            (#"{"type":"file","file":{"file_id":""}}"#, "messages[0].content[0]"),
            (#"{"type":"file","file":{"file_id":"x","filename":7}}"#, "messages[0].content[0]"),
            (#"{"type":"text","text":"a"},{"type":"text"}"#, "messages[0].content[1]"),
        ])
    func `a part that is none is refused by its place`(_ part: String, _ place: String) {
        #expect(mistake(part) == place)
    }

    @Test(arguments: ["system", "assistant", "tool", "developer"])
    func `pictures are the user's`(_ role: String) {
        #expect(mistake(image("https://a.example/x"), role: role) == "messages[0].content[0]")
    }

    @Test func `their number is limited`() throws {
        let many = { (count: Int) in
            Array(repeating: self.image("https://a.example/x"), count: count).joined(separator: ",")
        }
        #expect(mistake(many(PartReading.maximumAttachments)) == "")
        #expect(mistake(many(PartReading.maximumAttachments + 1)) == "messages")
    }

    // MARK: - Large bodies

    private func readLarge(_ body: String) throws -> (CompletionRequest, LargeBody) {
        let bytes = Array(body.utf8)
        let large = try LargeBody(bytes)
        let request = Request(variables: [], body: bytes, bodyState: .complete)
        let fields = try BodyFields(request, limit: bytes.count) { (_) throws(JSONError) in
            large.restored(try JSONValue(parsing: large.json, maximumBytes: 64 << 20))
        }
        return (try CompletionRequest(fields, large: large), large)
    }

    @Test func `a large picture stays where it is in the body`() throws {
        let data = String(repeating: "AAAA", count: 500_000)
        let (read, large) = try readLarge(
            #"{"model":"m","messages":[{"role":"user","content":[\#(image("data:image/png;base64," + data)),{"type":"text","text":"x"}]}]}"#
        )
        #expect(large.json.count < 500)
        #expect(read.request.attachments.map(\.source) == [.base64(Array(data.utf8)[...])])
    }

    @Test func `escaped slashes, as PHP writes them, are read`() throws {
        let data = String(repeating: "AA/+", count: 50_000)
        let escaped = "data:image/png;base64,\(data)".split(separator: "/", omittingEmptySubsequences: false)
            .joined(separator: #"\/"#)
        let (read, large) = try readLarge(
            #"{"model":"m","messages":[{"role":"user","content":[\#(image(escaped))]}]}"#)
        #expect(large.json.count < 500)
        #expect(read.request.attachments.first?.source == .base64(Array(data.utf8)[...]))
    }

    @Test func `a long text of letters is a text, wherever it stands`() throws {
        let long = String(repeating: "abcd", count: 10_000)
        let (read, _) = try readLarge(
            #"""
            {"model":"m","user":"u","store":true,"metadata":{"session_id":"s","data":"x"},"unknown":{"deep":["\#(long)"]},
             "messages":[{"role":"system","content":"\#(long)"},{"role":"user","content":[{"type":"text","text":"\#(long)"}]},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"\#(long)"}}]},
             {"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"\#(long)"}]}],
             "tools":[{"type":"function","function":{"name":"f","description":"\#(long)"}}]}
            """#)
        #expect(read.request.messages.map(\.content) == [long, long, "", long])
        #expect(read.request.messages[2].toolCalls.first?.arguments == long)
        #expect(read.request.options?.tools.first?.description == long)
    }

    @Test(
        arguments: [
            "", "{", #"{"a"#, #"{"a":"\#(String(repeating: "A", count: 20_000))"#, #""\"#,
            #"{"a":"\#(String(repeating: "A", count: 20_000))\"#, #"[[[["#, "\"", "\u{FF}",
        ])
    func `what is no JSON stays none`(_ text: String) throws {
        let large = try LargeBody(Array(text.utf8))
        #expect(throws: JSONError.self) { try JSONValue(parsing: large.json) }
    }

    @Test func `values are limited in number, whatever the text's length`() {
        let many = "[" + String(repeating: "1,", count: LargeBody.maximumValues + 1) + "1]"
        #expect(throws: JSONError.self) { try LargeBody(Array(many.utf8)) }
        let few = "[\"" + String(repeating: ",", count: LargeBody.maximumValues + 1) + "\"]"
        #expect(throws: Never.self) { try LargeBody(Array(few.utf8)) }
    }

    @Test func `large requests are limited together, and given back`() throws {
        let bodies = LargeBodies()
        #expect(try bodies.hold(LargeBodies.smallBytes) == nil)
        var held: [LargeBodies.Hold?] = []
        let size = 64 * 1_048_576
        for _ in 0..<(LargeBodies.maximumBytes / size) { held.append(try bodies.hold(size)) }
        #expect(throws: Problem.self) { try bodies.hold(size) }
        held.removeLast()
        held.append(try bodies.hold(size))
        held[0]?.release()
        held[0]?.release()
        #expect(throws: Never.self) { try bodies.hold(size) }
        #expect(throws: Problem.self) { try bodies.hold(size * 2) }
    }
}
