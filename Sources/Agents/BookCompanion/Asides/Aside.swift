// What is said to Noah without a wish for a book.

/// What is said to Noah without a wish for a book.
enum Aside: String, Sendable, CaseIterable {
    // Where a message has several, the first of this order is answered.
    /// What is stored: to see, take along or delete it.
    case data
    /// A person to talk to.
    case human
    /// An account: log in, password.
    case account
    /// Where to buy, borrow or download.
    case buying
    /// How a book ends, who dies.
    case ending
    /// How a book begins; a passage word for word.
    case opening
    case medical
    case legal
    case money
    case translation
    case code
    case calculation
    case writing
    /// The weather, the time, the news.
    case news
    case price
    /// Something else that a program may do: play music, book a table.
    case task
    case identity
    case capability
    /// A fact that has nothing to do with books.
    case knowledge
    case farewell
    case thanks
    case wellbeing
    case greeting

    /// Whether the answer is a matter of this service, not of what its language model can do.
    var isAboutService: Bool {
        switch self {
        case .data, .human, .account, .news, .price, .buying, .ending, .opening, .medical, .legal, .money, .task: true
        case .translation, .code, .calculation, .writing, .identity, .capability, .knowledge, .farewell, .thanks,
            .wellbeing,
            .greeting:
            false
        }
    }

    private static let wordings = Wordings<Aside>("asides")

    /// What is asked in a message; nil for a wish.
    static func read(_ message: String) -> (aside: Aside, language: MessageLanguage)? {
        guard let found = wordings.found(in: message),
            let aside = allCases.first(where: found.kinds.contains)
        else { return nil }
        return (aside, found.language)
    }
}
