import Chat
import Substrings

/// What one message of a learner says, before it is looked at in its session.
struct StudyReading: Sendable, Equatable {
    var task: StudyTask?
    var move: StudyMove?
    /// A level that the message names.
    var level: SessionFocus.Level?
    /// The subject as it was written: "French Revolution". Nil when the message names none.
    var topic: String?
    /// The stems of the subject's words.
    var terms: Set<String>
    /// Whether it begins like something that goes on: "and", "what about".
    var goesOn: Bool
    /// Whether it leaves the topic before it: "something else".
    var changes: Bool
    /// What documents are asked for it: its subject's words as they were written.
    var query: String
    /// The same of the whole message, with the words about studying.
    var wholeQuery: String
    /// All words of it.
    var said: String
    /// What kind of problem stands in it: "fractions" for 3/4 and 2/5.
    var problem: String?
    /// Those of the subject's words that are names.
    var names: [String]
    var isQuestion: Bool
    var asksWhy: Bool
    var asksWhen: Bool
    var isYesNo: Bool
    /// Whether it denies something.
    var isNegated: Bool
    /// The question of a quiz that it points at: "the fourth one", "my answer to 2", "3) Rubisco".
    var number: Int?
    /// How many questions it asks for.
    var count: Int?
    /// Whether there is no word in it.
    var isEmpty: Bool
    /// Whether it asks for what the learner is to hand in: "write my essay".
    var asksForWork: Bool

    /// Most words of a topic.
    private static let maximumTopicWords = 8

    init(_ text: String) {
        let tokens = QuestionWords.withoutPeople(Tokenizer.tokens(of: String(text.unicodeScalars.prefix(4_000))))
        let folded = tokens.map(\.folded).joined(separator: " ")
        task = StudyTask.read(folded)
        move = StudyMove.read(folded)
        level = Self.level(" \(folded) ")
        goesOn =
            ["and", "also", "so", "but"].contains(tokens.first?.folded ?? "") || folded.hasPrefix("what about")
            || folded.hasPrefix("how about")
        changes = Self.changing.contains { " \(folded) ".contains(" \($0) ") }
        isEmpty = tokens.isEmpty
        isYesNo = ["is", "are", "does", "do", "did", "can", "was", "were"].contains(tokens.first?.folded ?? "")
        asksWhen = tokens.first?.folded == "when"
        asksWhy = tokens.contains { ["why", "caused", "cause", "causes", "reasons"].contains($0.folded) }
        isNegated = tokens.dropLast(2).contains {
            ["not", "never", "no", "nothing", "cannot"].contains($0.folded)
                || $0.folded.count > 3 && $0.folded.hasSuffix("nt")
                    && $0.text.contains { $0 == "'" || $0 == "\u{2019}" }
                || ["dont", "doesnt", "isnt", "arent", "wasnt"].contains($0.folded)
        }
        asksForWork = Self.asksForWork(tokens.prefix(60).map(\.folded))
        isQuestion = text.contains("?") || Self.asking.contains(tokens.first?.folded ?? "")
        let subjects = tokens.filter(Self.isSubject)
        problem = Self.problem(in: text)
        query = subjects.map(\.text).joined(separator: " ")
        wholeQuery = tokens.filter { !QuestionWords.around.contains($0.folded) }.map(\.text).joined(separator: " ")
        said = folded
        names = subjects.filter { $0.isCapitalized && !$0.startsSentence }.map(\.text)
        number = Self.leadingNumber(text) ?? Self.number(tokens)
        count = Self.count(tokens)
        // "1/2 + 1/3 = 2/5?" says what comes out, "3x + 5 = 20" asks for it.
        if let problem, task == nil, move == nil {
            if problem == "fractions", text.contains("=") { move = .claim } else if text.contains("=") { task = .solve }
        }
        // "So the witches ordered it?" asks whether it is so.
        if move == nil, task == nil, text.contains("?"), ["so", "then"].contains(tokens.first?.folded ?? ""),
            tokens.count > 3, !Self.asking.contains(tokens[1].folded)
        {
            move = .claim
        }
        // "1. Sugar and oxygen" is an answer.
        if move == nil, task == nil, number != nil, !isQuestion { move = .claim }
        let run = Self.subject(of: tokens)
        if run.isEmpty, let problem {
            topic = problem
            terms = Set(Folding.stems(problem))
            query = problem
        } else {
            topic = run.isEmpty ? nil : Self.cut(run.map(\.text).joined(separator: " "))
            terms = Set(run.filter { Self.isSubject($0) }.map(\.stem))
        }
    }

