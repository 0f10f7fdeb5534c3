import HTTPClient
import JSON

/// Looks whether an Ollama answers on its usual port of this machine
/// (github.com/ollama/ollama/blob/main/docs/api.md#list-local-models).
enum LocalOllama {
    private static let url = "http://127.0.0.1:11434/api/tags"
    /// For the whole look: whoever starts the program waits for it.
    private static let limitMS = 300
    private static let maximumBytes = 1 << 20

    /// The first model for conversation that it lists; nil when nobody answers, or with no such model.
    static func model() async -> String? {
        var request = HTTPRequest(url: url)
        request.connectTimeoutMilliseconds = limitMS
        request.totalTimeoutMilliseconds = limitMS
        request.maximumResponseBytes = maximumBytes
        var body: [UInt8] = []
        let client = HTTPClient()
        // Letting go of the client would end the exchange.
        defer { withExtendedLifetime(client) {} }
        do {
            let response = try await client.stream(request)
            guard response.status == 200 else { return nil }
            while let bytes = try await response.next() { body += bytes }
        } catch {
            // Nobody there, or somebody else: no reason to say anything.
            return nil
        }
        let models = (try? JSONValue(parsing: body))?["models"]?.arrayValue ?? []
        return models.lazy.compactMap(conversational).first
    }

    /// The model's name; nil for those that only turn texts into numbers, and for names that no chain takes.
    private static func conversational(_ model: JSONValue) -> String? {
        guard let name = model["name"]?.stringValue, (1...128).contains(name.utf8.count) else { return nil }
        let family = model["details"]?["family"]?.stringValue ?? ""
        return family.contains("bert") || name.contains("embed") ? nil : name
    }
}
