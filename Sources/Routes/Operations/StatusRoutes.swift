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
            writer.member("status", "ok")
            writer.member("streaming", true)
            writer.member("modes", modes)
            writer.beginArray("providers")
            for provider in providers {
                writer.beginObject()
                writer.member("name", provider.provider)
                writer.member("kind", provider.kind)
                writer.member("model", provider.model)
                writer.member("available", provider.isAvailable)
                writer.member("reason", Self.reason(of: provider))
                writer.endObject()
            }
            writer.endArray()
            writer.member("version", version)
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
