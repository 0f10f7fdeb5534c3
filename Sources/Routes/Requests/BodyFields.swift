import Chat
import FCGIApp
import JSON

/// The fields of a JSON body, each checked as it is taken; all mistakes are told at once.
///
/// Fields that nobody takes are ignored (docs/api.md, "Rules for every endpoint").
struct BodyFields {
    let object: JSONObject
    private let prefix: String
    private(set) var errors: [Problem.FieldError] = []

    /// Reads a request's body as a JSON object. That it is declared as one was looked at before (`OriginGuard`).
    /// - Parameter parse: how its bytes become JSON.
    /// - Throws: `Problem`: 413 or 400.
    init(
        _ request: Request, limit: Int,
        parse: ([UInt8]) throws(JSONError) -> JSONValue = { (bytes) throws(JSONError) in try JSONValue(parsing: bytes) }
    ) throws(Problem) {
        switch request.bodyState {
        case .tooLarge:
            throw Problem(
                status: 413, code: "body_too_large", detail: "The body may have \(limit) bytes at most.")
        case .mismatch(let declared, let received):
            throw Problem(
                status: 400, code: "body_length_mismatch",
                detail: "Content-Length said \(declared) bytes and \(received) came. Nothing was stored; send it again."
            )
        case .complete: break
        }
        let value: JSONValue
        do {
            value = try parse(request.body)
        } catch {
            throw Self.problem(error)
        }
        guard case .object(let object) = value else {
            throw Problem(status: 400, code: "not_an_object", detail: "The body must be a JSON object.")
        }
        self.object = object
        prefix = ""
    }

    private init(_ object: JSONObject, prefix: String) {
        self.object = object
        self.prefix = prefix
    }

    private static func problem(_ error: JSONError) -> Problem {
        switch error.kind {
        case .notJSON:
            Problem(status: 400, code: "not_json", detail: "The body is not JSON: \(error.detail).")
        case .numberTooLarge:
            Problem(
                status: 400, code: "number_too_large",
                detail: "The body has a number that is too large: whole numbers have 64 bits, others go up to 1.8e308."
            )
        case .invalidUTF8:
            Problem(status: 400, code: "invalid_utf8", detail: "The body is not UTF-8.")
        case .tooDeep:
            Problem(status: 400, code: "json_too_deep", detail: "The body's JSON is nested too deeply.")
        case .duplicateKey:
            Problem(
                status: 400, code: "duplicate_key", detail: "The body names a key twice.",
                errors: [.init(field: error.path ?? "", detail: "is there twice")])
        case .tooLarge:
            Problem(status: 413, code: "body_too_large", detail: "The body is too large.")
        }
    }

    mutating func reject(_ field: String, _ detail: String) {
        errors.append(.init(field: prefix + field, detail: detail))
    }

    /// Throws what was found wrong, if anything was.
    func check() throws(Problem) {
        if !errors.isEmpty { throw .invalid(errors) }
    }

    /// The value of a field; null counts as absent.
    private mutating func value(_ field: String, isRequired: Bool) -> JSONValue? {
        guard let value = object[field], !value.isNull else {
            if isRequired { reject(field, "is required") }
            return nil
        }
        return value
    }

    /// A string of `bytes` bytes of UTF-8; nil when absent or wrong.
    mutating func string(_ field: String, bytes: ClosedRange<Int>, isRequired: Bool = false) -> String? {
        guard let value = value(field, isRequired: isRequired) else { return nil }
        guard let text = value.stringValue else {
            reject(field, "must be a string")
            return nil
        }
        guard bytes.contains(text.utf8.count) else {
            reject(field, "must have \(bytes.lowerBound) to \(bytes.upperBound) bytes; it has \(text.utf8.count)")
            return nil
        }
        return text
    }

