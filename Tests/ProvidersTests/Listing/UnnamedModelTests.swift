import Chat
import HTTPClient
import JSON
import LoopbackServer
import Scheduling
import Testing

@testable import Providers

/// A provider for which no model is named.
@Suite(.timeLimit(.minutes(5))) struct UnnamedModelTests {
    private let client = HTTPClient()
    private let timers = TimerQueue()

    /// A server that lists these models, and has no others.
    private func server(_ models: [String], _ asked: Gathered<String>) -> LoopbackServer {
        LoopbackServer { connection in
            let json = ["Content-Type: application/json"]
            while let request = connection.readRequest() {
                guard request.method == "POST" else {
                    asked.append("list")
                    let entries = models.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
                    connection.respond(headers: json, #"{"data":[\#(entries)]}"#)
                    continue
                }
                let name = (try? JSONValue(parsing: request.body))?["model"]?.stringValue ?? ""
                asked.append(name)
                if models.contains(name) {
                    connection.respond(
                        headers: json,
                        #"{"model":"\#(name)","choices":[{"message":{"content":"Hé"},"finish_reason":"stop"}]}"#)
                } else {
                    connection.respond(
                        status: "404 Not Found", headers: json, #"{"error":{"message":"no","code":"model_not_found"}}"#)
                }
            }
        }
    }

    private func model(_ server: LoopbackServer, _ change: (inout ProviderOptions) -> Void = { _ in })
        -> any RemoteModel
    {
        var options = ProviderOptions(provider: "up", baseURL: server.url("/v1"))
        options.streams = false
        options.list = ModelList(of: ProviderModels.openAI(options, client: client), timers: timers)
        change(&options)
        return ProviderModels.openAI(options, client: client)
    }

    @Test func `the first model for conversation is asked, and the list is asked for once`() async throws {
        let asked = Gathered<String>()
        let server = server(["embed-1", "chat-1", "chat-2"], asked)
        let model = model(server)
        #expect(model.availability.first?.model == "")
        for _ in 0..<2 {
            #expect(try await model.respond(to: .question, into: Recorder()).model == "chat-1")
        }
        #expect(asked.all == ["list", "chat-1", "chat-1"])
        #expect(model.availability.first?.model == "chat-1")
    }

    @Test func `a name that the request has goes through; where the provider does not have it, the first one answers`()
        async throws
    {
        let asked = Gathered<String>()
        let server = server(["chat-1", "chat-2"], asked)
        let model = model(server) { $0.list?.keep(["chat-1", "chat-2"]) }
        var request = ModelRequest.question
        request.model = "chat-2"
        #expect(try await model.respond(to: request, into: Recorder()).model == "chat-2")
        request.model = "any"
        #expect(try await model.respond(to: request, into: Recorder()).model == "chat-1")
        #expect(asked.all == ["chat-2", "any", "chat-1"])
    }

    @Test func `a name without its folders, as users are shown it, finds the model that its server calls by a path`()
        async throws
    {
        let asked = Gathered<String>()
        let server = server(["/srv/a/chat.gguf", "/srv/b/other.gguf"], asked)
        let model = model(server) { $0.list?.keep(["/srv/a/chat.gguf", "/srv/b/other.gguf"]) }
        #expect(model.availability.first?.model == "chat.gguf")
        var request = ModelRequest.question
        let sink = Recorder()
        #expect(try await model.respond(to: request, into: sink).model == "chat.gguf")
        request.model = "other.gguf"
        #expect(try await model.respond(to: request, into: sink).model == "other.gguf")
        #expect(asked.all == ["/srv/a/chat.gguf", "/srv/b/other.gguf"])
        #expect(sink.models == ["chat.gguf", "other.gguf"])
    }

    @Test func `a name of the configuration that is wrong is not replaced`() async {
        let asked = Gathered<String>()
        let server = server(["chat-1"], asked)
        let error = await outcome(of: model(server) { $0.model = "gone" }, into: Recorder()).modelError
        #expect(error?.kind == .notFound)
        #expect(asked.all == ["gone"])
    }

    @Test func `where nothing is listed for conversation, that is told`() async {
        let asked = Gathered<String>()
        let server = server(["embed-1"], asked)
        let error = await outcome(of: model(server), into: Recorder()).modelError
        #expect(error?.kind == .notFound)
        #expect(error?.detail.contains("lists none") == true)
        #expect(asked.all == ["list"])
    }
}
