public import Chat

/// What is known of a user's taste, and what it does, for the user to see.
public struct Transparency: Sendable, Equatable {
    public var user: UserID
    /// When the latest of the preferences changed; nil when there are none.
    public var updatedAt: Timestamp?
    /// Overrides first, then what was inferred; where both exist for one thing, both are listed and the override holds.
    public var preferences: [Preference]
    /// Sentences for the user: what was set, what was read from messages, and which of the two holds.
    public var explanation: String
    /// Whether the user's taste is read from what they say.
    public var isLearning: Bool
}

/// Puts preferences into sentences.
enum PreferenceExplanation {
    /// Preferences named in one sentence.
    private static let maximumNamed = 6

    static func text(of preferences: [Preference]) -> String {
        let set = preferences.filter { $0.source == .override }
        let inferred = preferences.filter { $0.source == .inferred }
        guard !preferences.isEmpty else {
            return
                "Nothing is known of your taste yet. What you say you like or dislike will be noted here, and you can set it yourself."
        }
        var sentences: [String] = []
        if !set.isEmpty {
            sentences.append(
                "You set: " + Phrase.list(set.prefix(maximumNamed).map { "\(named($0)) \(degree($0.weight))" }) + ".")
        }
        func conflicts(_ preference: Preference) -> Preference? {
            set.first { $0.type == preference.type && Folding.fold($0.value) == Folding.fold(preference.value) }
        }
        let liked = inferred.filter { $0.weight > 0 && conflicts($0) == nil }
        let disliked = inferred.filter { $0.weight < 0 && conflicts($0) == nil }
        if !liked.isEmpty {
            sentences.append(
                "From your messages: you seem to like \(Phrase.list(liked.prefix(maximumNamed).map(named))).")
        }
        if !disliked.isEmpty {
            sentences.append("You seem not to care for \(Phrase.list(disliked.prefix(maximumNamed).map(named))).")
        }
        for preference in inferred.prefix(20) {
            guard let own = conflicts(preference) else { continue }
            sentences.append(
                "Your messages read as if you \(preference.weight >= 0 ? "liked" : "disliked") \(named(preference)), but your own setting (\(degree(own.weight))) holds."
            )
        }
        let refused = set.filter { $0.weight <= -0.95 }
        if !refused.isEmpty {
            sentences.append(
                "Works that are \(Phrase.list(refused.prefix(maximumNamed).map(named), joint: "or")) are left out of recommendations unless you ask for them."
            )
        }
        return sentences.joined(separator: " ")
    }

    private static func named(_ preference: Preference) -> String { Phrase.preference(preference) }

    private static func degree(_ weight: Double) -> String {
        switch weight {
        case ...(-0.95): "never"
        case ..<(-0.5): "rarely"
        case ..<0: "less"
        case 0: "as it comes"
        case ..<0.5: "a little more"
        case ..<0.95: "more"
        default: "always"
        }
    }
}
