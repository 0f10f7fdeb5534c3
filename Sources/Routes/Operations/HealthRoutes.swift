// Health, readiness, metrics, status, and the log of requests.

import Chat
import FCGIApp

/// `GET /healthz` and `GET /readyz`, for anyone who watches over the installation.
struct HealthRoutes: Sendable {
    let store: any StoreMaintenance
    let version: String

    var routes: [Route] {
        [
            Route("GET", "/healthz", access: .everybody, health),
            Route("GET", "/readyz", access: .everybody, readiness),
        ]
    }

    /// The process answers. A client that sent a header `Proxy` is told whether the web server passed it on: it should not (httpoxy.org).
    @Sendable private func health(_ exchange: Exchange) async throws -> Reply {
        let hasProxy = exchange.request.variable("HTTP_PROXY") != nil
        return .json { writer in
            writer.beginObject()
            writer.member("status", "ok")
            writer.member("version", version)
            if hasProxy {
                writer.member("http_proxy", true)
            }
            writer.endObject()
        }
    }

    /// The store is whole and can commit, or why not.
    @Sendable private func readiness(_ exchange: Exchange) async throws -> Reply {
        do {
            try await store.checkSound()
            try await store.checkWritable()
            return .json { writer in
                writer.beginObject()
                writer.member("status", "ready")
                writer.endObject()
            }
        } catch {
            return .json(status: 503) { writer in
                writer.beginObject()
                writer.member("status", "unready")
                writer.member("reason", Self.reason(error))
                writer.endObject()
            }
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? StoreError else { return "the store fails" }
        return error.isDamage ? "the store is damaged" : "the store is \(error.kind.rawValue)"
    }
}
