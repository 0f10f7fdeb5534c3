import Ownership

@testable import Catalog
@testable import Chat
@testable import Configuration
@testable import EventStream
@testable import FCGIApp
@testable import JSON
@testable import JSONWebTokens
@testable import Knowledge
@testable import Markets
@testable import Providers
@testable import Routes

/// Whole or in pieces, the same events come, and the same error.
func eventStream(_ bytes: [UInt8]) {
    func read(_ pieces: [[UInt8]]) -> [String] {
        var parser = EventStreamParser(maximumEventBytes: 4096)
        var events: [String] = []
        func take(_ event: borrowing EventView) {
            events.append("\(Array(copying: event.type)) \(Array(copying: event.data))")
        }
        do {
            for piece in pieces { try parser.feed(piece, take) }
            try parser.end(take)
        } catch {
            events.append("\(error)")
        }
        return events + ["\(parser.lastEventID) \(parser.reconnectionMilliseconds ?? 0)"]
    }
    if read([bytes]) != read(pieces(of: bytes)) { broken("pieces make a difference") }
}

extension [UInt8] {
    init(copying span: Span<UInt8>) { self = span.indices.map { span[$0] } }
}

enum Format { case openAI, anthropic, gemini, ollama }

/// Whole or in pieces, the same text and calls come; what is no answer is an error.
func providerAnswer(_ format: Format, _ bytes: [UInt8]) {
    func read<Reader: AnswerReader>(_ reader: () -> Reader) {
        func decode(_ pieces: [[UInt8]]) -> String {
            var decoder = AnswerDecoder(
                reader(), provider: "fuzz", maximumTextBytes: 1 << 16, maximumEventBytes: 1 << 16, rules: AnswerRules())
            // Apart: an answer says how its text goes on, and how its calls do, not which of them came first.
            var (text, calls) = ("", "")
            func take(_ answer: inout Answer) {
                text += String(decoding: answer.text.bytes, as: UTF8.self)
                for call in answer.toolCalls { calls += "|\(call.index) \(call.name ?? "") \(call.arguments)" }
                answer.removePieces()
            }
            do {
                for piece in pieces {
                    try decoder.feed(piece.span.bytes)
                    take(&decoder.answer)
                }
                var answer = try decoder.finish()
                take(&answer)
                return text + calls
            } catch {
                // What came before the error is the answer's beginning.
                take(&decoder.answer)
                return text + calls + " error"
            }
        }
        if decode([bytes]) != decode(pieces(of: bytes)) { broken("pieces make a difference") }
        var whole = AnswerDecoder(reader(), provider: "fuzz", maximumTextBytes: 1 << 16, maximumEventBytes: 1 << 16)
        _ = try? whole.readWhole(bytes)
        _ = try? whole.finish()
    }
    switch format {
    case .openAI: read { ChatCompletionReader() }
    case .anthropic: read { AnthropicReader() }
    case .gemini: read { GeminiReader() }
    case .ollama: read { OllamaReader() }
    }
}

/// What was read is what is written, and is read again as the same.
func json(_ bytes: [UInt8]) {
    guard let value = try? JSONValue(parsing: bytes) else { return }
    var writer = JSONWriter()
    value.write(to: &writer)
    guard let again = try? JSONValue(parsing: writer.bytes) else { broken("what was written cannot be read") }
    if again != value { broken("what was written is another value") }
}

/// A configuration, with all its checks: settings, or mistakes with a place.
func json5(_ bytes: [UInt8]) {
    let reader = SettingsReader(
        environment: [:],
        capabilities: Capabilities(
            implementedKinds: Set(ProviderKind.allCases), implementedModes: [.guest, .proxy, .open],
            implementedStores: [.sqlite]))
    do {
        let settings = try reader.read(bytes, file: "fuzz.json5")
        _ = settings.summary(providers: [])
    } catch {
        if error.mistakes.isEmpty { broken("refused without a reason") }
    }
}

