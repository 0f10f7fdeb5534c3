import Chat
import Configuration
import HTTPClient
import JSON
import Scheduling

/// Looks at what the web server makes of requests on their way: which it passes on, how large they may be, what it adds to them, whether it
/// tells when a client has left, and how long it bears silence.
struct DoctorWay {
    let client: DoctorClient
    /// Of the installation, where they are known: its configuration is on this machine.
    let settings: Settings?
    let remedies: DoctorRemedies
    /// Of this visit only.
    let session: String

    /// A body that every installation of the usual settings takes.
    private static let usualBody = 1_000_000
    /// More than any of this program's limits; a web server should not store it first.
    private static let excessiveBody = 24 << 20
    private static let bodyPatienceMS = 60_000
    /// Live streams that are opened at most, to find out how many one user may have.
    private static let mostStreams = 10
    private static let leavingPatienceMS = 3_000
    private static let answerPatienceMS = 10_000
    /// Longer than the longest usual silence between two heartbeats.
    private static let silencePatienceMS = 20_000

    /// What can be found out as nobody.
    func lookAtRequests(_ report: inout DoctorReport) async {
        let arePassedOn = await lookAtRoutes(&report)
        if arePassedOn { await lookAtMethods(&report) }
        // Where the program's errors do not come through, nothing tells a body that it refused from one that it never saw.
        let doErrorsComeThrough = arePassedOn ? await lookAtErrors(&report) : true
        if doErrorsComeThrough { await lookAtBodies(&report) }
        await lookAtProxyHeader(&report)
    }

    // MARK: - Routes

    /// - Returns: whether all are passed on.
    private func lookAtRoutes(_ report: inout DoctorReport) async -> Bool {
        // One of each group that web servers tell apart. What the program has to say of it does not matter.
        let paths = [
            "/api/v1/chat/sessions", "/api/v2/models", "/api/agent/status", "/api/chat/workflows/wf_doctor/events",
            "/v1/models",
            "/v1/models/a/b", "/stream-chat/msg_doctor", "/healthz",
        ]
        var missing: [String] = []
        for path in paths where await !isPassedOn(.get, path) { missing.append(path) }
        if missing.isEmpty {
            report.ok("routes", "every part of the API is passed on")
        } else {
            report.fail(
                "routes", "not passed on to the program: \(missing.joined(separator: ", "))", fix: remedies.routing)
        }
        return missing.isEmpty
    }

    private func lookAtMethods(_ report: inout DoctorReport) async {
        // None of it is there, so nothing is changed.
        let requests: [(method: HTTPRequest.Method, path: String)] = [
            (.put, "/api/v1/chat/books/\(session)"), (.patch, "/api/v1/chat/sessions/\(session)"),
            (.delete, "/api/v1/chat/sessions/\(session)"),
        ]
        var refused: [String] = []
        for (method, path) in requests where await !isPassedOn(method, path) { refused.append(method.rawValue) }
        if refused.isEmpty {
            report.ok("methods", "PUT, PATCH and DELETE are passed on")
        } else {
            report.fail(
                "methods",
                "the web server refuses \(refused.joined(separator: ", ")), with which conversations are renamed, books marked "
                    + "and both removed",
                fix: "allow these methods (limit_except in nginx, Limit in Apache, a filter of the host)")
        }
    }

    /// - Returns: whether the program's own errors come through as it sent them.
    private func lookAtErrors(_ report: inout DoctorReport) async -> Bool {
        // 404, and 403: those that web servers most often have pages for.
        let page = HTTPHeader("Origin", "https://doctor.invalid")
        if await isPassedOn(.get, "/api/doctor"), await isPassedOn(.post, "/api/v1/chat/stop", headers: [page]) {
            report.ok("refusals", "what the program says of mistakes comes through")
            return true
        }
        report.fail(
            "refusals", "the web server puts pages of its own in the place of what the program says of mistakes",
            fix: remedies.interception)
        return false
    }

    /// Whether the program answers, and not the web server: it repeats a request's own id. What it says does not matter.
    /// - Parameter bytes: of a body that is not JSON, so the program refuses it and stores nothing.
    private func isPassedOn(
        _ method: HTTPRequest.Method, _ path: String, bytes: Int = 0, headers: [HTTPHeader] = []
    ) async -> Bool {
        if case .program = await sender(method, path, bytes: bytes, headers: headers) { true } else { false }
    }

    private enum Sender {
        case program
        case webServer(status: Int)
        case nobody
    }

    /// Whose answer comes.
    private func sender(
        _ method: HTTPRequest.Method, _ path: String, bytes: Int, headers: [HTTPHeader] = []
    ) async -> Sender {
        let id = "doctor-" + Identifiers.uuidV7()
        let body = bytes > 0 ? [UInt8](repeating: UInt8(ascii: " "), count: bytes) : nil
        let answer = try? await client.ask(
            method, path, bytes: body, headers: headers + [HTTPHeader("X-Request-Id", id)],
            limitMS: Self.bodyPatienceMS)
        guard let answer else { return .nobody }
        let isProgram = answer.head.header("X-Request-Id") == id && ![502, 503, 504].contains(answer.status)
        return isProgram ? .program : .webServer(status: answer.status)
    }

    // MARK: - Bodies

