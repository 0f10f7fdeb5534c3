import Chat

/// What the reader wants, with every name looked up.
struct Wish: Sendable {
    enum Intent: Sendable, Equatable {
        case recommend
        /// Facts about `Wish.subjectWork`.
        case about(Set<BookAspect>)
        /// The book that the message describes.
        case identify
        case smallTalk(Ask)
        case needsLanguageModel(ModelTask)
        /// A question about the list that was shown last; its books are `Wish.table`.
        case choose(Choice)
        /// Two books side by side.
        case compare([CatalogEntry])
        /// The order of a series.
        case series(SeriesAsked)
        /// No wish at all: a question about the service, or about what Noah does not do.
        case aside(Aside, MessageLanguage)

        /// Whether it tells of taste: "are you a robot?" does not.
        var isAboutBooks: Bool {
            switch self {
            case .recommend, .about, .identify, .unknown: true
            case .smallTalk, .needsLanguageModel, .choose, .series, .compare, .aside, .unreadable: false
            }
        }
        /// Whether the rules' own answer is what a model is to say.
        var isAnsweredInFull: Bool {
            switch self {
            case .series, .compare: true
            default: false
            }
        }
        /// Nothing in it could be made sense of.
        case unknown
        /// It is in a language that Noah does not read.
        case unreadable
    }

    enum Choice: Sendable, Equatable {
        case question(TableQuestion)
        /// "The funniest of these".
        case most(Concept)
        case least(Concept)
        /// Something about the list that the catalogue does not know.
        case unknown(String)
        /// The first few of the list.
        case few(Int)
    }

    var intent = Intent.recommend
    /// The books of the list that a question is about, in its order, and their cards.
    var table: [CatalogEntry] = []
    var tableCards: [Book] = []
    /// How many books are wanted; nil where no number was said.
    var count: Int?
    /// The language of the message, where it was put into English.
    var language: MessageLanguage?
    /// What was recognised of a message in another language, in its own words.
    var understood: [String] = []
    /// A book of the last list that is left out now, since the reader knows it.
    var setAside: CatalogEntry?
    /// The book the message asks about.
    var subjectWork: CatalogEntry?

    /// Works to be like.
    var seeds: [CatalogEntry] = []
    /// Works that stand for the authors to be like; found by the recommender.
    var examples: [CatalogEntry] = []
    /// Authors to be like, not asked for themselves.
    var seedAuthors: [String] = []
    /// Works not to come up again: read, or compared with.
    var knownWorks: [CatalogEntry] = []
    /// Series that are known as a whole.
    var knownSeries: [Series] = []
    /// Authors asked for.
    var authors: [String] = []
    /// Authors not to come up.
    var excludedAuthors: [String] = []
    var excludedWorks: [CatalogEntry] = []
    /// Works shown in this conversation already.
    var shown: Set<BookID> = []

    var concepts: [Concept] = []
    var excludedConcepts: [Concept] = []
    /// Words and names that must not be in a title or a subject, stemmed; each with its words in order.
    var excludedPhrases: [[String]] = []
    var excludedPeriods: [PeriodMention] = []
    /// Rather less of these.
    var softened: [Concept] = []
    /// Words without another meaning, for the full-text search.
    var words: [String] = []
    /// Those of them that no concept stands for.
    var ownWords: [String] = []
    /// Whether a plot is described: then what the catalogue says of a book counts for more than what it is filed under.
    var isPlot = false
    /// Whether one book is meant by it: "the one where …".
    var tellsPlot = false

    var period: PeriodMention?
    /// ISO 639-1 codes, any of which the text must be in.
    var languages: [String] = []
    /// Whether it should be read in the language that it was written in.
    var isOriginal = false
    /// Literatures, any of which it should be from.
    var nations: [NationTable.Nation] = []
    var excludedNations: [NationTable.Nation] = []
    var lengths: Set<BookLength> = []
    var comparisons: [Comparison] = []
    /// What "shorter" and "older" are measured by.
    var references: [CatalogEntry] = []
    /// Whether something is to be explained: "a book on how the brain works".
    var wantsExplanation = false
    /// How well known the books should be: 1 for the famous ones, -1 for hidden ones, 0 when nothing was said.
    var fame = 0
    /// Conditions that the catalogue cannot check, as an answer names them.
    var gaps: [String] = []
    /// Conditions that exclude each other: which one the list goes by, and which one it leaves out.
    var conflicts: [(taken: String, left: String)] = []
    /// True for a message that goes on from the last recommendations.
    var isFollowUp = false
    /// True when works shown before should not come again.
    var wantsOthers = false

    /// A title that the message names and the catalogue does not have, as it was written.
    var unknownTitle: String?

    /// Whether anything says what the books should be like.
    var hasContent: Bool {
        !seeds.isEmpty || !seedAuthors.isEmpty || !authors.isEmpty || !concepts.isEmpty || !words.isEmpty
            || period != nil
            || !languages.isEmpty || !nations.isEmpty || !lengths.isEmpty || !comparisons.isEmpty
    }
}
