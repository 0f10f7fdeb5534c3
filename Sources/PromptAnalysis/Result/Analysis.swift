// What an analysis says.

/// What was found out about a prompt.
public struct Analysis: Sendable, Equatable {
    /// Whether the rules that know English were applied.
    public enum Language: String, Sendable {
        case english = "en"
        /// Only what needs no language was judged.
        case other
    }

    /// 0 to 100: the points of the judged properties, of what they could have.
    public var score: Int
    public var language: Language
    /// A guess of how many tokens a language model counts.
    public var estimatedTokens: Int
    /// One for each `Property.Name`, in its order.
    public var properties: [Property]
    /// The gravest first, of equals by their place.
    public var insights: [Insight]
    /// By their place. They do not overlap, and all of them applied give `optimized`.
    public var suggestions: [Suggestion]
    /// The author's words with structure and blanks to fill in, `[FILL IN: …]`, put in.
    public var optimized: String
    /// Whether a language model had a part in it.
    public var isRefined: Bool

    public init(
        score: Int, language: Language, estimatedTokens: Int, properties: [Property], insights: [Insight],
        suggestions: [Suggestion], optimized: String, isRefined: Bool = false
    ) {
        self.score = score
        self.language = language
        self.estimatedTokens = estimatedTokens
        self.properties = properties
        self.insights = insights
        self.suggestions = suggestions
        self.optimized = optimized
        self.isRefined = isRefined
    }
}

/// One of the measured properties of a prompt.
public struct Property: Sendable, Equatable {
    public enum Name: String, Sendable, CaseIterable {
        case task, context, audience, format, constraints, examples, clarity, completeness, safety

        /// The most points it gives. All together are 100.
        public var weight: Int {
            switch self {
            case .task: 25
            case .clarity: 15
            case .context, .format, .constraints, .completeness, .safety: 10
            case .audience, .examples: 5
            }
        }
    }

    public enum State: String, Sendable {
        case present
        /// Something of it is there and something is wrong or missing.
        case partial
        /// A blank stands in its place.
        case blank
        case absent
        /// A prompt of this sort does well without.
        case notNeeded = "not_needed"
        /// The prompt is not in English.
        case notJudged = "not_judged"
    }

    public var name: Name
    public var state: State
    /// 0 to `name.weight`.
    public var points: Int

    public init(name: Name, state: State, points: Int) {
        self.name = name
        self.state = state
        self.points = points
    }
}
