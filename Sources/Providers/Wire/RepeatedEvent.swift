import Glibc

/// The event before, where all that it brought is a piece of text: the next one is mostly the same but for that text, and then needs no parser.
///
/// In JSON a string may stand wherever another one does. So data that begins and ends as the event before, with the inside of a
/// string between, is the same document with another text, and a reader makes the same of it. For kinds whose events say nothing of a token but its
/// text (`AnswerReader.textIsAll`); servers that count or date each token are parsed, as ever.
struct RepeatedEvent: Sendable {
    /// Bytes of an event kept without its text; a larger one is parsed each time.
    private static let maximumFrameBytes = 2_048
    /// Events in a row that were kept for nothing before no more are kept.
    private static let patience: UInt8 = 8

    private var type: [UInt8] = []
    /// The data up to the text, and from there on; empty for none.
    private var frame: [UInt8] = []
    private var start = 0
    private var tries = patience

    /// Where the text is in the data of an event that is the one before but for its text; nil for one that has to be parsed.
    mutating func text(of data: Span<UInt8>, type: Span<UInt8>) -> Range<Int>? {
        guard !frame.isEmpty, data.count > frame.count, type.count == self.type.count else { return nil }
        let end = data.count - (frame.count - start)
        let isSame = data.withUnsafeBufferPointer { data in
            type.withUnsafeBufferPointer { type in
                frame.withUnsafeBufferPointer { frame in
                    memcmp(data.baseAddress!, frame.baseAddress!, start) == 0
                        && memcmp(data.baseAddress! + end, frame.baseAddress! + start, frame.count - start) == 0
                        && self.type.withUnsafeBufferPointer { $0.elementsEqual(type) }
                }
            }
        }
        guard isSame, Self.isPlain(data.extracting(start..<end)) else { return nil }
        tries = Self.patience
        return start..<end
    }

    /// Keeps an event whose only effect was this text.
    mutating func keep(_ data: Span<UInt8>, type: Span<UInt8>, text: Span<UInt8>) {
        forget()
        guard tries > 0, data.count - text.count <= Self.maximumFrameBytes, let start = Self.place(of: text, in: data)
        else { return }
        tries -= 1
        self.start = start
        data.withUnsafeBufferPointer { data in
            frame.append(contentsOf: data[..<start])
            frame.append(contentsOf: data[(start + text.count)...])
        }
        self.type.removeAll(keepingCapacity: true)
        type.withUnsafeBufferPointer { self.type.append(contentsOf: $0) }
    }

    /// An event came that did something else.
    mutating func forget() { frame.removeAll(keepingCapacity: true) }

    /// Whether this can stand between two quotation marks as it is: UTF-8 without quotation marks, escapes and control characters.
    private static func isPlain(_ text: Span<UInt8>) -> Bool {
        var isASCII = true
        for index in text.indices {
            let byte = text[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
            if byte >= 0x80 { isASCII = false }
        }
        return isASCII || (try? UTF8Span(validating: text)) != nil
    }

    /// Where the text begins in the data, if that is certain: without an escape every string is written as it is, so the only place at which the
    /// text stands between quotation marks is the string that was read.
    private static func place(of text: Span<UInt8>, in data: Span<UInt8>) -> Int? {
        data.withUnsafeBufferPointer { data -> Int? in
            text.withUnsafeBufferPointer { text -> Int? in
                guard let bytes = data.baseAddress, let sought = text.baseAddress,
                    memchr(bytes, 0x5C, data.count) == nil
                else { return nil }
                var place: Int?
                var index = 0
                while let mark = memchr(bytes + index, 0x22, data.count - index) {
                    index = UnsafeRawPointer(mark) - UnsafeRawPointer(bytes) + 1
                    guard index + text.count < data.count else { break }
                    if bytes[index + text.count] == 0x22, memcmp(bytes + index, sought, text.count) == 0 {
                        guard place == nil else { return nil }
                        place = index
                    }
                }
                return place
            }
        }
    }
}
