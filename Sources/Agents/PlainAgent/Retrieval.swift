import Chat
import Substrings

/// What an agent's documents have on a message.
struct Findings: Sendable, Equatable {
    /// Best first; what has too little on the question is left out.
    var matches: [KnowledgeMatch] = []
    /// Whether the best section has most of what was asked.
    var isAnswered = false
    /// Whether that is near to what was asked rather than the answer to it.
    var isNear = false
    /// Places that the message asks about, as an answer names them, where the best section is not on them.
    var missingPlaces: [String] = []
    /// Whether other sections are on them.
    var hasPlaces = false
    /// How many of the matches are as good as the best.
    var close = 0
    /// Words of a question without an answer that no document has.
    var unknown: [String] = []
    /// The best section on each part of a question that has two; empty for one.
    var parts: [KnowledgeMatch] = []
}

/// Asks an agent's documents.
struct Retrieval: Sendable {
    /// Most sections of one answer.
    static let maximumMatches = 5
    /// From this part of the question on a section counts as having its answer.
    static let answeringCoverage = 0.42
    /// Below this part of the question an answer is called near.
    static let fullCoverage = 0.62
    /// Below this part of it the answer is called another one than was asked for.
    static let nearCoverage = 0.52
    /// A section that has less is not even shown to a language model.
    static let minimumCoverage = 0.3
    /// Words that say nothing of what is asked about a place.
    private static let general: Set<String> = [
        "visa", "visas", "visum", "travel", "travelling", "trip", "country", "move", "moving",
    ]

    let knowledge: any KnowledgeBase
    let agent: String
    /// Whether what holds in the Schengen area answers for its states: for an agent that counts its days.
    var hasArea = false

    /// A message goes on with the one before it when it points at it, and keeps the place that was named last.
    /// - Throws: `StoreError`.
    func findings(for text: String, history: [Message]) async throws -> Findings {
        let (text, asked) = try await placed(text)
        if let (first, second) = QuestionWords.parts(of: text) {
            let found = try await findings(for: first, asked: asked)
            let other = try await findings(for: first + "\n" + second, asked: asked, own: second)
            if found.isAnswered, other.isAnswered, let best = found.matches.first, let next = other.matches.first {
                var both = found
                both.parts = best.section == next.section ? [] : [best, next]
                both.isNear = found.isNear && other.isNear
                return both
            }
        }
        let words = QuestionWords(text)
        let earlier = history.suffix(8).filter { $0.role == .user }.map {
            String($0.content.unicodeScalars.prefix(600))
        }
        if words.isFollowUp, let before = earlier.last(where: { !QuestionWords($0).isFollowUp }) ?? earlier.last {
            let (before, placesBefore) = try await placed(before)
            let query = asked.isEmpty ? before : placesBefore.removed(from: before)
            return try await findings(
                for: query + "\n" + text, asked: asked.isEmpty ? placesBefore : asked, own: text)
        }
        if asked.isEmpty, words.words.count <= 8,
            let place = earlier.reversed().lazy.map({ AskedPlaces($0) }).first(where: { !$0.isEmpty })
        {
            let kept = try await findings(for: text + "\n" + place.words, asked: AskedPlaces())
            // The place stays where the documents have something on both.
            if kept.isAnswered, let best = kept.matches.first, place.isBorne(by: best.section) { return kept }
        }
        var found = try await findings(for: text, asked: asked)
        guard !found.isAnswered else { return found }
        // Of a long message the question is one sentence.
        let sentences = text.split(whereSeparator: { ".?!\n".contains($0) }).suffix(6).map(String.init)
        for sentence in sentences where sentences.count > 1 && QuestionWords(sentence).words.count > 1 {
            let found = try await findings(for: sentence, asked: asked)
            if found.isAnswered { return found }
        }
        found.unknown = try await unknown(QuestionWords(asked.removed(from: text)))
        return found
    }

    /// The words of a question that no document has; at most four are named.
    private func unknown(_ words: QuestionWords) async throws -> [String] {
        var unknown: [String] = []
        for word in Folding.words(words.query).prefix(12)
        where word.utf8.count > 2 && unknown.count < 4 && !word.contains(where: \.isNumber) {
            if try await knowledge.search(word, agent: agent, limit: 1).isEmpty { unknown.append(word) }
        }
        return unknown
    }

