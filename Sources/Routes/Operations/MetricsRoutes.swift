import FCGIApp
import Telemetry

/// `GET /metrics`: the figures of all processes of the installation, for Prometheus.
///
/// Who may read it is the web server's to say: the recipes let this machine only.
struct MetricsRoutes: Sendable {
    /// In the text format.
    let figures: @Sendable () -> String

    var routes: [Route] { [Route("GET", "/metrics", access: .everybody, tell)] }

    @Sendable private func tell(_ exchange: Exchange) async throws -> Reply {
        .response(
            Response(
                status: 200, fields: [("Content-Type", MetricsText.mediaType), ("Cache-Control", "no-store")],
                body: Array(figures().utf8)))
    }
}
