import Configuration
import HTTPClient
import JSON
import Scheduling

/// A conversation with the book companion: does its reply come as it is written, can it be taken up again, does stop end
/// it, and does compression hold it back.
struct DoctorTalk {
    let client: DoctorClient
    let session: String
    let remedies: DoctorRemedies

    private static let question = "I loved The Time Machine. What next?"
    private static let path = "/api/v1/chat/stream"
    /// How soon a stop must end the stream.
    private static let stopLimitMS = 2_000

    /// - Returns: whether events are held back.
    func run(_ report: inout DoctorReport) async -> Bool {
        do {
            guard let first = try await listen(&report) else { return false }
            try await resume(first, &report)
            if first.isHeldBack {
                report.warn(
                    "stop", "cannot be told while events are held back", fix: "fix the stream first, then look again")
                return true
            }
            try await stop(&report)
            return try await compress(&report)
        } catch let error as HTTPClientError {
            report.fail(
                "stream", "the connection broke: \(error.detail)",
                fix: "the error logs of web server and program say why; time limits must be above stream.heartbeat_ms")
        } catch {
            report.fail(
                "stream", "it cannot be read: \(error)", fix: "look at what stands between, which changes the stream")
        }
        return false
    }

    /// A reply that was listened to until its end.
    private struct Heard {
        var reply: String
        var events: [DoctorStream.Event]
        var isHeldBack: Bool
    }

    // MARK: - The stream

    private func listen(_ report: inout DoctorReport) async throws -> Heard? {
        guard var stream = try await ask(&report) else { return nil }
        var events: [DoctorStream.Event] = []
        while let event = try await stream.next() { events.append(event) }
        let last = events.last?.json ?? .null
        guard let reply = events.first?.json["reply_id"]?.stringValue else {
            report.fail("stream", "it does not begin with user_message_received", fix: remedies.routing)
            return nil
        }
        guard last["type"]?.stringValue == "complete" else {
            if last["type"]?.stringValue == "error" {
                report.fail(
                    "stream", "no provider answered: \(last["code"]?.stringValue ?? "error")",
                    fix: "the program's log says why, provider by provider; chat-fcgi check says who is asked")
            } else {
                report.fail(
                    "stream", "it ended in the middle, after \(counted(events.count, "event"))",
                    fix:
                        "look for time limits in the web server (nginx: fastcgi_read_timeout) and for a program that ended"
                )
            }
            return nil
        }
        tellProvider(last, events, &report)
        let duration = last["metrics"]?["duration_ms"]?.integerValue ?? Int64(stream.pace.lastMS)
        let isHeldBack = tellPace(stream.pace, Int(duration), &report)
        return Heard(reply: reply, events: events, isHeldBack: isHeldBack)
    }

    private func remedy(of status: Int) -> String {
        switch status {
        case 401: "give a token that holds with --token; the web server must pass Authorization on"
        // The web server's own: the program was longer than it waits.
        case 504: remedies.readTimeout
        default: "the program's log says why, under the request's id"
        }
    }

    /// Sends the question; nil when it is refused, which is told.
    private func ask(_ report: inout DoctorReport) async throws -> DoctorStream? {
        let began = MonotonicTime.now()
        let response = try await client.open(
            .post, Self.path, ["message": .string(Self.question), "session_id": .string(session)])
        guard response.status == 200 else {
            var body: [UInt8] = []
            while let bytes = try await response.next(), body.count < 65_536 { body += bytes }
            let code = (try? JSONValue(parsing: body))?["code"]?.stringValue.map { ", \($0)" } ?? ""
            report.fail(
                "stream", "a question gives \(response.status)\(code)",
                fix: remedy(of: response.status))
            return nil
        }
        guard DoctorClient.mediaType(of: response) == "text/event-stream" else {
            report.fail(
                "stream", "a question is not answered with an event stream", fix: remedies.routing)
            return nil
        }
        return DoctorStream(.server(response), since: began)
    }

