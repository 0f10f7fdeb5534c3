import Chat

/// What Noah says to a message that wishes for no book: what he cannot do, and the nearest thing he can.
struct AsideAnswer {
    let aside: Aside
    let language: MessageLanguage
    /// The book that was last spoken of.
    let last: Book?
    let catalogSize: Int

    func sentences() -> [String] {
        switch language {
        case .english: english()
        case .german: german()
        case .french: french()
        case .spanish: spanish()
        }
    }

    /// The address of a free text, where the book is known by its number at Project Gutenberg.
    private var freeText: String? {
        guard let last, last.id.rawValue.hasPrefix("pg:"), let number = Int(last.id.rawValue.dropFirst(3)) else {
            return nil
        }
        return "https://www.gutenberg.org/ebooks/\(number)"
    }

    var title: String? { last.map { "*\(Phrase.plain($0.title))*" } }

    // MARK: - English

    private func english() -> [String] {
        switch aside {
        case .data:
            [
                "I can't do that from the chat, but you can: everything stored about you is exported with GET /api/v1/me/export and deleted "
                    + "with DELETE /api/v1/me, and what I noted about your taste is under preferences. ",
                "If that is not for you, the people who run this site can do it for you.",
            ]
        case .human:
            [
                "There is no person in this chat: I am a program. ",
                "For anything about the site, please contact the people who run it; for something to "
                    + "read, just ask me.",
            ]
        case .account:
            [
                "I know nothing about accounts or passwords; the people who run this site can help with those. ",
                "I can help you find something to read.",
            ]
        case .price:
            [
                "I don't know what books cost, and I sell none. ",
                free("Many older ones are free at Project Gutenberg (gutenberg.org), and a library lends the rest."),
            ]
        case .buying:
            [
                "I don't sell or lend books and don't know what shops have. ",
                free(
                    "Many older ones are free at Project Gutenberg (gutenberg.org); for others, ask a bookshop or your library for "
                        + "\(title ?? "the title and the author")."),
            ]
        case .ending:
            [
                "I don't know how books end: the catalogue has a line about each at most, so your "
                    + "surprise is safe with me. ",
                "I can tell you what \(title ?? "a book") is about, or find you one with a similar story.",
            ]
        case .opening:
            [
                "I have no texts here, so I can't quote a book or tell you how it begins. ",
                free("Many older ones can be read free at Project Gutenberg (gutenberg.org)."),
                " I can tell you what a book is about.",
            ]
        case .medical:
            [
                "I can't give medical advice; please ask a doctor or a pharmacist. ",
                "If you would like a book about it, name the subject and I will look.",
            ]
        case .legal:
            [
                "I can't give legal advice; a lawyer or an advice centre can. ",
                "If you would like a book about it, name the subject and I will look.",
            ]
        case .money:
            [
                "I can't advise you on money. ",
                "If you would like a book about it, say \"books about investing\" and I will look.",
            ]
        case .translation:
            [
                "Translating needs a language model, and none is answering here. ",
                "I can look for books in the language you name.",
            ]
        case .code:
            [
                "Writing code needs a language model, and none is answering here. ",
                "I can look for books about programming.",
            ]
        case .calculation:
            [
                "Calculating needs a language model, and none is answering here. ",
                "I can look for books about mathematics.",
            ]
        case .writing:
            [
                "Writing a text needs a language model, and none is answering here. ",
                "I can find you poems, stories or essays on a subject.",
            ]
        case .news:
            [
                "I don't know the weather, the time or the news: I only know books. ",
                "Shall I find you one? Name a subject or a mood.",
            ]
        case .knowledge:
            [
                "I don't know that: I only know books. ",
                "If you would like one about it, say \"books about …\" and I will look.",
            ]
        case .task:
            [
                "I can't do that: I only find books. ",
                "Tell me a subject, an author or a book you loved, and I will look.",
            ]
        case .identity:
            [
                "I am Noah, a program that finds books: no person, and no language model. ",
                "I search a catalogue of \(catalogSize) works by subject, author, time and language, "
                    + "and by what you like.",
            ]
        case .capability:
            [
                "I find books in a catalogue of \(catalogSize) works and say why they fit. ",
                "Ask for \"ghost stories by M. R. James\", \"something like Frankenstein but "
                    + "shorter\", or what a book is about.",
            ]
        case .farewell: ["Goodbye, and good reading."]
        case .thanks: ["You are welcome. ", "Ask again whenever you need a book."]
        case .wellbeing: ["I am fine, thank you. ", "What would you like to read?"]
        case .greeting:
            [
                "Hello, I am Noah. ",
                "Tell me a book you loved, an author, a subject or a mood, and I will find you something.",
            ]
        }
    }

    private func free(_ otherwise: String) -> String {
        guard let title, let freeText else { return otherwise }
        return "\(title) is free at Project Gutenberg: \(freeText)"
    }
}