    /// A message and the places that it asks about; an agent that has no document on any is asked without them.
    private func placed(_ text: String) async throws -> (text: String, asked: AskedPlaces) {
        let asked = AskedPlaces(text)
        if asked.isEmpty { return (text, asked) }
        if try await knowledge.titles(agent: agent).contains(where: AskedPlaces.hasPlace) { return (text, asked) }
        return (asked.removed(from: text), AskedPlaces())
    }

    func findings(for query: String) async throws -> Findings {
        try await findings(for: query, asked: AskedPlaces(query))
    }

    /// - Parameter own: of a question that goes on with one before it, what is asked now: a section on that comes first.
    private func findings(for text: String, asked: AskedPlaces, own: String? = nil) async throws -> Findings {
        let words = QuestionWords(AskedPlaces.withoutOrigins(text))
        let query = words.query.isEmpty ? text : words.query
        var found = try await knowledge.search(query, agent: agent, limit: 12)
        var others = AskedPlaces.words(of: asked.removed(from: query))
        if hasArea, asked.isInArea,
            !found.contains(where: { asked.isNamed(in: $0.section.title + " " + $0.section.heading) })
        {
            // What holds in the whole area holds in one of its states.
            let general = asked.removed(from: query)
            found = try await knowledge.search(general.isEmpty ? "Schengen" : general, agent: agent, limit: 12)
            others = AskedPlaces.words(of: general)
        }
        let asksNow = own.map { QuestionWords($0).query } ?? ""
        let now = asksNow.isEmpty ? [] : try await knowledge.search(asksNow, agent: agent, limit: 12)
        let named = asksNow.isEmpty ? others : AskedPlaces.words(of: asksNow)
        let ranked =
            found.filter { $0.coverage >= Self.minimumCoverage && !asked.isElsewhere(than: $0.section) }
            .map { match in
                let own = now.first { $0.section == match.section }?.coverage ?? 0
                return (match: match, value: value(match, named, asked) + own)
            }
            // What answers goes before what is only headed by the place.
            .sorted { a, b in
                let (first, second) = (
                    a.match.coverage >= Self.answeringCoverage, b.match.coverage >= Self.answeringCoverage
                )
                return first == second ? a.value > b.value : first
            }
        guard let best = ranked.first else { return Findings(missingPlaces: asked.names) }
        var findings = Findings(matches: ranked.prefix(Self.maximumMatches).map(\.match))
        findings.close = ranked.prefix(Self.maximumMatches).count { $0.value >= best.value - 0.08 }
        findings.hasPlaces = found.contains { asked.isNamed(in: $0.section.title + " " + $0.section.heading) }
        let coverage = best.match.coverage
        findings.isAnswered = coverage >= Self.answeringCoverage
        guard !asked.isEmpty else {
            findings.isNear = coverage < Self.fullCoverage
            return findings
        }
        let isBorne = asked.isBorne(by: best.match.section)
        if !isBorne { findings.missingPlaces = asked.names }
        let particular = others.filter { !Self.general.contains($0) && $0 != "schengen" }
        let told = AskedPlaces.words(
            of: [
                best.match.section.title, best.match.section.heading, best.match.section.text,
                best.match.section.keywords,
            ].joined(separator: " "))
        let isOnMatter =
            particular.isEmpty
            ? asked.isNamed(in: best.match.section.title + " " + best.match.section.heading)
                || hasArea && asked.isInArea && isBorne
            : particular.contains { word in told.contains { word.isForm(of: $0) } }
        findings.isAnswered = findings.isAnswered && isOnMatter
        if !findings.isAnswered, !particular.isEmpty {
            // What holds in general is near to what holds there.
            var general = try await self.findings(for: asked.removed(from: text), asked: AskedPlaces())
            if general.isAnswered, let best = general.matches.first,
                !AskedPlaces.hasPlace(best.section.title + " " + best.section.heading)
            {
                (general.isNear, general.missingPlaces, general.hasPlaces) = (true, asked.names, findings.hasPlaces)
                return general
            }
        }
        if !findings.isAnswered, !findings.hasPlaces { findings.missingPlaces = asked.names }
        findings.isNear = !isBorne || coverage < Self.fullCoverage
        return findings
    }

