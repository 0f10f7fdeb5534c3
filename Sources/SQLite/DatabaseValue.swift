/// A value bound to a placeholder: one of SQLite's five storage classes (https://sqlite.org/datatype3.html).
public enum DatabaseValue: Hashable, Sendable {
    case null
    case integer(Int64)
    /// Not a number cannot be stored (SQLite would make it NULL): binding it throws `mismatch`.
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// `nil` is NULL.
    public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    /// `nil` is NULL.
    public init(_ integer: Int64?) { self = integer.map { .integer($0) } ?? .null }
    /// `nil` is NULL.
    public init(_ integer: Int?) { self = integer.map { .integer(Int64($0)) } ?? .null }
    /// `nil` is NULL.
    public init(_ real: Double?) { self = real.map { .real($0) } ?? .null }
    /// `nil` is NULL.
    public init(_ blob: [UInt8]?) { self = blob.map { .blob($0) } ?? .null }
    /// 1 or 0: SQLite has no boolean.
    public init(_ flag: Bool) { self = .integer(flag ? 1 : 0) }
}

extension DatabaseValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .text(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .real(value) }
    public init(nilLiteral: ()) { self = .null }
}
