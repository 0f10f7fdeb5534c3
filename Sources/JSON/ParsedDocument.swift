import CSimdjson

/// A parsed text, and the only owner of the parser that holds it, until it is given back to its thread.
struct ParsedDocument: ~Copyable {
    private let parser: OpaquePointer
    let tape: csj_document

    /// - Throws: `JSONError` of kind `notJSON`, `numberTooLarge`, `invalidUTF8`, `tooDeep` (more than 1,023 levels) or `tooLarge`.
    init(_ bytes: UnsafeRawBufferPointer) throws(JSONError) {
        guard let parser = csj_parser_take() else { throw JSONError(kind: .tooLarge, detail: "out of memory") }
        var tape = csj_document()
        var message: UnsafePointer<CChar>?
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let status = csj_parse(parser, start, bytes.count, &tape, &message)
        guard status == CSJ_OK else {
            csj_parser_give_back(parser)
            throw JSONError(status, message)
        }
        self.parser = parser
        self.tape = tape
    }

    deinit { csj_parser_give_back(parser) }

    /// The document's value. (Index 0 of the tape is a word about the tape itself.)
    var root: JSONElement {
        @_lifetime(borrow self)
        get { JSONElement(in: self) }
    }
}

extension JSONError {
    fileprivate init(_ status: csj_status, _ message: UnsafePointer<CChar>?) {
        let kind: Kind =
            switch status {
            case CSJ_NUMBER_TOO_LARGE: .numberTooLarge
            case CSJ_INVALID_UTF8: .invalidUTF8
            case CSJ_TOO_DEEP: .tooDeep
            case CSJ_TOO_LARGE, CSJ_OUT_OF_MEMORY: .tooLarge
            default: .notJSON
            }
        self.init(kind: kind, detail: message.map { String(cString: $0) } ?? "the text is not JSON")
    }
}
