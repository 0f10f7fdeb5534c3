import Chat
import FCGIApp
import JSON

/// `GET /api/v1/me/usage`: what the user's answers took, by day, and what is left of the day's limit.
struct UsageRoutes: Sendable {
    let usage: any UsageStore
    /// 0: no limit.
    let tokensPerDay: Int

    var routes: [Route] { [Route("GET", "/api/v1/me/usage", access: .control, days)] }

    @Sendable private func days(_ exchange: Exchange) async throws -> Reply {
        let user = try exchange.user()
        guard let days = Int64(exchange.query["days"] ?? "30"), (1...366).contains(days) else {
            throw Problem.invalid("days", "must be 1 to 366")
        }
        let today = UTCDay(of: .now())
        let list = try await usage.usage(of: user, from: UTCDay(number: today.number - days + 1), to: today)
        let used = try await usage.tokens(of: user, on: today)
        return .json { writer in
            writer.beginObject()
            writer.member("user_id", user.rawValue)
            writer.beginArray("days")
            for day in list {
                writer.beginObject()
                day.writeMembers(to: &writer)
                writer.endObject()
            }
            writer.endArray()
            writer.beginObject("limit")
            writer.member("tokens_per_day", tokensPerDay)
            writer.member("used_today", used)
            writer.member("resets_at", today.end.rfc3339)
            writer.endObject()
            writer.endObject()
        }
    }
}

extension Problem {
    /// The user's answers have taken as many tokens today as may be, or those under way may take what is left.
    static func tokenLimitReached(used: Int, reserved: Int, allowed: Int, at time: Timestamp) -> Problem {
        guard used >= allowed else {
            return Problem(
                status: 429, code: "token_limit_reached",
                detail:
                    "\(used) of \(allowed) tokens a day are used, and your answers under way may take the rest. Wait for one "
                    + "to end.",
                fields: [("Retry-After", "2")])
        }
        let day = UTCDay(of: time)
        return Problem(
            status: 429, code: "token_limit_reached",
            detail: "\(used) of \(allowed) tokens a day are used. The count begins anew at \(day.end.rfc3339).",
            fields: [("Retry-After", String(day.secondsLeft(at: time)))])
    }
}

extension UsageDay {
    /// The day as members of an object: in the list of days, and as a line of the export.
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("day", day.text)
        writer.beginArray("providers")
        for provider in providers { provider.write(to: &writer) }
        writer.endArray()
        writer.beginArray("failed_attempts")
        for attempt in failedAttempts { attempt.write(to: &writer) }
        writer.endArray()
    }
}

extension ProviderUsage {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("provider", provider)
        writer.member("model", model)
        for (name, number) in [
            ("completions", completions), ("stopped", stopped), ("failed", failed), ("cached", cached),
            ("prompt_tokens", promptTokens), ("completion_tokens", completionTokens), ("total_tokens", totalTokens),
            ("estimated_tokens", estimatedTokens), ("charged_tokens", chargedTokens),
        ] {
            writer.key(name)
            writer.integer(number)
        }
        writer.endObject()
    }
}

extension AttemptCount {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("provider", provider)
        writer.member("model", model)
        writer.member("code", code)
        writer.member("count", count)
        writer.endObject()
    }
}