    private func lookAtBodies(_ report: inout DoctorReport) async {
        let limit = settings?.limits.bodyBytes
        var places = [("/api/v1/chat/stop", min(limit ?? Self.usualBody, Self.excessiveBody) - 1_000)]
        // Bytes cost nothing on this machine.
        if client.isLoopback, let bytes = settings?.limits.completionBodyBytes {
            places.append(("/v1/chat/completions", max(bytes, limit ?? 0) - 1_000))
        }
        for (path, bytes) in places {
            switch await sender(.post, path, bytes: bytes) {
            case .program: continue
            case .webServer(let status) where status >= 500:
                return report.fail(
                    "bodies", "a body of \(bytes) bytes at \(path) gives \(status) before the program has it",
                    fix: "the web server's error log says why; perhaps it cannot write to its folder for bodies "
                        + "(client_body_temp_path in nginx, server.upload-dirs in lighttpd), or that disk is full")
            case .webServer, .nobody:
                return report.fail(
                    "bodies", "the web server refuses a body of \(bytes) bytes at \(path), which the program takes",
                    fix: remedies.bodies)
            }
        }
        if client.isLoopback, await isPassedOn(.post, "/api/v1/chat/stop", bytes: Self.excessiveBody) {
            return report.warn(
                "bodies",
                "the web server takes a body of \(Self.excessiveBody >> 20) MiB, stores it, and passes it on to the program, which refuses it",
                fix: remedies.bodies)
        }
        report.ok("bodies", "the web server passes on what the program takes")
    }

    // MARK: - Headers

    private func lookAtProxyHeader(_ report: inout DoctorReport) async {
        guard
            let answer = try? await client.ask(
                .get, "/healthz", headers: [HTTPHeader("Proxy", "http://doctor.invalid")])
        else { return }
        if answer.json?["http_proxy"]?.boolValue == true {
            report.warn(
                "proxy header",
                "a client's header Proxy is passed on as HTTP_PROXY, which programs take for the proxy that they are to use (httpoxy.org); "
                    + "chat-fcgi does not, others might", fix: remedies.proxyHeader)
        } else {
            report.ok("proxy header", "a client's header Proxy is not passed on")
        }
    }

    // MARK: - Leaving

    /// Takes all of one user's places for live streams, leaves, and takes one again.
    func lookAtLeaving(_ report: inout DoctorReport) async {
        var streams: [HTTPResponseStream] = []
        var isFull = false
        while streams.count < Self.mostStreams, !isFull {
            guard let stream = try? await follow() else { break }
            if stream.status == 200 { streams.append(stream) } else { isFull = true }
        }
        for stream in streams { stream.cancel() }
        // Where a user may have more, there is nothing to tell by.
        guard isFull, !streams.isEmpty else { return }
        streams = []
        let began = MonotonicTime.now()
        // The first write after a client has left succeeds.
        let writesMS = remedies.seesLeavingWhenWriting ? 2 * (settings?.stream.heartbeatMS ?? 15_000) : 0
        while MonotonicTime.now().milliseconds(since: began) < Self.leavingPatienceMS + writesMS {
            if let stream = try? await follow(), stream.status == 200 {
                stream.cancel()
                return report.ok(
                    "leaving clients",
                    "the program is told when a client has left" + (writesMS > 0 ? ", with the second heartbeat" : ""))
            }
            try? await Task.sleep(for: .milliseconds(100))
        }
        report.fail(
            "leaving clients",
            "the program is not told when a client has left: its streams, and answers that nobody reads, go on",
            fix: remedies.clientAbort)
    }

    private func follow() async throws -> HTTPResponseStream {
        try await client.open(.get, "/api/v1/live?session_id=\(session)", silenceMS: Self.answerPatienceMS)
    }

    // MARK: - Silence

    enum Silence {
        case heartbeat(afterMS: Int)
        case cut(afterMS: Int)
        case unknown
    }

    /// A stream on which nothing happens but heartbeats.
    func listenToSilence() async -> Silence {
        let began = MonotonicTime.now()
        let patience = (settings?.stream.heartbeatMS ?? 15_000) + Self.silencePatienceMS
        var last = 0
        do {
            let stream = try await client.open(
                .get, "/api/v1/live?session_id=\(session)-silence", silenceMS: patience)
            guard stream.status == 200 else { return .unknown }
            while let bytes = try await stream.next() {
                let now = MonotonicTime.now().milliseconds(since: began)
                // What was sent at the beginning, and then, after a silence, a comment.
                if bytes.first == UInt8(ascii: ":"), now - last >= 50 {
                    stream.cancel()
                    return .heartbeat(afterMS: now)
                }
                last = now
            }
        } catch {
            if error.kind == .cancelled || error.kind == .timeout { return .unknown }
        }
        return .cut(afterMS: MonotonicTime.now().milliseconds(since: began))
    }

    func tell(_ silence: Silence, _ report: inout DoctorReport) {
        switch silence {
        case .heartbeat(let milliseconds):
            report.ok("silence", "a stream on which nothing happens lives; its heartbeat came after \(milliseconds) ms")
        case .cut(let milliseconds):
            report.fail(
                "silence", "a stream is cut after \(milliseconds) ms on which nothing happened, before its heartbeat",
                fix: remedies.readTimeout)
        case .unknown:
            report.warn(
                "silence", "whether a silent stream lives could not be found out",
                fix: "look again; where it stays so, the web server holds events back")
        }
    }
}
