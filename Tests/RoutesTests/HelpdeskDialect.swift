import Chat
import FCGIApp
import JSON

@testable import Routes

// The dialect that docs/dialects.md builds, as it stands there: what a further dialect takes, and a proof that it is enough.

/// The helpdesk's clients. docs/api.md has the wire format.
struct HelpdeskDialect: Dialect {
    let agent: any Agent

    let names = FieldNames.snakeCase
    let paths = TurnPaths(ask: ["/helpdesk/ask"], follow: "/helpdesk/answers/{message_id}", stop: "/helpdesk/stop")

    func question(of exchange: Exchange) throws(Problem) -> Question<Void> {
        var body = try exchange.body()
        let text = body.string("question", bytes: Question<Void>.messageBytes, isRequired: true) ?? ""
        var question = Question(text: text, answerer: .agent(agent), shape: (), isWhole: exchange.wantsWholeReply)
        question.session = body.identifier("ticket").map(SessionID.init(rawValue:))
        question.idempotencyKey = exchange.idempotencyKey(&body)
        try body.check()
        return question
    }

    func reader(of log: TurnLog, after: Int, _ shape: Void, tellsAll: Bool) -> TurnReader {
        reader(of: log, after: after, HelpdeskEncoder(), tellsAll: tellsAll)
    }

    func response(to turn: EndedTurn, _ shape: Void, tellsAll: Bool, requestID: String) -> Response {
        guard case .completed = turn.terminal else {
            return Problem(status: 502, code: "no_answer", detail: "There is no answer. Ask again.")
                .response(requestID: requestID)
        }
        return .json { writer in
            writer.beginObject()
            writer.member("answer", utf8: turn.text)
            writer.endObject()
        }
    }
}

/// A turn's events in the words of the helpdesk.
struct HelpdeskEncoder: TurnEncoder {
    func encode(_ view: TurnLog.View, number: Int, after: Int, to writer: inout JSONWriter) {
        guard number > after else { return }
        switch view {
        case .text(let piece): event("part", number, &writer) { $0.member("text", utf8: piece) }
        case .event(.text(let piece)):
            event("part", number, &writer) { $0.member("text", piece) }
        case .event(.accepted(let turn)):
            event("begin", number, &writer) { $0.member("answer", turn.replyID.rawValue) }
        case .event(.providerSwitch(let change)):
            if change.resetsText { event("restart", number, &writer) { _ in } }
        case .event(.completed(let completion)):
            event("end", number, &writer) { $0.member("stopped", completion.wasStopped) }
        case .event(.failed(let failure)):
            event("failure", number, &writer) { $0.member("code", failure.code) }
        case .event(.reasoning), .event(.reasoningDetails), .event(.toolCalls), .event(.recommendations), .event(.note):
            break
        }
    }

    private func event(
        _ type: String, _ number: Int, _ writer: inout JSONWriter, _ members: (inout JSONWriter) -> Void
    ) {
        writer.beginServerSentEvent(id: number)
        writer.beginObject()
        writer.member("type", type)
        members(&writer)
        writer.endObject()
        writer.endServerSentEvent()
    }
}
