import Chat

/// Where a record comes from, which decides its identifier and how much it is believed. Stored as its raw value.
enum Source: Int, CaseIterable {
    case gutenberg = 1
    case goodbooks = 2
    case goodreads = 3
    case plain = 4

    /// The first part of a ``BookID``. Both Goodreads sources number books alike, so equal numbers are one book.
    var prefix: String {
        switch self {
        case .gutenberg: "pg"
        case .goodbooks, .goodreads: "gr"
        case .plain: "st"
        }
    }

    /// Lower is believed first for titles, authors, lengths and summaries: what an editor wrote before what a machine did.
    var precedence: Int {
        switch self {
        case .plain: 0
        case .gutenberg: 1
        case .goodbooks: 2
        case .goodreads: 3
        }
    }
}

/// What one source says about one book, already in the catalogue's terms. Kept in the database, so that works can be put
/// together anew whenever another source is imported.
struct SourceRecord: Equatable {
    var source: Source
    /// The source's own identifier: "36".
    var key: String
    var title: String
    /// Further titles under which people look for it.
    var otherTitles: [String] = []
    /// Folded titles by which it is found; the first is the title with its subtitle.
    var titleKeys: [String] = []
    /// Keys that equal works share: "time machine|wells"; "#pg:35" for identifiers.
    var mergeKeys: [String] = []
    /// Identifiers of other sources' records that are this work: "pg:35".
    var links: [String] = []
    var fullKey: String { titleKeys.first ?? "" }
    /// True when no subtitle tells it apart from others of the same main title.
    var isBare = true
    /// True for a part of a longer work.
    var isVolume = false
    var authors: [String] = []
    var period: ClosedRange<Int>?
    var year: Int?
    /// The language it was written in, where the source tells.
    var original: String?
    /// Languages of this text.
    var texts: [String] = []
    var subjects: [String] = []
    var length: BookLength?
    var summary: String?
    var rating: Double?
    var ratings: Int?
    /// How well known the source makes it, 0 to 1.
    var prominence = 0.0

    init(source: Source, key: String, title: String) {
        self.source = source
        self.key = key
        self.title = title
    }

    var identifier: String { source.prefix + ":" + key }

    /// Changes whenever anything in the record does. FNV-1a, 64 bits: against accidents, not against malice.
    var digest: Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0xff) &* 0x100_0000_01b3
        }
        for text in [title, original ?? "", length?.rawValue ?? "", summary ?? ""] { add(text) }
        for list in [otherTitles, titleKeys, mergeKeys, links, authors, texts, subjects] {
            for text in list { add(text) }
            add("")
        }
        add(
            "\(isBare) \(isVolume) \(period.map { "\($0)" } ?? "") \(year ?? 9_999_999) \(rating ?? -1) \(ratings ?? -1)"
        )
        add("\(prominence)")
        return Int64(bitPattern: hash)
    }

    /// Sets titles, authors and the keys by which equal works find one another.
    mutating func name(_ forms: TitleForms, authors names: [AuthorName], further: [TitleForms] = []) {
        authors = names.map(\.display)
        isBare = forms.isBare
        isVolume = forms.isVolume
        var keys: [String] = []
        titleKeys = []
        for forms in [forms] + further {
            for key in forms.lookupKeys where !key.isEmpty && !titleKeys.contains(key) { titleKeys.append(key) }
            for key in Set([forms.main, forms.isBare ? forms.full : forms.main]) where !key.isEmpty {
                keys.append(contentsOf: Self.mergeKeys(title: Self.essence(of: key), names: names))
            }
        }
        mergeKeys = Set(keys).sorted() + ["#" + identifier]
    }

    /// A folded title without what its translators differ in: articles, and singular or plural ("Leagues Under the Seas").
    private static func essence(of title: String) -> String {
        let words = title.foldedWords.filter { !["the", "a", "an"].contains($0) }.map { word in
            let isPlural = word.utf8.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss")
            return isPlural ? word.dropLast() : word
        }
        return words.isEmpty ? title : words.joined(separator: " ")
    }

    /// One title and one surname make a key. For a title of one word, which many works may bear, the author's initial is
    /// added.
    private static func mergeKeys(title: String, names: [AuthorName]) -> [String] {
        let isShort = !title.contains(" ")
        // Works of many hands are found by their first few.
        let keys = names.prefix(3).flatMap { name in
            name.surnames.map { surname in
                isShort ? "\(title)|\(surname)|\(name.initial)" : "\(title)|\(surname)"
            }
        }
        return keys.isEmpty ? ["\(title)|"] : keys
    }
}