    /// An identifier that the client chose or was given.
    mutating func identifier(_ field: String, isRequired: Bool = false) -> String? {
        guard let value = value(field, isRequired: isRequired) else { return nil }
        guard let text = value.stringValue else {
            reject(field, "must be a string")
            return nil
        }
        guard Identifiers.isAcceptable(text) else {
            reject(field, "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
            return nil
        }
        return text
    }

    /// Where a message stands in its conversation: in the place of the question `edits`, or after the question `after`.
    /// - Parameter session: the conversation that the body names.
    mutating func place(in session: String?) -> QuestionPlace? {
        let (edits, after) = (identifier("edits"), identifier("after"))
        if edits != nil, after != nil { reject("after", "is not for a message with edits") }
        if session == nil, edits ?? after != nil {
            reject(edits == nil ? "after" : "edits", "needs the session of the message")
        }
        return edits.map { .inPlaceOf(MessageID(rawValue: $0)) } ?? after.map { .after(MessageID(rawValue: $0)) }
    }

    /// Who the client says it is: an identifier, or a name as a web server or a sign-in service uses it. `Exchange.user` looks at it.
    mutating func user(_ field: String) -> String? { string(field, bytes: UserNames.length) }

    mutating func integer(_ field: String, in range: ClosedRange<Int>, default fallback: Int) -> Int {
        guard let value = value(field, isRequired: false) else { return fallback }
        guard let number = value.integerValue, let number = Int(exactly: number), range.contains(number) else {
            reject(field, "must be \(range.lowerBound) to \(range.upperBound)")
            return fallback
        }
        return number
    }

    /// A whole number; nil when absent or wrong.
    mutating func optionalInteger(_ field: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(field, isRequired: false) else { return nil }
        guard let number = value.integerValue, let number = Int(exactly: number), range.contains(number) else {
            reject(field, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// Any value, for fields that have a form of their own; nil when absent or null.
    func any(_ field: String) -> JSONValue? { object[field].flatMap { $0.isNull ? nil : $0 } }

    /// A truth value; nil when absent or wrong.
    mutating func optionalBool(_ field: String) -> Bool? {
        guard let value = value(field, isRequired: false) else { return nil }
        guard let flag = value.boolValue else {
            reject(field, "must be true or false")
            return nil
        }
        return flag
    }

    mutating func number(_ field: String, in range: ClosedRange<Double>, isRequired: Bool = false) -> Double? {
        guard let value = value(field, isRequired: isRequired) else { return nil }
        guard let number = value.numberValue, range.contains(number) else {
            reject(field, "must be a number from \(Self.plain(range.lowerBound)) to \(Self.plain(range.upperBound))")
            return nil
        }
        return number
    }

    private static func plain(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }

    mutating func bool(_ field: String, default fallback: Bool) -> Bool {
        guard let value = value(field, isRequired: false) else { return fallback }
        guard let flag = value.boolValue else {
            reject(field, "must be true or false")
            return fallback
        }
        return flag
    }

    /// One word of an enumeration.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ field: String, _ type: Word.Type, isRequired: Bool = false
    ) -> Word? where Word.RawValue == String {
        guard let value = value(field, isRequired: isRequired) else { return nil }
        guard let word = value.stringValue.flatMap(Word.init(rawValue:)) else {
            reject(field, "must be one of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
            return nil
        }
        return word
    }

    mutating func timestamp(_ field: String) -> Timestamp? {
        guard let value = value(field, isRequired: false) else { return nil }
        guard let time = value.stringValue.flatMap(Timestamp.init(rfc3339:)) else {
            reject(field, "must be a time by RFC 3339, such as 2024-01-01T00:00:00Z")
            return nil
        }
        return time
    }

    /// An object within the body, whose mistakes are added to this one's by `absorb`.
    mutating func object(_ field: String, isRequired: Bool = false) -> BodyFields? {
        guard let value = value(field, isRequired: isRequired) else { return nil }
        guard case .object(let object) = value else {
            reject(field, "must be an object")
            return nil
        }
        return BodyFields(object, prefix: prefix + field + ".")
    }

    mutating func absorb(_ inner: BodyFields) { errors += inner.errors }

    /// Any JSON object, kept as it is.
    mutating func json(_ field: String, maximumBytes: Int, isRequired: Bool = false) -> [UInt8]? {
        guard let value = value(field, isRequired: isRequired) else { return nil }
        guard case .object = value else {
            reject(field, "must be an object")
            return nil
        }
        let encoded = value.encoded
        guard encoded.count <= maximumBytes else {
            reject(field, "must have \(maximumBytes) bytes of JSON at most")
            return nil
        }
        return encoded
    }
}