/// More bytes never make a good request of a bad one, nor a complete one incomplete.
func fastCGI(_ bytes: [UInt8]) {
    func scan(_ count: Int) -> RecordScanner.Verdict {
        bytes.withUnsafeBytes { RecordScanner.scan(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    let limit = min(bytes.count, RecordScanner.window)
    let half = limit / 2
    if scan(half) == .malformed, scan(limit) != .malformed { broken("malformed, and then not") }
    if scan(half) == .complete, scan(limit) != .complete { broken("complete, and then not") }
}

/// Whole or in pieces, the same records come.
func booksCSV(_ bytes: [UInt8]) {
    func read(_ pieces: [[UInt8]]) -> [[String]] {
        var parser = CSVParser(limits: CSVParser.Limits(fieldBytes: 4096, recordBytes: 8192, fields: 16))
        var records: [[String]] = []
        func take(_ record: borrowing CSVRecord) {
            var fields: [String] = []
            for index in 0..<record.count { fields.append(record.text(index)) }
            records.append(fields)
        }
        do {
            for piece in pieces { try parser.feed(piece, take) }
            try parser.finish(take)
        } catch {
            records.append(["error"])
        }
        return records
    }
    if read([bytes]) != read(pieces(of: bytes)) { broken("pieces make a difference") }
}

/// A file of prices: a series whose days rise, or an error.
func pricesCSV(_ bytes: [UInt8]) {
    guard let symbol = Symbol("FUZZ") else { return }
    func read(_ pieces: [[UInt8]]) -> PriceFile? {
        var parser = PriceFileParser(symbol: symbol)
        do {
            for piece in pieces { try parser.feed(piece) }
            return try parser.finish()
        } catch {
            return nil
        }
    }
    let (whole, cut) = (read([bytes]), read(pieces(of: bytes)))
    if (whole == nil) != (cut == nil) { broken("pieces make a difference") }
}

/// Plain text comes out of any document, with no control characters in it, in work that grows with its length.
func markdown(_ bytes: [UInt8]) {
    guard let document = try? MarkdownDocument(String(decoding: bytes, as: UTF8.self), name: "fuzz.md") else { return }
    for section in document.sections where section.text.unicodeScalars.contains(where: { $0.value < 9 }) {
        broken("a control character is left")
    }
}

private let tokens = GuestTokens(secret: Array(repeating: 7, count: 32))
private let valid = tokens.issue(to: makeOwner("fuzz"), at: Timestamp(milliseconds: 1_700_000_000_000)).token

private let issuersKeys = try? JSONWebKeySet(
    Array(#"{"keys":[{"kty":"oct","alg":"HS256","k":"\#(Base64URL.encode(Array(repeating: 7, count: 32)))"}]}"#.utf8),
    allowsSecrets: true)

/// A token of another issuer's: as it comes, and signed with the issuer's key, so that what is said in it is read.
private func issuersToken(_ bytes: [UInt8]) {
    guard let issuersKeys else { broken("the issuer's keys cannot be read") }
    let rules = TokenRules(issuer: "https://id.example", audience: "chat")
    let text = String(decoding: bytes, as: UTF8.self)
    if (try? rules.check(text, keys: issuersKeys, now: 1_700_000_000)) != nil { broken("an unsigned token is taken") }
    let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 1)
    guard parts.count == 2 else { return }
    let signed = Base64URL.encode(Array(parts[0])) + "." + Base64URL.encode(Array(parts[1]))
    let code = Hashing.authenticationCode(of: Array(signed.utf8), under: Array(repeating: 7, count: 32))
    let token = signed + "." + Base64URL.encode(code)
    guard let checked = try? rules.check(token, keys: issuersKeys, now: 1_700_000_000) else { return }
    if checked.user.isEmpty || checked.expiresAt < 1_699_999_900 { broken("a token of nobody, or an expired one") }
}

/// A token of ours is the one that we signed, to the byte. What others sign is read strictly, and so are their keys.
func jwt(_ bytes: [UInt8]) {
    issuersToken(bytes)
    _ = try? JSONWebKeySet(bytes, allowsSecrets: false)
    let text = String(decoding: bytes, as: UTF8.self)
    if tokens.claims(of: text) != nil, text != valid, !text.hasPrefix(valid.prefix(20)) {
        broken("a forged token is taken")
    }
    // One byte of a good token changed.
    guard bytes.count >= 2 else { return }
    var changed = Array(valid.utf8)
    let place = (Int(bytes[0]) << 8 | Int(bytes[1])) % changed.count
    let byte = bytes.count > 2 ? bytes[2] : 0
    guard changed[place] != byte else { return }
    changed[place] = byte
    if tokens.claims(of: String(decoding: changed, as: UTF8.self)) != nil { broken("a changed token is taken") }
}
