import Chat
import HTTPClient
import JSON
import LoopbackServer
import Synchronization

@testable import Providers

/// A provider of any kind that refuses what a test says, and answers "Hé" to everything else.
final class PickyServer: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case openai, azure, anthropic, gemini, ollama

        fileprivate var answer: String {
            switch self {
            case .openai, .azure:
                #"{"model":"x","choices":[{"message":{"content":"Hé"},"finish_reason":"stop"}]}"#
            case .anthropic:
                #"{"type":"message","model":"x","content":[{"type":"text","text":"Hé"}],"stop_reason":"end_turn"}"#
            case .gemini: #"{"candidates":[{"content":{"parts":[{"text":"Hé"}]},"finishReason":"STOP"}]}"#
            case .ollama: #"{"model":"x","message":{"content":"Hé"},"done":true,"done_reason":"stop"}"#
            }
        }
    }

    let kind: Kind
    private let server: LoopbackServer
    private let received = Gathered<JSONValue>()
    private let logged = Gathered<String>()
    private let client = HTTPClient()
    private let refused: RefusedParameters

    /// The bodies of the calls so far.
    var calls: [JSONValue] { received.all }
    /// What the operator was told.
    var lines: [String] { logged.all }

    /// - Parameter refusal: status and body for what is asked; nil takes it.
    init(_ kind: Kind, refusing refusal: @escaping @Sendable (JSONValue) -> (status: String, body: String)?) {
        self.kind = kind
        let (received, logged) = (received, logged)
        refused = RefusedParameters { logged.append($0) }
        server = LoopbackServer { connection in
            while let request = connection.readRequest() {
                guard let body = try? JSONValue(parsing: request.body) else { return }
                received.append(body)
                let json = ["Content-Type: application/json"]
                if let refusal = refusal(body) {
                    connection.respond(status: refusal.status, headers: json, refusal.body)
                } else {
                    connection.respond(headers: json, kind.answer)
                }
            }
        }
    }

    func model(named name: String = "m-1", provider: String = "up") -> any RemoteModel {
        var options = ProviderOptions(provider: provider, baseURL: server.url(""), apiKey: "key", model: name)
        options.streams = false
        options.refused = refused
        return switch kind {
        case .openai: ProviderModels.openAI(options, client: client)
        case .azure: ProviderModels.azure(options, client: client)
        case .anthropic: ProviderModels.anthropic(options, client: client)
        case .gemini: ProviderModels.gemini(options, client: client)
        case .ollama: ProviderModels.ollama(options, client: client)
        }
    }
}

/// Takes values from any thread.
final class Gathered<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    var all: [Value] { values.withLock { $0 } }
    func append(_ value: Value) { values.withLock { $0.append(value) } }
}
