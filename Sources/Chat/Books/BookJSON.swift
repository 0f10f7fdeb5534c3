public import JSON

extension Book {
    /// Writes the book as the API shows it and the store keeps it.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("book_id", id.rawValue)
        writer.member("title", title)
        writer.member("authors", authors)
        writer.member("year", orNull: year)
        writer.member("subjects", subjects)
        writer.member("rating", orNull: rating)
        writer.member("score", score)
        writer.beginArray("reasons")
        for reason in reasons {
            writer.beginObject()
            writer.member("kind", reason.kind.rawValue)
            writer.member("text", reason.text)
            writer.member("weight", reason.weight)
            writer.endObject()
        }
        writer.endArray()
        writer.member("read_url", ifPresent: readURL)
        writer.endObject()
    }

    /// Reads what `write` wrote; nil when it is something else.
    public init?(json: JSONValue) {
        guard let id = json["book_id"]?.stringValue, let title = json["title"]?.stringValue else { return nil }
        let reasons = (json["reasons"]?.arrayValue ?? []).compactMap { value -> Reason? in
            guard let kind = value["kind"]?.stringValue.flatMap(Reason.Kind.init(rawValue:)),
                let text = value["text"]?.stringValue
            else { return nil }
            return Reason(kind: kind, text: text, weight: value["weight"]?.numberValue ?? 0)
        }
        self.init(
            id: BookID(rawValue: id), title: title,
            authors: (json["authors"]?.arrayValue ?? []).compactMap(\.stringValue),
            year: json["year"]?.integerValue.map(Int.init),
            subjects: (json["subjects"]?.arrayValue ?? []).compactMap(\.stringValue),
            rating: json["rating"]?.numberValue, score: json["score"]?.numberValue ?? 0, reasons: reasons,
            readURL: json["read_url"]?.stringValue)
    }

    /// Writes a list of books.
    public static func write(_ books: [Book], to writer: inout JSONWriter) {
        writer.beginArray()
        for book in books { book.write(to: &writer) }
        writer.endArray()
    }

    /// Reads what `write(_:to:)` wrote; entries that are no books are left out.
    public static func list(json: JSONValue?) -> [Book] {
        (json?.arrayValue ?? []).compactMap(Book.init(json:))
    }
}