    private func tellProvider(_ last: JSONValue, _ events: [DoctorStream.Event], _ report: inout DoctorReport) {
        let provider = last["provider"]?.stringValue ?? ""
        let attempts = last["metrics"]?["attempts"]?.integerValue ?? 1
        let text =
            "\(provider) (\(last["model"]?.stringValue ?? "")) answered"
            + (last["metrics"]?["ttft_ms"]?.integerValue.map { ", its first words after \($0) ms" } ?? "")
            + (last["metrics"]?["cached"]?.boolValue == true ? ", as it did earlier (from the cache)" : "")
        let switches = events.map(\.json).filter { $0["type"]?.stringValue == "provider_switch" }
        if let change = switches.first {
            report.warn(
                "answer",
                "\(text), after \(change["from"]?.stringValue ?? "") failed "
                    + "(\(change["reason"]?.stringValue ?? "")), in \(counted(Int(attempts), "attempt"))",
                fix: "the program's log says why; a key or base_url may be wrong")
        } else {
            report.ok("answer", text)
        }
    }

    /// - Returns: whether events are held back.
    private func tellPace(_ pace: DoctorStream.Pace, _ duration: Int, _ report: inout DoctorReport) -> Bool {
        let seen =
            "\(counted(pace.events, "event")), the first after \(pace.firstMS) ms and the last after \(pace.lastMS) ms"
        switch pace.verdict(writtenIn: duration) {
        case .flowing:
            report.ok("stream", "\(seen), as they were written")
            return false
        case .tooQuick:
            report.ok("stream", "\(seen), all in one go; whether anything holds events back is told below")
            return false
        case .heldBack:
            report.fail(
                "stream",
                "events are held back: \(seen), in \(counted(pace.arrivals, "piece")), of a reply that was written in \(duration) ms",
                fix: remedies.buffering)
            return true
        }
    }

    // MARK: - Taking it up again

    private func resume(_ heard: Heard, _ report: inout DoctorReport) async throws {
        let middle = heard.events.count / 2
        let began = MonotonicTime.now()
        let response = try await client.open(
            .get, "\(Self.path)/\(heard.reply)",
            headers: [HTTPHeader("Last-Event-ID", heard.events[middle].id)])
        var stream = DoctorStream(.server(response), since: began)
        var events: [DoctorStream.Event] = []
        while let event = try await stream.next() { events.append(event) }
        if response.status == 200, DoctorStream.joined(events) == DoctorStream.joined(heard.events[(middle + 1)...]) {
            report.ok("resume", "after event \(heard.events[middle].id) the others came, and bring the same")
        } else if events.first?.id == heard.events.first?.id {
            report.fail("resume", "a stream that is taken up begins anew", fix: remedies.lastEventID)
        } else {
            report.fail(
                "resume", "a stream cannot be taken up (\(response.status), \(counted(events.count, "event")))",
                fix: "the program's log says why; stream.replay_ttl_s must be more than 0")
        }
    }

    // MARK: - Stopping

    private func stop(_ report: inout DoctorReport) async throws {
        guard var stream = try await ask(&report) else { return }
        var reply = ""
        var stopped: MonotonicTime?
        while let event = try await stream.next() {
            let json = event.json
            switch json["type"]?.stringValue {
            case "user_message_received": reply = json["reply_id"]?.stringValue ?? ""
            case "content_chunk" where stopped == nil && json["content"]?.stringValue?.isEmpty == false:
                stopped = .now()
                let answer = try await client.ask(.post, "/api/v1/chat/stop", ["message_id": .string(reply)])
                if !(200...299).contains(answer.status) {
                    report.fail("stop", "it gives \(answer.status)", fix: "the program's log says why")
                    return
                }
            case "complete":
                tellEnd(of: json, after: stopped.map { MonotonicTime.now().milliseconds(since: $0) }, &report)
                return
            case "error":
                report.fail(
                    "stop", "the reply ended in an error: \(json["code"]?.stringValue ?? "")",
                    fix: "the program's log says why")
                return
            default: break
            }
        }
        report.fail(
            "stop", "the stream broke off after a stop", fix: "the error logs of web server and program say why")
    }

    /// - Parameter milliseconds: since the stop; nil when there was nothing to stop.
    private func tellEnd(of last: JSONValue, after milliseconds: Int?, _ report: inout DoctorReport) {
        let isStopped = last["status"]?.stringValue == "stopped"
        if let milliseconds, milliseconds > Self.stopLimitMS {
            report.fail(
                "stop", "a reply went on for \(milliseconds) ms after it was stopped",
                fix:
                    "look at the load of the machine, and at the disk of the data folder, through which workers tell each "
                    + "other")
        } else if let milliseconds, isStopped {
            report.ok("stop", "a reply ended \(milliseconds) ms after it was stopped")
        } else {
            report.warn(
                "stop", "the reply was finished before it could be stopped",
                fix: "nothing, if answers are short or come all at once; otherwise look again")
        }
    }
}