    /// A section that is headed by what is asked, and by nothing else, is better than one that only mentions it.
    private func value(_ match: KnowledgeMatch, _ words: [String], _ asked: AskedPlaces) -> Double {
        let heading = AskedPlaces.words(of: match.section.headings.last ?? match.section.title)
        let title = AskedPlaces.words(of: match.section.title)
        func share(_ heading: [String]) -> Double {
            guard !heading.isEmpty else { return 0 }
            let hits = heading.count { head in
                !QuestionWords.common.contains(head) && words.contains { $0.isForm(of: head) }
                    || asked.isNamed(in: head)
            }
            return Double(hits) / Double(heading.count)
        }
        let isNamed = asked.isNamed(in: match.section.title + " " + match.section.heading)
        let isOnArea = hasArea && asked.isInArea && (heading + title).contains("schengen")
        return match.coverage + 0.3 * share(heading) + 0.1 * share(title) + (isNamed ? 0.4 : isOnArea ? 0.2 : 0)
    }
}

/// The places that a message asks about: where somebody wants to go or is, not where they come from.
struct AskedPlaces: Sendable {
    private var places: [(place: Place, text: String)] = []

    init() {}

    init(_ text: String) {
        let reader = DateReader(String(text.unicodeScalars.prefix(2_000)))
        for mention in PlaceReader(reader).mentions() {
            guard let place = mention.place, mention.role != .origin, place != .elsewhere, place != .schengen,
                place.area != .unclear, !places.contains(where: { $0.place == place })
            else { continue }
            places.append((place, mention.text))
        }
    }

    /// A message without the places that somebody comes from: "I'm from Ghana and …".
    static func withoutOrigins(_ text: String) -> String {
        let text = String(text.unicodeScalars.prefix(4_000))
        let reader = DateReader(String(text.unicodeScalars.prefix(2_000)))
        var origins: [String] = []
        for mention in PlaceReader(reader).mentions()
        where mention.role == .origin && origins.count < 8 && !origins.contains(mention.text) {
            origins.append(mention.text)
        }
        return origins.reduce(text) { $0.replacing($1, with: " ") }
    }

    var isEmpty: Bool { places.isEmpty }
    var names: [String] { places.map(\.place.name) }
    /// As they were written.
    var words: String { places.map(\.text).joined(separator: " ") }

    var isInArea: Bool {
        places.contains {
            if case .inside = $0.place.area { true } else { false }
        }
    }

    /// A text's words that are about something, folded.
    static func words(of text: String) -> [String] { Folding.words(text).filter { !QuestionWords.around.contains($0) } }

    func removed(from text: String) -> String {
        places.reduce(text) { text, place in text.replacing(place.text, with: " ") }
    }

    func isNamed(in text: String) -> Bool {
        let named = Self.named(in: text)
        return places.contains { named.contains($0.place) }
    }

    /// Whether a section has something on one of the places, or on the area that it is in.
    func isBorne(by section: KnowledgeSection) -> Bool {
        let text = section.title + " " + section.heading + " " + section.text
        if isNamed(in: text) { return true }
        guard isInArea else { return false }
        return Folding.words(text).contains { ["schengen", "eu", "europe", "european"].contains($0) }
    }

    /// Whether a section is headed by other places only.
    func isElsewhere(than section: KnowledgeSection) -> Bool {
        guard !isEmpty else { return false }
        let named = Self.named(in: section.title + " " + section.heading)
        return !named.isEmpty && !places.contains { named.contains($0.place) }
    }

    static func hasPlace(_ text: String) -> Bool { !named(in: text).isEmpty }

    private static func named(in text: String) -> [Place] {
        let words = Folding.words(text)
        var found: [Place] = []
        for start in words.indices {
            for length in 1...PlaceTable.longestName where start + length <= words.count {
                if let place = PlaceTable.places[words[start..<(start + length)].joined(separator: " ")] {
                    found.append(place)
                }
            }
        }
        return found
    }
}
