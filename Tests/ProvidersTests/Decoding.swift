import Chat

@testable import Providers

/// What a decoder made of some bytes.
struct Decoded {
    var tokens: [String] = []
    var reasoning: [String] = []
    var calls: [ToolCall] = []
    var answer = Answer(maximumBytes: 0)

    mutating func take(_ answer: inout Answer) {
        tokens += answer.text.pieces
        reasoning += answer.reasoning.pieces
        for piece in answer.toolCalls { calls.append(piece) }
        answer.removePieces()
    }
}

extension [ToolCall] {
    /// Puts a piece to its call; a call's id and name may come once only.
    mutating func append(_ piece: ToolCallPiece) {
        while count <= piece.index { append(ToolCall(id: "", name: "", arguments: "")) }
        if let id = piece.id { self[piece.index].id += id.asTold }
        if let name = piece.name { self[piece.index].name += name }
        self[piece.index].arguments += piece.arguments
    }
}

/// Reads a streamed answer that comes in these pieces.
func decode<Reader: AnswerReader>(
    _ reader: Reader, _ pieces: [[UInt8]], textLimit: Int = 1 << 20, eventLimit: Int = 1 << 20,
    rules: AnswerRules = AnswerRules()
) throws -> Decoded {
    var decoder = AnswerDecoder(
        reader, provider: "test", maximumTextBytes: textLimit, maximumEventBytes: eventLimit, rules: rules)
    var decoded = Decoded()
    for piece in pieces {
        try decoder.feed(piece.span.bytes)
        decoded.take(&decoder.answer)
    }
    var answer = try decoder.finish()
    decoded.take(&answer)
    decoded.answer = answer
    return decoded
}

/// Reads an answer that came as one document.
func decodeWhole<Reader: AnswerReader>(_ reader: Reader, _ body: String, textLimit: Int = 1 << 20) throws -> Decoded {
    var decoder = AnswerDecoder(reader, provider: "test", maximumTextBytes: textLimit, maximumEventBytes: 1 << 20)
    try decoder.readWhole(Array(body.utf8))
    var decoded = Decoded()
    var answer = try decoder.finish()
    decoded.take(&answer)
    decoded.answer = answer
    return decoded
}

/// Every way to cut these bytes in two, and the bytes one by one.
func cuts(_ text: String) -> [[[UInt8]]] {
    let bytes = Array(text.utf8)
    return (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] } + [bytes.map { [$0] }]
}
