import Chat
import Configuration
import HTTPClient
import JSON
import Substrings

/// Comes to an installation as a new guest, talks to it, and leaves nothing behind.
struct DoctorVisit {
    var client: DoctorClient
    /// Of this visit only, so that nothing of anybody else's is touched.
    let session = "doctor-" + Identifiers.uuidV7()
    var remedies = DoctorRemedies(nil)
    /// The guest that the visit was given; nil when it came with a token.
    private var guest: String?
    /// Nil for an installation elsewhere.
    private let settings: Settings?
    private var wasRedirected = false

    init(_ client: DoctorClient, _ settings: Settings?) {
        self.client = client
        self.settings = settings
    }

    mutating func run(_ report: inout DoctorReport) async {
        guard await lookAtHealth(&report) else { return }
        await lookAtReadiness(&report)
        await lookAtPage(&report)
        await lookAtProviders(&report)
        await DoctorNames.examine(client, &report)
        await way.lookAtRequests(&report)
        guard await authenticate(&report) else { return }
        let way = way
        // It takes as long as a heartbeat; meanwhile there is enough to do.
        let silence = Task { await way.listenToSilence() }
        let isHeldBack = await DoctorTalk(client: client, session: session, remedies: remedies).run(&report)
        await lookAtErrorPages(&report)
        // Where events are held back, heartbeats are too.
        let canHear = !isHeldBack && !Task.isCancelled
        if !canHear { silence.cancel() }
        if canHear {
            way.tell(await silence.value, &report)
            await way.lookAtLeaving(&report)
        }
        await leave(&report)
    }

    private var way: DoctorWay {
        DoctorWay(client: client, settings: settings, remedies: remedies, session: session)
    }

    // MARK: - Before anybody is known

    /// - Returns: whether there is something to go on with.
    private mutating func lookAtHealth(_ report: inout DoctorReport) async -> Bool {
        let answer: DoctorClient.Answer
        do throws(HTTPClientError) {
            answer = try await client.ask(.get, "/healthz")
        } catch {
            if error.kind == .tls {
                report.fail(
                    "web server", "the certificate at \(client.base) is not trusted: \(error.detail)",
                    fix:
                        "with one of your own making, name it by --cacert FILE, and browsers have to be told as well; otherwise let the web server "
                        + "send the whole chain, under this name and before it expires (certbot renew)")
                return false
            }
            report.fail(
                "web server", "nobody answers at \(client.base): \(error.detail)",
                fix: "start the web server, or name its address with --url (make run serves on http://127.0.0.1:8080)")
            return false
        }
        if let redirected = redirected(answer) {
            guard !wasRedirected else {
                report.fail(
                    "web server", "\(client.base) leads on again, to \(redirected)", fix: "look at its redirects")
                return false
            }
            wasRedirected = true
            // A redirect in clear text may be anybody's: a token goes only where it was meant for.
            guard let next = client.moved(to: redirected), client.token == nil || next.host == client.host else {
                report.fail(
                    "web server", "\(client.base) leads on to \(redirected)",
                    fix: "run it again with --url and that address, if it is yours")
                return false
            }
            report.ok("redirect", "\(client.base) leads on to \(next.base), which is looked at from here on")
            client = next
            return await lookAtHealth(&report)
        }
        remedies = DoctorRemedies(answer.head)
        if [502, 503, 504].contains(answer.status) {
            report.fail(
                "program",
                "the web server answers at \(client.base), the program behind it does not (\(answer.status))",
                fix: remedies.program)
            return false
        }
        // "The plain HTTP request was sent to HTTPS port" (nginx, whose own words the recipes replace), and so Apache.
        if answer.status == 400, client.base.hasPrefix("http:") {
            report.fail(
                "web server", "\(client.base) gives 400, as a port for TLS does",
                fix: "name it with https, or the port for http: --url https://…")
            return false
        }
        guard answer.status == 200, let told = answer.json?["version"]?.stringValue else {
            report.fail(
                "program", "\(client.base)/healthz gives \(answer.status) and is not chat-fcgi's",
                fix: remedies.routing)
            return false
        }
        let name = answer.head.header("Server").map { " behind \($0)" } ?? ""
        if told == version {
            report.ok("program", "chat-fcgi \(told) answers at \(client.base)\(name)")
        } else {
            report.warn(
                "program", "chat-fcgi \(told) answers at \(client.base)\(name), this program is \(version)",
                fix: "restart the service when it was upgraded, or ask with the program of that version")
        }
        return true
    }

