/// One step of an answer on its connection.
enum Action {
    case wait(Behaviour.Wait)
    /// A whole response with its length.
    case response(RefusalBody, headers: [String])
    /// The head of a response whose body comes in chunks.
    case head(contentType: String, headers: [String])
    case chunk([UInt8])
    /// So many bytes of no meaning.
    case filler(bytes: Int)
    /// The same again and again until the client leaves.
    case repeating([UInt8], everyMilliseconds: Int)
    case lastChunk
    case silence
    case close
    case reset
}

/// Writes what a behaviour comes to for one call. Pure.
struct Composition {
    let behaviour: Behaviour
    let format: any VendorFormat
    let terms: Terms
    private var actions: [Action] = []

    static func actions(of behaviour: Behaviour, in format: any VendorFormat, for terms: Terms) -> [Action] {
        var composition = Composition(behaviour: behaviour, format: format, terms: terms)
        composition.compose()
        return composition.actions
    }

    private init(behaviour: Behaviour, format: any VendorFormat, terms: Terms) {
        self.behaviour = behaviour
        self.format = format
        self.terms = terms
    }

    private mutating func compose() {
        if let wait = behaviour.waitBeforeHead { actions.append(.wait(wait)) }
        switch behaviour.opening {
        case .answer: terms.streams ? composeStream() : composeWhole()
        case .refusal(let refusal):
            let body = format.refusal(refusal.cause)
            actions.append(.response(body, headers: refusal.retryAfter.map { [$0.header] } ?? []))
        case .redirect(let address):
            actions.append(
                .response(
                    RefusalBody(status: 307, body: "", contentType: "text/plain"), headers: ["Location: \(address)"]))
        case .page(let html):
            actions.append(.response(RefusalBody(status: 200, body: html, contentType: "text/html"), headers: []))
        case .gzipBomb(let mebibytes):
            let contentType = terms.streams ? format.contentType : "application/json"
            actions.append(.head(contentType: contentType, headers: ["Content-Encoding: gzip"]))
            actions += [.chunk(GzipBomb.bytes(mebibytes: mebibytes)), .lastChunk]
        }
    }

    // MARK: - A stream

    private mutating func composeStream() {
        if breaks(at: .beforeHead) { return }
        actions.append(.head(contentType: format.contentType, headers: []))
        if breaks(at: .head) { return }
        if behaviour.hasByteOrderMark { actions.append(.chunk([0xEF, 0xBB, 0xBF])) }
        let parts = format.stream(behaviour.answer, terms)
        let firstFinish = parts.lastIndex { [.token, .toolCall].contains($0.role) }.map { $0 + 1 }
        let lastFinish = parts.lastIndex { $0.role == .finish }
        var tokens = 0
        var hasToldAll = false
        for (index, part) in parts.enumerated() {
            let isToken = part.role == .token
            // What is due after the last token is due before whatever follows it.
            let isAfterAll = [.toolCall, .finish].contains(part.role) && tokens == behaviour.answer.tokens.count
            if isToken || (isAfterAll && !hasToldAll) {
                hasToldAll = isAfterAll
                prepare(token: tokens, part)
                if breaks(at: .afterTokens(tokens)) { return }
                if behaviour.breaking?.place == .midEvent(afterTokens: tokens) {
                    let bytes = written(part)
                    actions.append(.chunk(Array(bytes[..<(bytes.count / 2)])))
                    if breaks(at: .midEvent(afterTokens: tokens)) { return }
                }
            }
            if index == firstFinish, breaks(at: .beforeFinish) { return }
            actions.append(.chunk(written(part)))
            if isToken { tokens += 1 }
            if index == lastFinish, breaks(at: .afterFinish) { return }
        }
        actions.append(.lastChunk)
    }

    /// What comes before the token of this number.
    private mutating func prepare(token number: Int, _ part: Part) {
        if number > 0, let wait = behaviour.waitBetweenTokens { actions.append(.wait(wait)) }
        if let wait = behaviour.waits[number] { actions.append(.wait(wait)) }
        for insertion in behaviour.insertions[number] ?? [] {
            switch insertion {
            case .ping: actions.append(.chunk(ping))
            case .halfDocument:
                var half = part
                half.data.removeLast(half.data.count / 2)
                actions.append(.chunk(written(half)))
            case .noDocument: actions.append(.chunk(written(Part(.other, text: "no JSON <at all>"))))
            case .unknownEvent:
                actions.append(.chunk(written(Part(.other, type: "weather", ["type": "weather", "weather": "fair"]))))
            case .longLine(let bytes):
                if format.isEventStream { actions.append(.chunk(Array("data: ".utf8))) }
                actions.append(.filler(bytes: bytes))
            }
        }
    }

    // MARK: - A whole answer

    private mutating func composeWhole() {
        if breaks(at: .beforeHead) { return }
        if case .error(let cause)? = behaviour.breaking?.how {
            var body = format.refusal(cause)
            body.status = 200
            actions.append(.response(body, headers: []))
            return
        }
        actions.append(.head(contentType: "application/json", headers: []))
        if breaks(at: .head) { return }
        if let wait = behaviour.waits[0] { actions.append(.wait(wait)) }
        let bytes = escaped(format.whole(behaviour.answer, terms).encoded)
        if let breaking = behaviour.breaking {
            actions.append(.chunk(Array(bytes[..<(bytes.count / 2)])))
            _ = breaks(at: breaking.place)
            return
        }
        actions += [.chunk(bytes), .lastChunk]
    }

    // MARK: - Breaking

    private mutating func breaks(at place: Behaviour.Place) -> Bool {
        guard let breaking = behaviour.breaking, breaking.place == place else { return false }
        switch breaking.how {
        case .endOfBody: actions.append(place == .beforeHead ? .close : .lastChunk)
        case .close: actions.append(.close)
        case .reset: actions.append(.reset)
        case .silence: actions.append(.silence)
        case .pings(let milliseconds):
            precondition(place != .beforeHead, "a ping is part of a body")
            actions.append(.repeating(ping, everyMilliseconds: milliseconds))
        case .error(let cause):
            precondition(place != .beforeHead, "an error before the head is a refusal")
            actions += [.chunk(written(format.failure(cause))), .lastChunk]
        }
        return true
    }

    // MARK: - Bytes

    private var lineEnd: [UInt8] { Array((behaviour.lineEnd ?? format.lineEnd).rawValue.utf8) }

    private var ping: [UInt8] {
        if let ping = format.ping { return written(ping) }
        return (format.isEventStream ? Array(": ping".utf8) + lineEnd : []) + lineEnd
    }

    private func written(_ part: Part) -> [UInt8] {
        let data = escaped(part.data)
        guard format.isEventStream else { return data + lineEnd }
        var bytes: [UInt8] = []
        if behaviour.hasComments { bytes += Array(": a comment".utf8) + lineEnd + Array(":".utf8) + lineEnd }
        if let type = part.type { bytes += Array("event: \(type)".utf8) + lineEnd }
        return bytes + Array("data: ".utf8) + data + lineEnd + lineEnd
    }

    private func escaped(_ json: [UInt8]) -> [UInt8] {
        guard behaviour.escapesUnicode else { return json }
        var bytes: [UInt8] = []
        for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
            if scalar.isASCII {
                bytes.append(UInt8(scalar.value))
                continue
            }
            for unit in UTF16.encode(scalar)! {
                let digits = String(unit, radix: 16)
                bytes += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
            }
        }
        return bytes
    }
}
