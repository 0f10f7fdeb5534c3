// What a message wants: names in it, conditions, stances, follow-ups.

/// What kind of thing the reader wants from Noah, as far as the words alone tell.
enum Ask: Sendable, Equatable {
    /// Books to read.
    case recommend
    /// Facts about a book that the message names.
    case about(Set<BookAspect>)
    /// The title of a book that the message describes.
    case identify
    case greeting
    case thanks
    case farewell
    /// Who Noah is and what he can do.
    case help
    case wellbeing
    /// Something that takes a language model.
    case beyond(ModelTask)

    var isSmallTalk: Bool {
        switch self {
        case .greeting, .thanks, .farewell, .help, .wellbeing: true
        case .recommend, .about, .identify, .beyond: false
        }
    }
}

/// What may be asked about a book.
enum BookAspect: Sendable, Hashable {
    case author, content, year, length, language, worth, rating, availability
    /// For whom it is suitable.
    case age
}

/// What only a language model can do.
enum ModelTask: Sendable, Equatable {
    case translation, writing, retelling, code, calculation, news, opinion

    /// For an answer: "Translating".
    var label: String {
        switch self {
        case .translation: "Translating"
        case .writing: "Writing a text"
        case .retelling: "Retelling a book in detail"
        case .code: "Programming"
        case .calculation: "Calculating"
        case .news: "Knowing what goes on in the world today"
        case .opinion: "A longer interpretation"
        }
    }
}

/// Tells from a message's words what is asked.
enum AskReader {
    static func read(_ tokens: [Token]) -> Ask {
        guard !tokens.isEmpty else { return .recommend }
        let core = tokens.drop { opening.contains($0.folded) }
        let coreTokens = Array(core)
        if let task = modelTask(coreTokens, all: tokens) { return .beyond(task) }
        if let talk = smallTalk(tokens, core: coreTokens) { return talk }
        if identification.first(in: tokens) != nil { return .identify }
        let aspects = aspects(tokens)
        return aspects.isEmpty ? .recommend : .about(aspects)
    }

    // MARK: - Small talk

    private static func smallTalk(_ tokens: [Token], core: [Token]) -> Ask? {
        // Small talk is short; a greeting before a wish is only a greeting.
        guard tokens.count <= 9 else { return nil }
        var found: Ask?
        var covered = 0
        var index = 0
        while index < tokens.count {
            if let (ask, length) = talk.match(at: index, of: tokens) {
                if found == nil || found == .greeting { found = ask }
                covered += length
                index += length
            } else {
                if filler.contains(tokens[index].folded) { covered += 1 }
                index += 1
            }
        }
        return covered == tokens.count ? found : nil
    }

    // MARK: - What takes a language model

    private static func modelTask(_ core: [Token], all tokens: [Token]) -> ModelTask? {
        guard !core.isEmpty else { return nil }
        if isArithmetic(tokens) { return .calculation }
        let asksForBooks = tokens.contains { bookWords.contains($0.stem) }
        if let (task, length) = imperatives.match(at: 0, of: core) {
            // "Write me a list of books about whales" wants books.
            let isAboutBooks = core.dropFirst(length).prefix(4).contains {
                ["list", "books", "novels", "recommendations", "suggestions", "titles"].contains($0.folded)
            }
            if !isAboutBooks || task == .translation || task == .retelling { return task }
        }
        if !asksForBooks, let found = anywhere.first(in: tokens) { return found.value }
        return nil
    }

    /// "What is 17 * 23?": two numbers and hardly a word.
    private static func isArithmetic(_ tokens: [Token]) -> Bool {
        let numbers = tokens.filter { Int($0.folded) != nil }.count
        let words = tokens.filter { Int($0.folded) == nil && !arithmetic.contains($0.folded) }.count
        return numbers >= 2 && words == 0
    }

    // MARK: - About a book

    private static func aspects(_ tokens: [Token]) -> Set<BookAspect> {
        var aspects: Set<BookAspect> = []
        var index = 0
        while index < tokens.count {
            if let (aspect, length) = aspectPhrases.match(at: index, of: tokens) {
                aspects.insert(aspect)
                index += length
            } else {
                index += 1
            }
        }
        for index in tokens.indices {
            // "Should I read Ulysses?" asks about it; "What should I read after Ulysses?" does not.
            guard let (_, length) = judgement.match(at: index, of: tokens), index + length < tokens.count else {
                continue
            }
            let next = tokens[index + length]
            if index == 0, next.isCapitalized || next.quote != nil || next.folded == "it" { aspects.insert(.worth) }
        }
        // "What's Oblomov about?": the question's two ends stand apart.
        if let first = tokens.firstIndex(where: { ["whats", "what"].contains($0.folded) }) {
            for index in tokens.indices.dropFirst(first + 2) where tokens[index].folded == "about" {
                let ends = index + 1 == tokens.count || tokens[index + 1].breakBefore >= .comma
                let between = tokens[first..<index]
                if ends, !between.contains(where: { openWords.contains($0.folded) }) { aspects.insert(.content) }
            }
        }
        return aspects
    }
}
