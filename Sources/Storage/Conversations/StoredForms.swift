import Chat
import JSON

/// The JSON that columns hold: the domain's own forms, which later versions go on reading.
extension [Book] {
    /// Nil when there are none.
    var storedText: String? {
        guard !isEmpty else { return nil }
        var writer = JSONWriter()
        Book.write(self, to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// What is no list of books is none.
    init(storedText: String) {
        self = Book.list(json: try? JSONValue(parsing: [UInt8](storedText.utf8)))
    }
}

extension ReplyFailure {
    var storedText: String {
        var writer = JSONWriter()
        write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    init?(storedText: String) {
        self.init(json: try? JSONValue(parsing: [UInt8](storedText.utf8)))
    }
}
