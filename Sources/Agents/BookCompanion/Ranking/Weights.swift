/// How much each sign counts. Chosen on the tuning half of the evaluation's questions.
struct Weights: Sendable {
    var concept = 2.4
    var text = 0.7
    /// The text's share when the wish has words that no concept stands for.
    var ownText = 1.4
    /// The text's share when nothing else is known of what is wanted.
    var textAlone = 1.6
    /// What a summary counts for that has more than half of the message's own words, where no plot was recognized.
    var told = 3.0
    var likeness = 3.0
    var popularity = 1.1
    var preference = 0.5
    /// When the message says nothing of what is wanted.
    var preferenceAlone = 1.5
    var factual = 0.5
    var fictional = 0.6
    var unaskedForm = 0.3
    var otherTongue = 0.4
    var softened = 0.6
    var aversion = 1.5
    var against = 0.5
    var children = 0.35
    var distant = 0.2
    var least = 0.25
    var loosePeriod = 0.8
    var widePeriod = 0.8
    var unknownLength = 0.35
    var clutter = 0.5
    var knownAuthor = 0.2
    var foreignTitle = 0.25

    static let standard = Weights()

    /// For a plot: what a book's summary says, and that many know it, counts for more than its subjects.
    static let plot: Weights = {
        var weights = Weights()
        weights.concept = 0.35
        weights.text = 4
        weights.ownText = 4
        weights.textAlone = 4
        weights.popularity = 0.8
        weights.children = 0
        // A plot is a story's.
        weights.factual = 1.5
        return weights
    }()
}
