import Chat
import FCGIApp

/// `GET /api/agent/status`: what this installation can do and who would answer, for clients that want to show it. No
/// provider is asked for it.
struct StatusRoutes: Sendable {
    /// The providers in the order in which they would be asked, as things stand.
    let availability: @Sendable () -> [ModelAvailability]
    /// The values of `mode` that `POST /api/agent/chat` takes in this version.
    let modes: [String]
    let version: String

    var routes: [Route] { [Route("GET", "/api/agent/status", access: .onlookers, status)] }

    @Sendable private func status(_ exchange: Exchange) async throws -> Reply {
        let providers = availability()
        return .json { writer in
            writer.beginObject()
            writer.key("status")
            writer.string("ok")
            writer.key("streaming")
            writer.bool(true)
            writer.key("modes")
            writer.beginArray()
            for mode in modes { writer.string(mode) }
            writer.endArray()
            writer.key("providers")
            writer.beginArray()
            for provider in providers {
                writer.beginObject()
                writer.key("name")
                writer.string(provider.provider)
                writer.key("kind")
                writer.string(provider.kind)
                writer.key("model")
                writer.string(provider.model)
                writer.key("available")
                writer.bool(provider.isAvailable)
                writer.key("reason")
                writer.string(Self.reason(of: provider))
                writer.endObject()
            }
            writer.endArray()
            writer.key("version")
            writer.string(version)
            writer.endObject()
        }
    }

    /// The operator's reason names variables and files; what anybody is told is one of these.
    static func reason(of provider: ModelAvailability) -> String {
        if provider.isAvailable { return "available" }
        return switch provider.rest {
        case .afterFailures: "resting after failures"
        case .asAsked: "resting as its provider asked"
        case nil: "not configured"
        }
    }
}
