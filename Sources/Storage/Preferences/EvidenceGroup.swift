// What is known of a user's taste: stated, read from messages, marked on books.

import Chat

/// What several messages say about one preference.
struct EvidenceGroup {
    let type: PreferenceType
    let value: String
    /// What each message weighs, newest first.
    var pieces: [(weight: Double, evidence: Evidence)] = []

    init(type: PreferenceType, value: String) {
        self.type = type
        self.value = value
    }

    /// The preference they amount to.
    ///
    /// Tastes change: each older message counts 0.7 of the one after it. The weight is that weighted mean. The confidence
    /// grows with the number of messages (a half for one, towards 1) and falls where they contradict each other.
    var preference: Preference {
        var (sum, magnitude, total, factor) = (0.0, 0.0, 0.0, 1.0)
        for piece in pieces {
            sum += piece.weight * factor
            magnitude += abs(piece.weight) * factor
            total += factor
            factor *= 0.7
        }
        let agreement = magnitude > 0 ? abs(sum) / magnitude : 1
        let count = Double(pieces.count)
        return Preference(
            type: type, value: value, weight: total > 0 ? sum / total : 0, source: .inferred,
            confidence: count / (count + 1) * agreement, evidence: pieces.prefix(5).map(\.evidence),
            updatedAt: pieces.first?.evidence.createdAt ?? Timestamp(milliseconds: 0))
    }
}
