import Chat

/// Answers what is no wish for a book: greetings, thanks, questions about Noah, and what is beyond him.
struct TalkAnswer {
    let wish: Wish
    let taste: Taste
    /// The last list of the conversation.
    let last: [Book]
    let catalogSize: Int

    func sentences() -> [String] {
        switch wish.intent {
        case .smallTalk(let ask): talk(ask)
        case .needsLanguageModel(let task): beyond(task)
        case .aside(let aside, let language):
            AsideAnswer(aside: aside, language: language, last: last.first, catalogSize: catalogSize).sentences()
        case .unreadable:
            [
                "I read English, German, French and Spanish, and your message seems to be in another language. ",
                "Ask me in one of these, and I can look for books in many more. ",
                "(Deutsch, français, español.)",
            ]
        default:
            wish.language.map { ForeignAnswer(language: $0, wish: wish, found: Recommendations()).sentences() }
                ?? lost()
        }
    }

    private var liked: String? {
        taste.leanings.filter { $0.strength >= ReasonWriter.leastLiking }.max { $0.strength < $1.strength }.map {
            Phrase.preference($0.preference)
        }
    }

    private func talk(_ ask: Ask) -> [String] {
        switch ask {
        case .greeting, .wellbeing:
            let hello =
                ask == .wellbeing
                ? "Well, thank you, among \(catalogSize) works. "
                : "Hello, I am Noah, and I look after \(catalogSize) works. "
            if let liked {
                return [
                    hello, "From what you have told me you like \(liked). ",
                    "Shall I look there again, or somewhere new today?",
                ]
            }
            return [
                hello,
                "Tell me a book you loved, an author, a subject, a time or a mood, and I will say what to read next and why.",
            ]
        case .thanks:
            if let first = last.first {
                return [
                    "You are welcome. ",
                    "Tell me how *\(Phrase.plain(first.title))* goes, or ask for something shorter, older or different.",
                ]
            }
            return ["You are welcome. ", "Ask again whenever you need a book."]
        case .farewell:
            if let first = last.first {
                return ["Goodbye, and good reading, perhaps with *\(Phrase.plain(first.title))*."]
            }
            return ["Goodbye, and good reading."]
        default:
            return [
                "I am Noah, a program that finds books: no person, and no language model. ",
                "I search a catalogue of \(catalogSize) works by their subjects, authors, times and languages, and by what you like. ",
                "You can ask for \"ghost stories by M. R. James\", for \"something like Frankenstein but shorter\", for \"French plays before 1700, in French\", ",
                "or what a book is about; then go on with \"more like the second one\". ",
                "What I note of your taste you can see and change in the preferences.",
            ]
        }
    }

    private func beyond(_ task: ModelTask) -> [String] {
        [
            "\(task.label) needs a language model, and none is answering here. ",
            "I can find you books, tell you what the catalogue knows of one, or go on from one you liked.",
        ]
    }

    private func lost() -> [String] {
        if let title = wish.unknownTitle {
            return [
                "I have no book called *\(Phrase.plain(title))*. ",
                "Check the spelling, or tell me the author. If you meant a subject, say \"books about …\".",
            ]
        }
        let words = wish.words.prefix(3).map { "\"\($0)\"" }
        let what =
            words.isEmpty
            ? "I could not make out what you are looking for. "
            : "I do not know what to make of \(Phrase.list(Array(words))), and found no title or author by that name. "
        return [
            what,
            "Try a title (in quotation marks, if it is made of everyday words), an author's full name, a subject, or a book that comes near it.",
        ]
    }
}
