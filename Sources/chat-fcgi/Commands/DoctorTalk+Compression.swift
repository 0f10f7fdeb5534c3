import HTTPClient
import JSON

extension DoctorTalk {
    /// How soon a live object must be seen.
    private static let liveLimitMS = 3_000

    /// A stream of live objects says nothing until there is something to say, so each event must come alone. It asks no
    /// provider.
    /// - Returns: whether events are held back from every client.
    func compress(_ report: inout DoctorReport) async throws -> Bool {
        let gzip = [HTTPHeader("Accept-Encoding", "gzip")]
        let path = "/api/v1/live?session_id=\(session)"
        do throws(HTTPClientError) {
            let response = try await client.open(.get, path, headers: gzip, silenceMS: Self.liveLimitMS)
            guard response.status == 200 else {
                report.warn("live", "live objects give \(response.status)", fix: "the program's log says why")
                return false
            }
            guard try await response.next() != nil else {
                throw HTTPClientError(kind: .reset, detail: "it ended at once")
            }
            _ = try await client.ask(
                .post, "/api/v1/live",
                ["session_id": .string(session), "kind": "presence", "client": "doctor", "data": .object([:])])
            guard try await response.next() != nil else { throw HTTPClientError(kind: .reset, detail: "it ended") }
            let encoding = response.header("Content-Encoding")
            report.ok(
                "compression",
                encoding.map { "streams are compressed (\($0)), and each event still comes at once" }
                    ?? "streams are not compressed, and single events come at once")
        } catch {
            guard error.kind == .timeout else {
                report.warn("live", "the stream of live objects broke: \(error.detail)", fix: "the error logs say why")
                return false
            }
            // The same without compression tells which of the two it is.
            do throws(HTTPClientError) {
                let plain = try await client.open(.get, path, silenceMS: Self.liveLimitMS)
                _ = try await plain.next()
                report.fail(
                    "compression",
                    "events are held back when the client takes compressed answers, as every browser does",
                    fix: remedies.compression)
            } catch {
                report.fail("stream", "single events are held back", fix: remedies.buffering)
                return true
            }
        }
        return false
    }
}