    /// The address that a redirect names, without the path that was asked for; nil when the answer is none.
    private func redirected(_ answer: DoctorClient.Answer) -> String? {
        guard [301, 302, 303, 307, 308].contains(answer.status), let place = answer.head.header("Location") else {
            return nil
        }
        return place.hasSuffix("/healthz") ? String(place.dropLast(8)) : place
    }

    private func lookAtReadiness(_ report: inout DoctorReport) async {
        do throws(HTTPClientError) {
            let answer = try await client.ask(.get, "/readyz")
            switch answer.status {
            case 200 where client.isLoopback: report.ok("store", "it is whole and can be written (/readyz)")
            case 200:
                report.warn(
                    "store", "it can be written, but /readyz tells so to \(client.base)", fix: remedies.closing)
            case 503 where answer.json?["reason"]?.stringValue == "the store is damaged":
                report.fail(
                    "store", "it is damaged (/readyz)",
                    fix:
                        "stop the program, keep chat.db, and restore the last backup, or what chat-fcgi salvage DIR reads of it "
                        + "(docs/operations.md)")
            case 503:
                report.fail(
                    "store", "it cannot be written: \(answer.json?["reason"]?.stringValue ?? "no reason is given")",
                    fix: "look for room on the disk and for the rights of the data folder; the program's log says more"
                )
            case 403, 404:
                report.ok("store", "/readyz is closed to \(client.base), as it should be from outside")
            default:
                report.warn("store", "/readyz gives \(answer.status)", fix: remedies.routing)
            }
        } catch {
            report.warn("store", "/readyz does not answer: \(error.detail)", fix: remedies.routing)
        }
        if client.isLoopback { await lookFromOutside(&report) }
    }

    /// Whether /readyz, open to this machine, is closed to others. Asked by the address that others would use.
    private func lookFromOutside(_ report: inout DoctorReport) async {
        // By another name, a certificate does not fit.
        guard !client.isEncrypted, let address = DoctorAddress.ofThisMachine() else { return }
        let port = client.authority.split(separator: ":").last.flatMap { UInt16($0) } ?? 80
        guard let outside = DoctorClient(url: "http://\(address):\(port)\(client.path)") else { return }
        do throws(HTTPClientError) {
            let answer = try await outside.ask(.get, "/readyz", headers: [HTTPHeader("Host", client.authority)])
            if answer.status == 200 {
                report.warn(
                    "readyz", "it tells \(address), and so perhaps everybody, how the store is", fix: remedies.closing)
            } else {
                report.ok("readyz", "closed from outside (\(answer.status) to \(address))")
            }
        } catch {
            report.ok("readyz", "closed from outside: nobody listens on \(address):\(port)")
        }
    }

    private func lookAtPage(_ report: inout DoctorReport) async {
        let answer = try? await client.ask(.get, "/")
        if let answer, answer.status == 200, answer.mediaType == "text/html" {
            report.ok("page", "there is one at \(client.base)/")
        } else {
            report.warn(
                "page", "there is none at \(client.base)/\(answer.map { " (\($0.status))" } ?? "")",
                fix: "let the web server's root be the folder web of the project, unless the page is elsewhere")
        }
    }

    private func lookAtProviders(_ report: inout DoctorReport) async {
        guard let answer = try? await client.ask(.get, "/api/agent/status"), answer.status == 200,
            let providers = answer.json?["providers"]?.arrayValue
        else {
            report.warn("providers", "/api/agent/status does not tell them", fix: remedies.routing)
            return
        }
        for provider in providers {
            let model = provider["model"]?.stringValue ?? ""
            let text = (provider["name"]?.stringValue ?? "") + (model.isEmpty ? "" : " (\(model))")
            if provider["available"]?.boolValue == true {
                report.ok("provider", "\(text) is available")
            } else {
                report.warn(
                    "provider", "\(text) is passed over: \(provider["reason"]?.stringValue ?? "no reason is given")",
                    fix:
                        "chat-fcgi check --config F tells more; a key must be in the environment of the service, not of "
                        + "this shell")
            }
        }
        if !providers.contains(where: { $0["available"]?.boolValue == true }) {
            report.fail(
                "providers", "none is available", fix: "add builtin: { kind: \"builtin\" } to providers and models")
        }
    }

