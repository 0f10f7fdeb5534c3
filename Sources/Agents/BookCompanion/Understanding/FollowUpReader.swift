/// What a message says about the books recommended before it.
struct FollowUp: Sendable, Equatable {
    /// Places in the last list, from 0; -1 is the last one.
    var places: [Int] = []
    /// "more", "others", "something else".
    var asksForMore = false
    /// "more like that".
    var isLikeThat = false
    /// "none of these", "not that one": the last list was wrong.
    var rejects = false
    /// "No, fiction I mean": the wish before was meant otherwise.
    var corrects = false
}

/// Reads "the second one", "something else", "more like that".
enum FollowUpReader {
    static func read(_ tokens: [Token]) -> FollowUp {
        var followUp = FollowUp()
        var index = 0
        while index < tokens.count {
            if let (meaning, length) = phrases.match(at: index, of: tokens) {
                switch meaning {
                case .more: followUp.asksForMore = true
                case .likeThat: followUp.isLikeThat = true
                // "Anything similar?", and not "something similar to Dune".
                case .similar:
                    let next = index + length
                    if next == tokens.count || tokens[next].breakBefore >= .comma { followUp.isLikeThat = true }
                case .rejects: followUp.rejects = true
                case .corrects: followUp.corrects = true
                }
                index += length
                continue
            }
            if let place = place(at: index, of: tokens), !followUp.places.contains(place) {
                followUp.places.append(place)
            }
            index += 1
        }
        return followUp
    }

    /// "the second one", "number 3", "the last two": an ordinal by itself may be a part of anything else.
    private static func place(at index: Int, of tokens: [Token]) -> Int? {
        let word = tokens[index].folded
        func folded(_ offset: Int) -> String? {
            tokens.indices.contains(index + offset) ? tokens[index + offset].folded : nil
        }
        if ["number", "no", "nr"].contains(word), let next = folded(1), let number = Int(next) ?? numbers[next],
            (1...20).contains(number)
        {
            return number - 1
        }
        guard let number = word == "last" ? 0 : PeriodTable.ordinals[word], number <= 10 else { return nil }
        let next = folded(1)
        let stands = next == nil || tokens[index + 1].breakBefore >= .comma
        let follows = [
            "one", "book", "title", "suggestion", "recommendation", "novel", "of", "and", "or", "is", "was", "sounds",
            "looks",
        ]
        guard folded(-1) == "the", stands || follows.contains(next ?? "") else { return nil }
        return number - 1
    }

    private enum Meaning { case more, likeThat, similar, rejects, corrects }

    private static let phrases = PhraseTable<Meaning>([
        (
            .more,
            """
            something else;anything else;what else;others;another;another one;other ones;more;more please;some more;more of these;\
            more of those;more suggestions;different ones;something different;other suggestions;more books;and another;next ones;go on;\
            keep going;any others;any more;what now;now what;what next;and now what
            """
        ),
        (
            .likeThat,
            "more like that;more like this;more like these;more like it;like that;like those;like that one;like this one;similar ones;like the last"
        ),
        (
            .similar,
            "anything similar;something similar;similar books;similar;anything like it;something like it;anything like this;something like this;something like that"
        ),
        (.corrects, "i mean;i meant;i did mean;i was thinking of;but make it;make it;rather as;i wanted"),
        (
            .rejects,
            """
            none of these;none of those;not these;not those;not that;not that one;not what i meant;not what i want;dont like these;\
            dont like those;ive read them all;i have read them all;ive read all of them;ive read all of these;i know them all;ive read these;\
            ive read those
            """
        ),
    ])

    private static let numbers = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    ]
}
