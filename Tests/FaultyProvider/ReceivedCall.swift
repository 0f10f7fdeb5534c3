public import JSON
public import Scheduling

/// A call as the provider saw it.
public struct ReceivedCall: Sendable {
    /// How it ended, as far as the provider can tell.
    public enum Ending: Sendable, Equatable {
        /// Everything was sent that was to be sent, or the provider broke it.
        case done
        /// The client closed the connection before.
        case clientLeft
    }

    /// From 0.
    public var number: Int
    /// Which connection it came over, from 0.
    public var connection: Int
    public var arrivedAt: MonotonicTime
    public var method: String
    /// Path and query.
    public var target: String
    /// Names in lower case.
    public var headers: [String: String]
    /// Nil when it is no JSON.
    public var body: JSONValue?
    /// Nil while it is under way.
    public var ending: Ending?
    public var endedAt: MonotonicTime?

    /// What it asks for, wherever the kind has it.
    public var model: String? {
        body?["model"]?.stringValue ?? segment(after: "models", upTo: ":") ?? segment(after: "deployments", upTo: "/")
    }

    private func segment(after name: String, upTo end: Character) -> String? {
        let path = target.prefix { $0 != "?" }
        guard let parts = path.split(separator: "/" + name + "/", maxSplits: 1).dropFirst().first else { return nil }
        return String(parts.prefix { $0 != end })
    }
}