    // MARK: - As somebody

    /// - Returns: whether the visit is somebody now.
    private mutating func authenticate(_ report: inout DoctorReport) async -> Bool {
        if client.token != nil { return true }
        // As the page that the web server shows does.
        let page = [HTTPHeader("Origin", client.origin), HTTPHeader("Sec-Fetch-Site", "same-origin")]
        var answer = try? await client.ask(.post, "/api/v1/auth/guest", .object([:]), headers: page)
        if answer?.json?["code"]?.stringValue == "cross_origin" {
            report.fail(
                "origin", "pages of \(client.origin) are refused as those of another origin",
                fix:
                    "let the web server, and every proxy before it, pass on the client's header Host (in a second nginx, proxy_set_header "
                    + "Host $http_host;)")
            answer = try? await client.ask(.post, "/api/v1/auth/guest", .object([:]))
        }
        if answer?.status == 200, let token = answer?.json?["token"]?.stringValue {
            client.token = token
            guest = answer?.json?["user_id"]?.stringValue ?? ""
            report.ok("identity", "guests are given tokens")
            return true
        }
        switch answer?.status {
        case 404:
            report.warn(
                "identity", "no guests are taken (auth.mode), so no conversation was tried",
                fix: "run it again with --token T, a bearer token that this installation takes")
        case 429:
            report.fail(
                "identity", "too many requests from this address",
                fix: "try again in a minute; limits.requests_per_minute is what is allowed")
        default:
            report.fail(
                "identity", "no token for a guest (\(answer.map { String($0.status) } ?? "no answer"))",
                fix: "the program's log says why, under the request's id")
        }
        return false
    }

    /// Sends more than any web server or program takes.
    private func lookAtErrorPages(_ report: inout DoctorReport) async {
        let tooLarge = [UInt8](repeating: UInt8(ascii: " "), count: 3 << 20)
        do throws(HTTPClientError) {
            let answer = try await client.ask(.post, "/api/v1/chat/stream", bytes: tooLarge)
            let isProblem =
                answer.mediaType == "application/problem+json" && answer.json?["code"]?.stringValue != nil
                && answer.json?["status"]?.integerValue == Int64(answer.status)
            if isProblem, (400...499).contains(answer.status) {
                report.ok("errors", "a body of 3 MiB is refused in the API's own form (\(answer.status))")
            } else {
                let form = answer.mediaType.isEmpty ? "no media type" : answer.mediaType
                report.warn(
                    "errors",
                    "a body of 3 MiB gives \(answer.status) with \(form) instead of 413 with application/problem+json",
                    fix: remedies.errorPages)
            }
        } catch {
            report.warn(
                "errors", "a body of 3 MiB breaks the connection: \(error.detail)", fix: remedies.errorPages)
        }
    }

    /// Removes what the visit has made, also when a signal has ended it.
    private func leave(_ report: inout DoctorReport) async {
        // In a task of its own: the visit's may be cancelled.
        let isGone = await Task.detached { [client, session, guest] in
            let answer = try? await client.ask(.delete, "/api/v1/chat/sessions/\(session)")
            var isGone = answer.map { (200...299).contains($0.status) || $0.status == 404 } ?? false
            if guest != nil {
                let answer = try? await client.ask(.delete, "/api/v1/me")
                isGone = answer.map { (200...299).contains($0.status) } ?? false
            }
            return isGone
        }.value
        let whose = guest == nil ? " is" : " and its guest are"
        let fix =
            guest.map { "chat-fcgi user delete \($0)" } ?? "remove it by DELETE /api/v1/chat/sessions/\(session)"
        if isGone {
            Signals.note("the conversation of this look\(whose) removed")
            report.ok("leaving", "the conversation of this look\(whose) removed")
        } else {
            Signals.note("the conversation \(session) could not be removed; \(fix)")
            report.warn("leaving", "the conversation \(session) could not be removed", fix: fix)
        }
    }
}
