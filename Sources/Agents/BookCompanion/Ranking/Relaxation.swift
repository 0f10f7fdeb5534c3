/// A condition that was given up because too little met it.
enum Relaxation: String, Sendable, CaseIterable {
    // In the order in which they are given up: what readers mind least comes first.
    case length, comparison, nation, period, language, form, audience, english

    /// Loosens the conditions; false when there is nothing of this kind to loosen.
    func loosen(_ conditions: inout Conditions, wish: Wish) -> Bool {
        switch self {
        case .length:
            guard !wish.lengths.isEmpty, !conditions.lengths.isEmpty else { return false }
            conditions.lengths = []
        case .comparison:
            guard !wish.comparisons.isEmpty else { return false }
            conditions.lengths = wish.lengths.isEmpty ? [] : conditions.lengths
            conditions.years = wish.period?.isLoose == false ? wish.period?.years : nil
        case .nation:
            guard !conditions.nations.isEmpty else { return false }
            conditions.nations = []
        case .period:
            guard conditions.years != nil else { return false }
            conditions.years = nil
        case .language:
            guard !conditions.languages.isEmpty else { return false }
            conditions.languages = []
        case .form:
            guard !conditions.forms.isEmpty || conditions.excludesFiction else { return false }
            conditions.forms = []
            conditions.excludesFiction = false
        case .english:
            guard conditions.needsEnglish, conditions.languages.isEmpty else { return false }
            conditions.needsEnglish = false
        case .audience:
            guard !conditions.audiences.isEmpty else { return false }
            conditions.audiences = []
        }
        return true
    }
}
