// The log: what is said, and how a line looks.

/// The program's log. Anyone who writes gives a message and fields; where lines go and how they look is the sink's.
///
/// Never given: a message's text, a token, a key. What a client sent stands in fields only, which the form escapes.
public struct Log: Sendable {
    public enum Level: Int, Sendable, Comparable, CaseIterable {
        case debug, info, warning, error

        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// What a field says.
    public enum Value: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        case text(String)
        case number(Int)
        case decimal(Double)
        case flag(Bool)

        public init(stringLiteral value: String) { self = .text(value) }
        public init(integerLiteral value: Int) { self = .number(value) }
    }

    /// Fields in the order in which they are written; those without a value are left out.
    public typealias Fields = KeyValuePairs<String, Value?>

    public struct Entry: Sendable {
        public var level: Level
        public var message: String
        public var fields: [(name: String, value: Value)]

        public init(level: Level, message: String, fields: [(name: String, value: Value)] = []) {
            self.level = level
            self.message = message
            self.fields = fields
        }
    }

    /// The least important that is written.
    public var level: Level
    private let sink: @Sendable (Entry) -> Void

    public init(level: Level = .info, sink: @escaping @Sendable (Entry) -> Void) {
        self.level = level
        self.sink = sink
    }

    public func debug(_ message: String, _ fields: Fields = [:]) { write(.debug, message, fields) }
    public func info(_ message: String, _ fields: Fields = [:]) { write(.info, message, fields) }
    public func warning(_ message: String, _ fields: Fields = [:]) { write(.warning, message, fields) }
    public func error(_ message: String, _ fields: Fields = [:]) { write(.error, message, fields) }

    /// Whether a line of this level is written: what costs something to say need not be worked out otherwise.
    public func writes(_ level: Level) -> Bool { level >= self.level }

    public func write(_ level: Level, _ message: String, _ fields: Fields = [:]) {
        guard writes(level) else { return }
        sink(
            Entry(
                level: level, message: message,
                fields: fields.compactMap { name, value in value.map { (name, $0) } }))
    }
}

extension Log.Value {
    /// Nil for nil: the field is left out.
    public init?(_ text: String?) {
        guard let text else { return nil }
        self = .text(text)
    }

    /// Nil for nil: the field is left out.
    public init?(_ number: Int?) {
        guard let number else { return nil }
        self = .number(number)
    }
}
