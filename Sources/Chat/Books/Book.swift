// Books and the catalogue in the domain's terms.

/// Why a book was recommended: one ground, as its card shows it.
public struct Reason: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case preference
        case similarTo = "similar_to"
        case query
        case popular
    }

    public var kind: Kind
    /// A phrase for the person: "shares time travel and far futures with The Time Machine".
    public var text: String
    /// How much it counted, 0 to 1.
    public var weight: Double

    public init(kind: Kind, text: String, weight: Double) {
        self.kind = kind
        self.text = text
        self.weight = weight
    }
}

/// A recommended book, as its card shows it.
public struct Book: Sendable, Equatable {
    public var id: BookID
    public var title: String
    public var authors: [String]
    /// Year of first publication, negative before the common era; nil when the catalogue does not know it.
    public var year: Int?
    public var subjects: [String]
    /// Readers' average, 0 to 5; nil when the catalogue has none.
    public var rating: Double?
    /// 0 to 1, comparable within one list only.
    public var score: Double
    public var reasons: [Reason]
    /// Where its text can be read free of charge; nil where that is not known.
    public var readURL: String?

    public init(
        id: BookID, title: String, authors: [String], year: Int?, subjects: [String], rating: Double?, score: Double,
        reasons: [Reason], readURL: String? = nil
    ) {
        self.id = id
        self.title = title
        self.authors = authors
        self.year = year
        self.subjects = subjects
        self.rating = rating
        self.score = score
        self.reasons = reasons
        self.readURL = readURL
    }
}

/// A work of the catalogue, stable across imports (`pg:36`, `gr:4671`, `st:the-time-machine`).
public struct BookID: Identifier {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}
