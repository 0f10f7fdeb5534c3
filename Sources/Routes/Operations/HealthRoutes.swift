import Chat
import FCGIApp

/// `GET /healthz` and `GET /readyz`, for whoever watches over the installation.
struct HealthRoutes: Sendable {
    let store: any ChatStore
    let version: String

    var routes: [Route] {
        [
            Route("GET", "/healthz", access: .everybody, health),
            Route("GET", "/readyz", access: .everybody, readiness),
        ]
    }

    /// The process answers.
    @Sendable private func health(_ exchange: Exchange) async throws -> Reply {
        .json { writer in
            writer.beginObject()
            writer.key("status")
            writer.string("ok")
            writer.key("version")
            writer.string(version)
            writer.endObject()
        }
    }

    /// The store can commit, or why not.
    @Sendable private func readiness(_ exchange: Exchange) async throws -> Reply {
        do {
            try await store.checkWritable()
            return .json { writer in
                writer.beginObject()
                writer.key("status")
                writer.string("ready")
                writer.endObject()
            }
        } catch {
            return .json(status: 503) { writer in
                writer.beginObject()
                writer.key("status")
                writer.string("unready")
                writer.key("reason")
                writer.string((error as? StoreError).map { "the store is \($0.kind.rawValue)" } ?? "the store fails")
                writer.endObject()
            }
        }
    }
}
