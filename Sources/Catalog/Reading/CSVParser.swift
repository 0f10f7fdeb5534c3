/// One record: its fields' bytes one after another.
struct CSVRecord {
    fileprivate(set) var bytes: [UInt8] = []
    /// Where each field ends in `bytes`.
    fileprivate(set) var ends: [Int] = []
    /// The line the record begins on, counted from 1.
    fileprivate(set) var line = 1

    var count: Int { ends.count }

    /// The bytes of a field; empty when there are fewer fields.
    subscript(index: Int) -> ArraySlice<UInt8> {
        guard index >= 0, index < ends.count else { return [] }
        return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// Whether all fields are UTF-8.
    fileprivate(set) var isUTF8 = true

    /// A field as text. A record that is no UTF-8 is read as Windows-1252, in which spreadsheets save where nobody asks them for
    /// another.
    func text(_ index: Int) -> String {
        let field = self[index]
        if isUTF8 { return String(decoding: field, as: UTF8.self) }
        return String(validating: field, as: UTF8.self) ?? Windows1252.text(field)
    }
}

/// Splits bytes into records as RFC 4180 has them, in pieces of any size.
///
/// Read are also: line ends of LF alone or CR alone, a byte order mark, and a quote inside an unquoted field (a plain
/// character there). Blank lines are passed over. It works on bytes because "\r\n" is one `Character` in Swift.
struct CSVParser {
    struct Limits {
        var fieldBytes = 1 << 20
        var recordBytes = 4 << 20
        var fields = 256
    }

    private enum State {
        case fieldStart, unquoted, quoted
        /// After a quote inside a quoted field: the field's end, or the first half of a doubled quote.
        case quoteInQuoted
    }

    private let limits: Limits
    private var state = State.fieldStart
    private var record = CSVRecord()
    private var line = 1
    private var fieldOffset = 0
    /// The byte before was a CR that ended a line: an LF now belongs to it.
    private var hasSeenReturn = false
    private var markBytes = 0
    private var isAtBeginning = true

    init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Takes the next bytes and hands over each record they complete.
    ///
    /// Throws ``CSVError``, and what `body` throws. After an error the parser is not used again.
    mutating func feed(_ bytes: [UInt8], _ body: (borrowing CSVRecord) throws -> Void) throws {
        var index = 0
        if isAtBeginning { index = try skipMark(bytes) }
        while index < bytes.count {
            index = appendRun(bytes, from: index)
            guard index < bytes.count else { break }
            try take(bytes[index], body)
            index += 1
        }
        try checkLength()
    }

    /// Hands over the last record when no line end follows it.
    mutating func finish(_ body: (borrowing CSVRecord) throws -> Void) throws {
        // A file of one or two bytes that begin like a mark.
        if isAtBeginning && markBytes > 0 {
            record.bytes.append(contentsOf: Self.mark.prefix(markBytes))
            state = .unquoted
        }
        if state == .quoted { throw CSVError(reason: .unterminatedQuote, line: record.line) }
        if state != .fieldStart || !record.ends.isEmpty { try endRecord(body) }
    }

    private static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

    private mutating func skipMark(_ bytes: [UInt8]) throws -> Int {
        var index = 0
        while index < bytes.count, markBytes < 3, bytes[index] == Self.mark[markBytes] {
            markBytes += 1
            index += 1
        }
        if markBytes == 3 {
            isAtBeginning = false
        } else if index < bytes.count {
            isAtBeginning = false
            if markBytes > 0 {
                // It only began like a mark.
                record.bytes.append(contentsOf: Self.mark.prefix(markBytes))
                state = .unquoted
            }
        }
        return index
    }

    /// Copies the bytes that mean nothing in the present state at once; returns where it stopped.
    private mutating func appendRun(_ bytes: [UInt8], from start: Int) -> Int {
        var end = start
        switch state {
        case .quoted:
            while end < bytes.count, bytes[end] != 0x22, bytes[end] != 0x0a, bytes[end] != 0x0d { end += 1 }
        case .unquoted:
            while end < bytes.count, bytes[end] != 0x2c, bytes[end] != 0x0a, bytes[end] != 0x0d { end += 1 }
        case .fieldStart, .quoteInQuoted:
            return start
        }
        if end > start {
            record.bytes.append(contentsOf: bytes[start..<end])
            hasSeenReturn = false
        }
        return end
    }

    private mutating func take(_ byte: UInt8, _ body: (borrowing CSVRecord) throws -> Void) throws {
        let isSecondHalf = byte == 0x0a && hasSeenReturn
        if byte == 0x0d || (byte == 0x0a && !isSecondHalf) { line += 1 }
        hasSeenReturn = byte == 0x0d
        switch state {
        case .quoted:
            if byte == 0x22 { state = .quoteInQuoted } else { record.bytes.append(byte) }
            return
        case .quoteInQuoted where byte == 0x22:
            record.bytes.append(byte)
            state = .quoted
            return
        case .fieldStart where byte == 0x22:
            state = .quoted
            return
        default:
            break
        }
        switch byte {
        case 0x2c:
            try endField()
            state = .fieldStart
        case 0x0a, 0x0d:
            if state == .fieldStart && record.ends.isEmpty {
                // A blank line, or the LF after a CR.
                record.line = line
            } else {
                try endRecord(body)
            }
        default:
            guard state != .quoteInQuoted else { throw CSVError(reason: .textAfterQuote, line: record.line) }
            record.bytes.append(byte)
            state = .unquoted
        }
    }

    private mutating func endField() throws {
        try checkLength()
        guard record.ends.count < limits.fields else {
            throw CSVError(reason: .tooManyFields(limit: limits.fields), line: record.line)
        }
        record.ends.append(record.bytes.count)
        fieldOffset = record.bytes.count
    }

    private mutating func endRecord(_ body: (borrowing CSVRecord) throws -> Void) throws {
        try endField()
        record.isUTF8 = String(validating: record.bytes, as: UTF8.self) != nil
        try body(record)
        record.bytes.removeAll(keepingCapacity: true)
        record.ends.removeAll(keepingCapacity: true)
        record.line = line
        fieldOffset = 0
        state = .fieldStart
    }

    private func checkLength() throws {
        if record.bytes.count - fieldOffset > limits.fieldBytes {
            throw CSVError(reason: .fieldTooLong(limit: limits.fieldBytes), line: record.line)
        }
        if record.bytes.count > limits.recordBytes {
            throw CSVError(reason: .recordTooLong(limit: limits.recordBytes), line: record.line)
        }
    }
}