    private static let asking: Set<String> = [
        "what", "whats", "why", "how", "who", "when", "where", "which", "is", "are", "does", "do", "did", "can",
        "could",
    ]

    /// A verb of making, and close behind it something that is handed in and graded.
    private static func asksForWork(_ words: [String]) -> Bool {
        words.indices.contains { index in
            guard making.contains(words[index]),
                index == 0 || !learners.contains(words[index - 1])
                    || index > 1 && words[index - 2] == "can"
                        && words[index - 1] == "you"
            else { return false }
            return words[(index + 1)...].prefix(6).prefix { !learners.contains($0) }.contains { handedIn.contains($0) }
        }
    }

    private static let making: Set<String> = ["write", "do", "finish", "complete", "make", "solve", "draft", "produce"]
    /// "How do I write an essay?", "how to write one": the learner writes.
    private static let learners: Set<String> = ["i", "to", "we", "you", "should", "people", "must"]
    private static let handedIn: Set<String> = [
        "essay", "essays", "homework", "assignment", "assignments", "coursework", "worksheet", "report", "thesis",
    ]

    private static let ordinals = [
        ["first", "1st"], ["second", "2nd"], ["third", "3rd"], ["fourth", "4th"], ["fifth", "5th"], ["sixth", "6th"],
    ]

    private static func value(_ word: String) -> Int? {
        (NumberWords.value(word) ?? Int(word)).flatMap { (1...20).contains($0) ? $0 : nil }
    }

    private static func number(_ tokens: [Token]) -> Int? {
        let words = tokens.prefix(60).map(\.folded)
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            if let place = ordinals.firstIndex(where: { $0.contains(word) }), ["one", "question", ""].contains(next) {
                return place + 1
            }
            if ["question", "number", "answer", "q", "no"].contains(word) {
                let behind = words[(index + 1)...].drop { ["to", "number", "question", "no", "for"].contains($0) }
                if let first = behind.first, let number = value(first) { return number }
            }
            if word.first == "q", word.count <= 3, let number = Int(word.dropFirst()) { return number }
        }
        return nil
    }

    /// "1. Sugar", "2) the stroma": the number before the first answer.
    private static func leadingNumber(_ text: String) -> Int? {
        let start = text.drop(while: \.isWhitespace)
        let digits = start.prefix { $0.isASCII && $0.isNumber }
        let rest = start.dropFirst(digits.count)
        guard let number = Int(digits), (1...20).contains(number), let sign = rest.first, ".):".contains(sign),
            let next = rest.dropFirst().first, next.isWhitespace || next.isLetter
        else { return nil }
        return number
    }

    private static func count(_ tokens: [Token]) -> Int? {
        let words = tokens.prefix(60).map(\.folded)
        for (index, word) in words.enumerated() {
            guard let number = value(word) ?? (word == "another" ? 1 : nil) else { continue }
            if words[(index + 1)...].prefix(3).contains(where: { questions.contains($0) }) { return number }
        }
        return nil
    }

    private static let questions: Set<String> = [
        "question", "questions", "exercise", "exercises", "problems", "flashcards", "tasks",
    ]

    /// The words of the message that name its subject: the run of most subject words, of equals the one after "about", "on"
    /// or a verb of learning.
    private static func subject(of tokens: [Token]) -> ArraySlice<Token> {
        var best = tokens[0..<0]
        var bestValue = 0
        var index = 0
        while index < tokens.count {
            guard isSubject(tokens[index]) else {
                index += 1
                continue
            }
            var end = index + 1
            while end < tokens.count, end - index < maximumTopicWords, tokens[end].breakBefore < .comma {
                if isSubject(tokens[end]) || numerals.contains(tokens[end].folded) {
                    end += 1
                } else if let next = joined(tokens, at: end) {
                    end = next
                } else {
                    break
                }
            }
            let run = tokens[index..<end]
            let count = run.filter(isSubject).count
            let isCued = index > 0 && leads.contains(tokens[cue(before: index, in: tokens)].folded)
            let value = count * 2 + (isCued ? 3 : 0)
            if value > bestValue {
                best = run
                bestValue = value
            }
            index = end
        }
        return best
    }

    /// The place after a joining word that has a subject word behind it: "theory OF relativity", "causes OF THE war".
    private static func joined(_ tokens: [Token], at index: Int) -> Int? {
        guard ["of", "in", "between", "and"].contains(tokens[index].folded) else { return nil }
        var next = index + 1
        if next < tokens.count, tokens[next].folded == "the" { next += 1 }
        guard next < tokens.count, isSubject(tokens[next]), tokens[next].breakBefore < .comma else { return nil }
        return next
    }

    /// The word before a run, articles passed over.
    private static func cue(before index: Int, in tokens: [Token]) -> Int {
        var place = index - 1
        while place > 0, ["the", "a", "an", "my", "our"].contains(tokens[place].folded) { place -= 1 }
        return place
    }

    private static func isSubject(_ token: Token) -> Bool {
        let word = token.base
        guard word.utf8.count >= 2, !notSubjects.contains(word), !QuestionWords.common.contains(word) else {
            return false
        }
        // "3x" and "2026" are parts of a problem, "WW1" and "CO2" subjects.
        return !word.utf8.prefix(2).contains { (0x30...0x39).contains($0) }
    }

    /// What kind of problem stands in a message without a word for it; nil when there is none.
    private static func problem(in text: String) -> String? {
        let tokens = Folding.words(text)
        func isNumber(_ word: String) -> Bool { word.allSatisfy { $0.isASCII && $0.isNumber } }
        let hasUnknown = tokens.contains { ["x", "y", "z"].contains($0.drop(while: \.isNumber)) }
        if text.contains("="), hasUnknown {
            return text.contains("^2") || text.contains("²") ? "quadratic equations" : "equations"
        }
        return text.contains("/") && tokens.count(where: isNumber) > 2 ? "fractions" : nil
    }

    private static func level(_ padded: String) -> SessionFocus.Level? {
        func has(_ phrases: [String]) -> Bool { phrases.contains { padded.contains(" \($0) ") } }
        if has([
            "beginner", "basics", "basic", "from scratch", "im new", "like im five", "simple terms", "primary school",
        ]) {
            return .beginner
        }
        if has(["advanced", "university", "college level", "in depth", "rigorous", "proof", "graduate", "a level"]) {
            return .advanced
        }
        return nil
    }

    private static func cut(_ text: String) -> String {
        var short = ""
        for character in text where !character.isNewline {
            if short.utf8.count + character.utf8.count > 120 { break }
            short.append(character)
        }
        return short
    }

    /// Words that leave a topic.
    private static let changing = [
        "something else", "different topic", "another topic", "new topic", "other topic", "different subject",
        "another subject",
        "change of topic", "change topic", "change the topic", "switch topic", "switch to",
    ]

    /// What goes on a name: "World War One", "Henry 8".
    private static let numerals: Set<String> = ["one", "two", "1", "2", "3", "8", "ii", "iii", "iv", "viii"]

    private static let leads: Set<String> = [
        "about", "on", "of", "for", "in", "explain", "understand", "learn", "study", "studying", "revise", "topic",
        "is", "are",
        "does", "do", "called", "teach", "define", "with",
    ]

    /// Words about studying that are no subject of study.
    private static let notSubjects: Set<String> = Set(
        """
        advanced afternoon already answer answers assignment assignments bad basic basics beginner better big book calculate
        chapter chapters class classes college come concept concepts concern confused confusing continue course deeper define
        detail details difference different difficult done drill easier easy end enough between essay everything evening exam exams
        example examples exercise exercises explain explained explanation fail fast final finals find fine first five flashcards
        forget forgetting friday getting good grade great grades hard harder help helps homework hour hours idea ideas important
        improve instance keep kind lab laboratory last later learn learning lecture lectures lesson lessons level little lost make
        makes mark marks material meaning memorise memorize method midterm minutes monday month months morning motivation new next
        note notes nothing organise organize pass part parts past plan planning plans point points practice practise prepare
        preparing problem problems procrastinate procrastinating proof quick quickly quiz read reading ready remember report
        reports revise revision right saturday schedule school score scratch second section sense simple simpler simply solve solving
        start started starting step steps stuck student students studied studies study studying stuff subject subjects summarise
        summarize summary sunday sure teach teacher term terms test tests textbook textbooks thesis thursday time times timetable
        today tomorrow tonight topic topics tuesday tutor tutoring type types understand understanding university useful vocabulary
        two three four six seven eight nine ten eleven twelve dozen several few couple question questions else another different hint hints clue recap
        summary session covered cover sum check switch lets move talk did answered correct true false mistake mistakes because
        think thought caused pls plz hi hello hey came comes go goes got gets quite kept keeps doing isnt wasnt werent
        arent dont doesnt didnt wont cant couldnt shouldnt true false whether wednesday week weeks weekend wish word words worried write writing wrong year years best way ways try trying feel able
        form forms formed happen happens happened people person common usual
        sentence sentences paragraph brief briefly short shortly panic panicking nervous anxious scared stressed tired bored boring hate
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
